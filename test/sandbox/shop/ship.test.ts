import { startShop, type SandboxShop, type ShopVersion } from '../../../sandbox/shop';
import { at, call, itemId, listAt } from './shop-calls';

const VALIDATION = 'Shipment Document Validation Error(s):\n';
const WITHOUT_PRODUCTS = "You can't create a shipment without products.";

describe('POST /V1/order/:id/ship', () => {
  let shop: SandboxShop;
  const start = async (version: ShopVersion = '2.4.7'): Promise<void> => {
    shop = await startShop({ version });
  };
  beforeEach(() => start());
  afterEach(() => shop.close());

  const ship = (entityId: number, body: unknown) => call(shop, 'POST', `/V1/order/${String(entityId)}/ship`, { body });
  const shipped = (order: string): unknown[] =>
    listAt(shop.order(order), 'items').map((item) => at(item, 'qty_shipped'));

  it('too much is cut to what is left, decimals to whole pieces', async () => {
    const { entityId, incrementId } = shop.place('two-lines-checkmo');
    const s1 = itemId(shop, incrementId, 'S1');
    await ship(entityId, { items: [{ order_item_id: s1, qty: 1.7 }] });
    await ship(entityId, { items: [{ order_item_id: s1, qty: 99 }] });
    expect(shop.ledger(incrementId).shipments.map((row) => row.total_qty)).toEqual([1, 2]);
  });

  it('a new order goes to processing, a processing one keeps its own status', async () => {
    const fresh = shop.place('two-lines-checkmo');
    await ship(fresh.entityId, { items: [{ order_item_id: itemId(shop, fresh.incrementId, 'S1'), qty: 1 }] });
    expect(shop.order(fresh.incrementId)).toMatchObject({ state: 'processing', status: 'processing' });
    const { entityId, incrementId } = shop.place('authorised-two-lines');
    await call(shop, 'POST', '/V1/orders', {
      body: { entity: { entity_id: entityId, increment_id: incrementId, status: 'in_counterpoint' } },
    });
    await ship(entityId, { items: [{ order_item_id: itemId(shop, incrementId, 'S1'), qty: 1 }] });
    expect(shop.order(incrementId)['status']).toBe('in_counterpoint');
  });

  it('goods leave a source that exists and holds them, or nothing is stored', async () => {
    const from = (source_code: string) => ({ arguments: { extension_attributes: { source_code } } });
    const { entityId, incrementId } = shop.place('two-lines-checkmo');
    const one = { items: [{ order_item_id: itemId(shop, incrementId, 'S1'), qty: 1 }] };
    const unknown = await ship(entityId, { ...one, ...from('nowhere') });
    expect([unknown.status, at(unknown.body, 'message')]).toEqual([
      400,
      'Could not save a shipment, see error log for details',
    ]);
    shop.sources.add('east');
    expect((await ship(entityId, { ...one, ...from('east') })).status).toBe(400);
    expect(shop.ledger(incrementId).shipments).toEqual([]);
    shop.sources.stock('east', 'S1', 1);
    expect((await ship(entityId, { ...one, ...from('east') })).status).toBe(200);
    expect((await ship(entityId, { ...one, ...from('east') })).status).toBe(400);
    shop.sources.stock('default', 'S1', 0);
    expect((await ship(entityId, one)).status).toBe(400);
    shop.sources.stock('default', 'S1', 1);
    expect((await ship(entityId, one)).status).toBe(200);
    expect(shop.ledger(incrementId).shipments.map((each) => each.extension_attributes)).toEqual([
      { source_code: 'east' },
      { source_code: 'default' },
    ]);
  });

  it('bundles are shipped as they say, each with its own sentence', async () => {
    const together = shop.place('bundle-dynamic-together');
    const separately = shop.place('bundle-dynamic-separately');
    const child = await ship(together.entityId, {
      items: [{ order_item_id: itemId(shop, together.incrementId, 'S1'), qty: 1 }],
    });
    const parent = await ship(separately.entityId, {
      items: [{ order_item_id: itemId(shop, separately.incrementId, 'BD-S-S1-S2'), qty: 1 }],
    });
    expect(at(child.body, 'message')).toBe(
      `${VALIDATION}${WITHOUT_PRODUCTS}\nCannot create shipment as bundle product "BD-T-S1-S2" has shipment type "Together". Bundle product itself should be shipped instead.`,
    );
    expect(at(parent.body, 'message')).toBe(
      `${VALIDATION}${WITHOUT_PRODUCTS}\nCannot create shipment as bundle product "BD-S-S1-S2" has shipment type "Separately". Bundle product options should be shipped instead.`,
    );
  });

  it('a bundle shipped as one lists its parent only and raises its children', async () => {
    const { entityId, incrementId } = shop.place('bundle-dynamic-together');
    await ship(entityId, { items: [{ order_item_id: itemId(shop, incrementId, 'BD-T-S1-S2'), qty: 1 }] });
    expect(shop.ledger(incrementId).shipments[0]?.items.map((item) => item.sku)).toEqual(['BD-T-S1-S2']);
    expect(shipped(incrementId)).toEqual([1, 1, 1]);
  });

  it('a bundle shipped in parts raises its parent by one each time, whatever left the house', async () => {
    const { entityId, incrementId } = shop.place('bundle-dynamic-separately');
    const s1 = itemId(shop, incrementId, 'S1');
    await ship(entityId, { items: [{ order_item_id: s1, qty: 1 }] });
    await ship(entityId, { items: [{ order_item_id: itemId(shop, incrementId, 'S2'), qty: 1 }] });
    expect(shipped(incrementId)).toEqual([2, 1, 1]);
  });

  it('a configurable ships by its parent, whose child stays at nothing', async () => {
    const { entityId, incrementId } = shop.place('configurable-authorised');
    const [parent, child] = listAt(shop.order(incrementId), 'items').map((item) => at(item, 'item_id'));
    expect(at((await ship(entityId, { items: [{ order_item_id: child, qty: 1 }] })).body, 'message')).toBe(
      `${VALIDATION}${WITHOUT_PRODUCTS}`,
    );
    await ship(entityId, { items: [{ order_item_id: parent, qty: 2 }] });
    expect(shipped(incrementId)).toEqual([2, 0]);
  });

  it('a virtual order cannot be shipped', async () => {
    const { entityId } = shop.place('virtual');
    expect(at((await ship(entityId, {})).body, 'message')).toBe(
      `${VALIDATION}A shipment cannot be created when an order has a status of pending\n${WITHOUT_PRODUCTS}`,
    );
  });

  it('an unknown source or a track without carrier is not saved', async () => {
    const { entityId, incrementId } = shop.place('simple-checkmo');
    const source = await ship(entityId, { arguments: { extension_attributes: { source_code: 'nowhere' } } });
    const carrier = await ship(entityId, { tracks: [{ track_number: '1Z' }] });
    expect([source.body, carrier.body]).toEqual(
      Array(2).fill({ message: 'Could not save a shipment, see error log for details' }),
    );
    expect(shop.ledger(incrementId).shipments).toEqual([]);
  });

  it('tracks: no de-duplication, a bad parent is refused, deleting anything is true', async () => {
    const { entityId } = shop.place('simple-checkmo');
    const { body: id } = await ship(entityId, {});
    const entity = { order_id: entityId, parent_id: Number(id), track_number: '1Z', title: 'UPS', carrier_code: 'ups' };
    const track = (more: object) =>
      call(shop, 'POST', '/V1/shipment/track', { body: { entity: { ...entity, ...more } } });
    expect([(await track({})).status, (await track({})).status]).toEqual([200, 200]);
    expect((await track({ parent_id: 999 })).body).toEqual({ message: 'Could not save the shipment tracking.' });
    expect((await track({ track_number: '' })).status).toBe(400);
    expect((await call(shop, 'DELETE', '/V1/shipment/track/4711')).body).toBe(true);
    const { body } = await call(shop, 'GET', `/V1/shipment/${String(id)}`);
    expect(listAt(body, 'tracks')).toHaveLength(2);
  });

  describe('two bundles and a simple item, all invoiced, one bundle shipped', () => {
    const state = async (version: ShopVersion): Promise<unknown> => {
      await shop.close();
      await start(version);
      const { entityId, incrementId } = shop.place('bundle-dynamic-and-simple');
      await shop.invoiceByHand(incrementId);
      await ship(entityId, { items: [{ order_item_id: itemId(shop, incrementId, 'BD-T-S1-S2'), qty: 1 }] });
      const seen = shop.order(incrementId)['state'];
      const rest = await ship(entityId, {});
      return [seen, rest.status, shop.order(incrementId)['state']];
    };
    it.each([
      ['2.4.5', 'processing'],
      ['2.4.6', 'complete'],
      ['2.4.7', 'complete'],
      ['2.4.8', 'processing'],
    ] as const)('in %s is %s, and the rest is shipped all the same', async (version, expected) => {
      expect(await state(version)).toEqual([expected, 200, 'complete']);
    });
  });

  it('an order whose closed authorisation paid nothing ends as closed, not complete', async () => {
    const { incrementId } = shop.place('authorised-closed');
    await shop.invoiceByHand(incrementId);
    await shop.shipByHand(incrementId);
    expect(shop.order(incrementId)).toMatchObject({ state: 'closed', status: 'closed', total_due: 37.32 });
    expect(shop.ledger(incrementId)).toMatchObject({ invoices: [{ state: 2 }], charges: [] });
  });

  it('a zero order becomes complete by invoice and shipment', async () => {
    const { incrementId } = shop.place('free-zero-subtotal');
    await shop.invoiceByHand(incrementId);
    await shop.shipByHand(incrementId);
    expect(shop.order(incrementId)['state']).toBe('complete');
  });
});
