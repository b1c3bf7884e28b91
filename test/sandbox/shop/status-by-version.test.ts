import { startShop, type SandboxShop, type ShopVersion } from '../../../sandbox/shop';
import { at, call, filtered, listAt } from './shop-calls';

describe('statuses set from outside', () => {
  let shop: SandboxShop;
  const start = async (version: ShopVersion): Promise<{ entityId: number; incrementId: string }> => {
    shop = await startShop({ version });
    return shop.place('simple-checkmo');
  };
  afterEach(() => shop.close());

  const comment = (entityId: number, line: object) =>
    call(shop, 'POST', `/V1/orders/${String(entityId)}/comments`, {
      body: { statusHistory: { comment: 'text', ...line } },
    });
  const save = (entity: object) => call(shop, 'POST', '/V1/orders', { body: { entity } });

  describe('by comment up to 2.4.6', () => {
    it.each(['2.4.5', '2.4.6'] as const)('%s takes any code, whatever the state', async (version) => {
      const { entityId, incrementId } = await start(version);
      expect((await comment(entityId, { status: 'complete' })).body).toBe(true);
      expect(shop.order(incrementId)).toMatchObject({ state: 'new', status: 'complete' });
    });

    it('without a status it writes NULL: the key is gone and no status filter finds the order', async () => {
      const { entityId, incrementId } = await start('2.4.6');
      await comment(entityId, {});
      expect(shop.order(incrementId)).not.toHaveProperty('status');
      const { body } = await call(shop, 'GET', `/V1/orders?${filtered('status', 'pending,processing', 'in')}`);
      expect(at(body, 'total_count')).toBe(0);
    });
  });

  describe('by comment on 2.4.7', () => {
    it('no change at all, not even back', async () => {
      const { entityId, incrementId } = await start('2.4.7');
      await save({ entity_id: entityId, increment_id: incrementId, status: 'in_counterpoint' });
      const { status, text } = await comment(entityId, { status: 'pending' });
      expect(status).toBe(400);
      expect(text).toBe(
        '{"message":"Unable to add comment: The status \\"%1\\" is not part of the order\\n                 status history.","parameters":["pending"]}',
      );
    });

    it('the same, an empty and a missing status pass; a row without one repeats the row before', async () => {
      const { entityId, incrementId } = await start('2.4.7');
      for (const line of [{ status: 'pending' }, { status: '' }, { status: null }, {}])
        expect((await comment(entityId, line)).body).toBe(true);
      await save({ entity_id: entityId, increment_id: incrementId, status: 'in_counterpoint' });
      await comment(entityId, {});
      expect(shop.order(incrementId)['status']).toBe('in_counterpoint');
      expect(shop.ledger(incrementId).statusHistory.at(-1)?.status).toBe('pending');
    });
  });

  describe('by comment on 2.4.8', () => {
    it('statuses of the state pass, custom ones included; others do not', async () => {
      const { entityId, incrementId } = await start('2.4.8');
      expect((await comment(entityId, { status: 'in_counterpoint' })).body).toBe(true);
      expect((await comment(entityId, {})).body).toBe(true);
      expect(shop.order(incrementId)['status']).toBe('in_counterpoint');
      expect(shop.ledger(incrementId).statusHistory.at(-1)?.status).toBe('in_counterpoint');
      expect((await comment(entityId, { status: 'processing' })).text).toBe(
        '{"message":"Unable to add comment: The status \\"%1\\" is not part of the order status history.","parameters":["processing"]}',
      );
    });
  });

  describe('by POST /V1/orders', () => {
    it('status and history row are stored in one call, nothing is checked', async () => {
      const { entityId, incrementId } = await start('2.4.7');
      const before = shop.order(incrementId);
      const line = {
        parent_id: entityId,
        comment: 'Counterpoint order',
        status: 'no_such_status',
        is_customer_notified: 0,
        is_visible_on_front: 0,
        entity_name: 'order',
      };
      const { body } = await save({
        entity_id: entityId,
        increment_id: incrementId,
        status: 'no_such_status',
        status_histories: [line],
      });
      expect(body).toMatchObject({ grand_total: null, status: 'no_such_status' });
      expect(body).not.toHaveProperty('state');
      const after = shop.order(incrementId);
      expect(after).toMatchObject({ status: 'no_such_status', state: 'new', grand_total: before['grand_total'] });
      expect(listAt(after, 'status_histories')).toHaveLength(1);
    });

    it('ext_order_id is writable and can be filtered by', async () => {
      const { entityId, incrementId } = await start('2.4.7');
      await save({ entity_id: entityId, increment_id: incrementId, ext_order_id: 'CP-1' });
      expect(at((await call(shop, 'GET', `/V1/orders?${filtered('ext_order_id', 'CP-1')}`)).body, 'total_count')).toBe(
        1,
      );
    });

    it('unknown orders and unknown fields are refused', async () => {
      await start('2.4.7');
      expect((await save({ entity_id: 4711 })).body).toEqual({ message: 'Please provide payment for the order.' });
      expect(at((await save({ entity_id: 1, no_such_column: 1 })).body, 'parameters', 'fieldName')).toBe(
        'NoSuchColumn',
      );
    });

    it('an echoed order shrinks its row totals with every round', async () => {
      await start('2.4.7');
      const { incrementId } = shop.place('coupon-percent');
      const rows: unknown[] = [];
      for (let round = 0; round < 3; round += 1) {
        const order = shop.order(incrementId);
        rows.push(at(order, 'items', 0, 'row_total'));
        await save(order);
      }
      expect(rows).toEqual([27, 24, 21]);
    });
  });
});
