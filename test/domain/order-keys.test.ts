import { orderKey, orderNumber, orderWorkflowId, parseOrderKey, parseOrderWorkflowId } from '../../domain/identities';
import { keysOf } from '../../domain/order-keys';
import fc from '../support/properties';

const order = (entityId: number, incrementId = '000000012') => ({ entityId, incrementId });

test('P-01 a key is built and parsed by one pair, and passes through the workflow id', () => {
  for (const [number, entityId] of [
    ['000000012', null],
    ['000000012', 57],
    ['EU-12-1', 8],
  ] as const) {
    const key = orderKey(number, entityId);
    expect(parseOrderKey(key)).toEqual({ number, entityId });
    expect(orderNumber(key)).toBe(number);
    expect(parseOrderWorkflowId(orderWorkflowId('acme-live', key))).toEqual({ instance: 'acme-live', order: key });
  }
  expect(orderKey('000000012', 57)).toBe('000000012#57');
});

test('P-01 of orders with one number the earliest sale has it alone', () => {
  expect([...keysOf([order(9), order(7), order(8, '000000013')], [])].sort()).toEqual([
    [7, '000000012'],
    [8, '000000013'],
    [9, '000000012#9'],
  ]);
});

test('P-26 a key that was given stands, even where an earlier sale turns up later', () => {
  const given = [{ entityId: 9, number: '000000012', key: '000000012' }];
  expect(keysOf([order(7), order(9)], given).get(7)).toBe('000000012#7');
  expect(keysOf([order(7), order(9)], given).get(9)).toBe('000000012');
});

test('P-01 no two orders ever share a key, and the order in which they are asked for changes nothing', () => {
  const orders = fc.uniqueArray(
    fc.record({ entityId: fc.integer({ min: 1, max: 60 }), incrementId: fc.constantFrom('1', '2', '1#2') }),
    {
      selector: ({ entityId }) => entityId,
    },
  );
  fc.assert(
    fc.property(orders, (all) => {
      const keys = keysOf(all, []);
      expect(new Set(keys.values()).size).toBe(all.length);
      expect([...keysOf([...all].reverse(), [])].sort()).toEqual([...keys].sort());
    }),
  );
});
