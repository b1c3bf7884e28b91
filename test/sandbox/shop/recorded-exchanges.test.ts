import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startShop, type SandboxShop } from '../../../sandbox/shop';
import { cartOf } from '../../../sandbox/shop/order-factory/kinds';
import { call, itemId } from './shop-calls';

interface Exchange {
  readonly call: {
    readonly method: string;
    readonly path: string;
    readonly body?: unknown;
    readonly rawBody?: string;
    readonly token?: string;
  };
  readonly answer: { readonly status: number; readonly body: unknown };
  readonly note?: string;
}

const exchangesOf = (name: string): Exchange[] =>
  (
    JSON.parse(readFileSync(join(__dirname, '../../fixtures/magento/exchanges', `${name}.json`), 'utf8')) as {
      exchanges: Exchange[];
    }
  ).exchanges;

/** Values that no two shops share; only their kind is compared. */
const VOLATILE =
  /(^|_)(id|ids|at)$|^(increment_id|protect_code|txn_id|parent_txn_id|transaction_id|last_trans_id|parent_id|remote_ip|store_name)$|_url$|^tax_item_id$/;
const TEXT_WITH_IDS = /Report ID: |Transaction ID: /;

const differences = (recorded: unknown, ours: unknown, path: string, name: string): string[] => {
  if (Array.isArray(recorded) && Array.isArray(ours)) {
    if (recorded.length !== ours.length)
      return [`${path}: ${String(recorded.length)} recorded, ${String(ours.length)} here`];
    return recorded.flatMap((item, index) => differences(item, ours[index], `${path}[${String(index)}]`, name));
  }
  if (typeof recorded === 'object' && recorded !== null && typeof ours === 'object' && ours !== null) {
    const left = recorded as Record<string, unknown>;
    const right = ours as Record<string, unknown>;
    const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
    return names.flatMap((key) => {
      if (!(key in left)) return [`${path}.${key}: not recorded`];
      if (!(key in right)) return [`${path}.${key}: missing here`];
      return differences(left[key], right[key], `${path}.${key}`, key);
    });
  }
  if (VOLATILE.test(name) || TEXT_WITH_IDS.test(String(recorded))) {
    return typeof recorded === typeof ours ? [] : [`${path}: ${typeof recorded} recorded, ${typeof ours} here`];
  }
  return recorded === ours ? [] : [`${path}: ${JSON.stringify(recorded)} recorded, ${JSON.stringify(ours)} here`];
};

/** Recorded ids in the place of ours, in paths and bodies. */
const translate = (text: string, ids: Readonly<Record<string, number>>): string =>
  text.replace(/\b\d+\b/g, (digits) => (ids[digits] === undefined ? digits : String(ids[digits])));

/** The criteria are sent back, our id in them. */
const echoed = (text: string, ids: Readonly<Record<string, number>>): string =>
  text.replace(
    /"field":"order_id","value":"(\d+)"/g,
    (_match, id: string) => `"field":"order_id","value":"${String(ids[id] ?? id)}"`,
  );

const replay = async (
  shop: SandboxShop,
  exchanges: readonly Exchange[],
  ids: Record<string, number>,
  before: (exchange: Exchange) => void = () => undefined,
): Promise<string[]> => {
  const found: string[] = [];
  for (const [index, exchange] of exchanges.entries()) {
    before(exchange);
    const { method, path, body, rawBody, token } = exchange.call;
    const answered = await call(shop, method, translate(path, ids), {
      ...(rawBody !== undefined
        ? { raw: rawBody }
        : body === undefined
          ? {}
          : { body: JSON.parse(translate(JSON.stringify(body), ids)) as unknown }),
      ...(token === 'none' ? { token: null } : {}),
    });
    const label = `${String(index)} ${method} ${path.split('?')[0] ?? ''}`;
    if (answered.status !== exchange.answer.status) {
      found.push(
        `${label}: status ${String(exchange.answer.status)} recorded, ${String(answered.status)} here: ${answered.text.slice(0, 200)}`,
      );
      continue;
    }
    const recordedId = exchange.answer.body;
    if (typeof recordedId === 'string' && /^\d+$/.test(recordedId)) {
      ids[recordedId] = Number(answered.body);
      if (typeof answered.body !== 'string') found.push(`${label}: a numeric string recorded, ${answered.text} here`);
    } else {
      const recorded = JSON.parse(echoed(JSON.stringify(exchange.answer.body), ids)) as unknown;
      found.push(...differences(recorded, answered.body, label, ''));
    }
  }
  return found;
};

describe('what a real 2.4.7 answered, asked again here', () => {
  let shop: SandboxShop;
  beforeEach(async () => {
    shop = await startShop();
  });
  afterEach(() => shop.close());

  const shipping = (amount: number) => ({
    shipping: { method: 'flatrate_flatrate', description: 'Flat Rate - Fixed', amount },
  });

  it('a checkmo order invoiced and shipped in parts gives the same amounts, statuses and documents', async () => {
    const { entityId, incrementId } = shop.placeCart(
      { ...cartOf('two-lines-checkmo'), ...shipping(25) },
      { incrementId: '000000150' },
    );
    const ids = { 158: entityId, 256: itemId(shop, incrementId, 'S1'), 257: itemId(shop, incrementId, 'S2') };
    expect(await replay(shop, exchangesOf('offline-part-by-part'), ids)).toEqual([]);
  });

  it('an authorised order declined and then captured gives the same order, invoice and transactions', async () => {
    const kind = {
      ...cartOf('authorised-two-lines'),
      payment: { method: 'testgateway', action: 'authorize' as const },
    };
    const { entityId, incrementId } = shop.placeCart(kind, { incrementId: '000000151' });
    const ids = { 159: entityId, 258: itemId(shop, incrementId, 'S1'), 259: itemId(shop, incrementId, 'S2') };
    const declined = (exchange: Exchange): void => {
      if (exchange.note === 'gateway declines') shop.gateway.refuseNext();
    };
    expect(await replay(shop, exchangesOf('authorised-declined-then-captured'), ids, declined)).toEqual([]);
  });

  it('a capture on a closed authorisation answers 200 and takes nothing', async () => {
    const { entityId, incrementId } = shop.placeCart(
      { ...cartOf('authorised'), ...shipping(10) },
      { incrementId: '000000152' },
    );
    shop.gateway.closeOnCapture(incrementId);
    const ids = { 160: entityId, 260: itemId(shop, incrementId, 'S1') };
    expect(await replay(shop, exchangesOf('closed-authorisation'), ids)).toEqual([]);
    expect(shop.ledger(incrementId).charges.map(({ amount }) => amount)).toEqual([21.33]);
  });

  it('mistakes are answered with the same statuses and bodies', async () => {
    const { entityId, incrementId } = shop.placeCart(
      { ...cartOf('simple-checkmo'), ...shipping(5) },
      { incrementId: '000000153', quantities: { S1: 1 } },
    );
    const ids = { 161: entityId, 261: itemId(shop, incrementId, 'S1') };
    expect(await replay(shop, exchangesOf('errors'), ids)).toEqual([]);
  });

  it('lists are paged, filtered and trimmed alike', async () => {
    for (let placed = 1; placed <= 156 + 5; placed += 1) shop.place(placed > 10 ? 'authorised' : 'simple-checkmo');
    const counts = /total_count: \d+ recorded/;
    const found = await replay(shop, exchangesOf('lists'), {});
    expect(found.filter((line) => !counts.test(line))).toEqual([]);
  });
});
