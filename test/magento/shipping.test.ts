import { formatMarker } from '../../domain/shop/marker';
import { createShop } from '../../magento';
import { failure } from './calls';
import {
  QUICK,
  list,
  ok,
  refusal,
  sampleOrder,
  settingsFor,
  startScriptedShop,
  type Answer,
  type ScriptedShop,
  type Seen,
} from './recorded-shop';

type Json = Record<string, unknown>;
const TICKET = { no: '000000043-01', guid: '7C9E6679-7425-40DE-944B-E07FC1F90AE7' };
/** Two dynamic bundles (row 52) of one S1 (row 53) and one S2 (row 54) each. */
const BUNDLE = sampleOrder('live-bundle-together');
const ENTITY = Number(BUNDLE['entity_id']);
const SHIP = `POST /order/${ENTITY}/ship`;
const INPUT = {
  order: '000000043',
  entityId: ENTITY,
  ticket: TICKET,
  items: [
    [53, '1'],
    [54, '1'],
  ],
  tracks: [],
} as const;
const WHOLE = refusal(
  'Shipment Document Validation Error(s):\nYou can\'t create a shipment without products.\nCannot create shipment as bundle product "BD-T-S1-S2" has shipment type "Together". Bundle product itself should be shipped instead.',
);

interface Shipped {
  entity_id: number;
  items: Json[];
  tracks: Json[];
  comments: Json[];
}

/** Of one test, which may ask for more than one. */
const servers: ScriptedShop[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** A shop that ships what it is told, unless `on` answers or changes the quantities. */
async function shopWith(
  on: {
    ship?: (tries: number, body: Json) => Answer | null;
    cut?: (items: Json[]) => Json[];
    order?: Json;
    track?: (tries: number) => Answer | null;
  } = {},
) {
  const shipments: Shipped[] = [];
  const tries = { ship: 0, track: 0 };
  const make = (body: Json): Answer => {
    const sent = body['items'] as Json[];
    const items = on.cut?.(sent) ?? sent;
    shipments.push({
      entity_id: 104,
      items,
      tracks: body['tracks'] as Json[],
      comments: [body['comment'] as Json],
    });
    return ok('104');
  };
  const server = await startScriptedShop({
    [`GET /orders/${ENTITY}`]: () => ok(on.order ?? BUNDLE),
    'GET /shipments': () =>
      list(
        ...shipments.map((shipment) => ({
          increment_id: '000000104',
          order_id: ENTITY,
          created_at: '2026-11-22 02:51:13',
          ...shipment,
        })),
      ),
    [SHIP]: ({ body }: Seen) => {
      tries.ship += 1;
      const own = on.ship?.(tries.ship, body as Json);
      if (own === 'cut' && tries.ship === 1) make(body as Json);
      return own ?? make(body as Json);
    },
    'POST /shipment/track': ({ body }: Seen) => {
      tries.track += 1;
      const own = on.track?.(tries.track);
      if (own === null || own === undefined || own === 'cut')
        shipments[0]?.tracks.push((body as { entity: Json }).entity);
      return own ?? ok((body as { entity: Json }).entity);
    },
  });
  servers.push(server);
  return { server, shipments, shop: createShop(settingsFor(server.baseUrl), QUICK) };
}

describe('shipping a release ticket', () => {
  test('C5-72 ids, quantities and marker are explicit, and a number never goes without a carrier', async () => {
    const { shop, server: seen } = await shopWith();
    const tracks = [
      { number: ' 1ZA ', title: '', carrier: '' },
      { number: ' ', title: 'UPS', carrier: 'ups' },
    ];
    await expect(shop.ship({ ...INPUT, tracks })).resolves.toEqual({ shipmentId: 104, already: false });
    expect(seen.calls(SHIP)[0]?.body).toEqual({
      items: [
        { order_item_id: 53, qty: 1 },
        { order_item_id: 54, qty: 1 },
      ],
      notify: false,
      appendComment: false,
      comment: { comment: formatMarker(TICKET), is_visible_on_front: 0 },
      tracks: [{ track_number: '1ZA', title: 'Carrier', carrier_code: 'custom' }],
    });
  });

  test('C5-72 the inventory source is sent where there is one, as the shop wants it', async () => {
    const { shop, server: seen } = await shopWith();
    await shop.ship({ ...INPUT, source: 'east' });
    expect(seen.calls(SHIP)[0]?.body).toMatchObject({
      arguments: { extension_attributes: { source_code: 'east' } },
    });
  });

  test('C5-72 a ticket that has its shipment is not shipped again', async () => {
    const { shop, shipments } = await shopWith();
    await shop.ship(INPUT);
    await expect(shop.ship(INPUT)).resolves.toEqual({ shipmentId: 104, already: true });
    expect(shipments).toHaveLength(1);
  });

  test('an answer lost after the shipment was made is found again', async () => {
    const { shop, shipments } = await shopWith({ ship: () => 'cut' });
    await expect(shop.ship(INPUT)).resolves.toEqual({ shipmentId: 104, already: false });
    expect(shipments).toHaveLength(1);
  });

  test('P-12 a quantity the shop cut without a word is told', async () => {
    const { shop } = await shopWith({ cut: ([first]) => [{ ...first, qty: 1 }] });
    const error = await failure(
      shop.ship({
        ...INPUT,
        items: [
          [53, '2'],
          [54, '2'],
        ],
      }),
    );
    expect(error.facts).toMatchObject({ kind: 'refused', code: 'shipmentDiffers', reason: 'manualShipment' });
  });

  test('P-11 a bundle that ships as a whole is named by its own row once the shop says so', async () => {
    const { shop, server: seen } = await shopWith({ ship: (tries) => (tries === 1 ? WHOLE : null) });
    await expect(shop.ship(INPUT)).resolves.toMatchObject({ shipmentId: 104 });
    expect(seen.calls(SHIP).map(({ body }) => (body as Json)['items'])).toEqual([
      [
        { order_item_id: 53, qty: 1 },
        { order_item_id: 54, qty: 1 },
      ],
      [{ order_item_id: 52, qty: 1 }],
    ]);
  });

  test('P-11 a fixed-price bundle that ships in parts is named by them once the shop says so', async () => {
    const items = (BUNDLE['items'] as Json[]).map((item) =>
      item['item_id'] === 52 ? item : { ...item, base_price: 0, price: 0 },
    );
    const separately = refusal(
      'Shipment Document Validation Error(s):\nYou can\'t create a shipment without products.\nCannot create shipment as bundle product "BD-T-S1-S2" has shipment type "Separately". Bundle product options should be shipped instead.',
    );
    const { shop, server: seen } = await shopWith({
      order: { ...BUNDLE, items },
      ship: (tries) => (tries === 1 ? separately : null),
    });
    await shop.ship({ ...INPUT, items: [[52, '2']] });
    expect((seen.calls(SHIP)[1]?.body as Json)['items']).toEqual([
      { order_item_id: 53, qty: 2 },
      { order_item_id: 54, qty: 2 },
    ]);
  });

  test('parts that make up no whole bundle are told, not rounded', async () => {
    const { shop, server: seen } = await shopWith({ ship: () => WHOLE });
    expect((await failure(shop.ship({ ...INPUT, items: [[53, '1']] }))).facts).toMatchObject({
      kind: 'refused',
      code: 'bundleNotWhole',
    });
    expect(seen.calls(SHIP)).toHaveLength(1);
  });

  test('the same refusal twice is not tried a third time', async () => {
    const { shop, server: seen } = await shopWith({ ship: () => WHOLE });
    expect((await failure(shop.ship(INPUT))).code).toBe('shipmentRefused');
    expect(seen.calls(SHIP)).toHaveLength(2);
  });

  test('C5-83 two shipments under the marker of one ticket are named, when they are found and when one is read back', async () => {
    const { shop, shipments } = await shopWith();
    const { shipmentId } = await shop.ship(INPUT);
    const [made] = shipments;
    if (!made) throw new Error('nothing was shipped');
    shipments.push({ ...made, entity_id: shipmentId + 1 });
    const found = await failure(shop.ship(INPUT));
    expect(found.facts).toMatchObject({ kind: 'refused', code: 'shippedTwice', reason: 'manualShipment' });
    expect(found.message).toContain(TICKET.no);
    shipments.length = 0;
    const twice = await shopWith({
      cut: (items) => {
        twice.shipments.push({ ...made, entity_id: 99 });
        return items;
      },
    });
    expect((await failure(twice.shop.ship(INPUT))).code).toBe('shippedTwice');
  });

  test('goods already shipped by hand are told as such', async () => {
    const nothingLeft = refusal(
      "Shipment Document Validation Error(s):\nThe order does not allow a shipment to be created.\nYou can't create a shipment without products.",
    );
    const { shop } = await shopWith({ ship: () => nothingLeft });
    expect((await failure(shop.ship(INPUT))).facts).toMatchObject({ kind: 'refused', reason: 'manualShipment' });
  });
});

describe('P-20 a shipment that the shop does not make', () => {
  const NOT_FOUND = (message: string): Answer => ({ status: 404, body: { message } });

  test.each<[string, Answer]>([
    ['for its source or its stock', refusal('Could not save a shipment, see error log for details')],
    ['for a product it misses', NOT_FOUND('No such entity with sku = S1')],
    ['for a source it misses', NOT_FOUND("The source that was requested doesn't exist.")],
    ['in words of an extension', refusal('Not all of your products are available in the requested quantity.')],
  ])(
    '%s is told at once as a set-up to be mended: no outage, and no word that the order is gone',
    async (_name, answer) => {
      const { shop, server: seen } = await shopWith({ ship: () => answer });
      const { facts, message } = await failure(shop.ship(INPUT));
      expect(facts).toMatchObject({
        kind: 'misconfigured',
        code: 'shipmentNotSaved',
        reason: 'misconfigured',
        field: 'magento.source',
      });
      expect(message).toContain(TICKET.no);
      expect(message).toMatch(/source/);
      expect(seen.calls(SHIP)).toHaveLength(1);
    },
  );

  test.each<[string, Answer, string]>([
    ['a firewall', { status: 403, text: '<html>Forbidden</html>' }, 'misconfigured'],
    ['a login page', { status: 200, text: '<html>Sign in</html>' }, 'misconfigured'],
    ['a 408', { status: 408, text: '' }, 'systemDown'],
    ['a 502', { status: 502, text: '<html>Bad Gateway</html>' }, 'systemDown'],
  ])('because of %s is tried again, and named by what it met', async (_name, answer, reason) => {
    const { shop } = await shopWith({ ship: () => answer });
    expect((await failure(shop.ship(INPUT))).facts).toMatchObject({
      kind: 'transient',
      code: 'shipmentUnknown',
      reason,
    });
  });
});

describe('adding tracking numbers', () => {
  const track = (number: string) => ({ number, title: 'UPS', carrier: 'ups' });
  const ADD = { order: '000000043', entityId: ENTITY, shipmentId: 104 };

  test('C5-74 later numbers join the ticket’s shipment, each once', async () => {
    const { shop, shipments } = await shopWith();
    await shop.ship({ ...INPUT, tracks: [track('1ZA')] });
    await shop.addTracks({ ...ADD, tracks: [track('1ZA'), track('1ZB'), track('1ZB ')] });
    await shop.addTracks({ ...ADD, tracks: [track('1ZB')] });
    expect(shipments[0]?.tracks.map((row) => row['track_number'])).toEqual(['1ZA', '1ZB']);
  });

  test('C5-74 a number whose answer was lost is not added twice', async () => {
    const { shop, shipments } = await shopWith({ track: () => 'cut' });
    await shop.ship(INPUT);
    await shop.addTracks({ ...ADD, tracks: [track('1ZB')] });
    expect(shipments[0]?.tracks).toHaveLength(1);
  });

  test.each<[string, Answer]>([
    ['takes without keeping', ok({})],
    ['refuses', refusal('Could not save the shipment tracking.')],
  ])('a number the shop %s is told and not sent for ever: it could be there twice', async (_name, answer) => {
    const { shop, server: seen } = await shopWith({ track: () => answer });
    await shop.ship(INPUT);
    expect((await failure(shop.addTracks({ ...ADD, tracks: [track('1ZB')] }))).facts).toMatchObject({
      kind: 'refused',
      code: 'trackRefused',
      reason: 'manualShipment',
    });
    expect(seen.calls('POST /shipment/track')).toHaveLength(1);
  });

  test('a number that a firewall turned away is tried again later', async () => {
    const { shop } = await shopWith({ track: () => ({ status: 403, text: '<html>Forbidden</html>' }) });
    await shop.ship(INPUT);
    expect((await failure(shop.addTracks({ ...ADD, tracks: [track('1ZB')] }))).facts).toMatchObject({
      kind: 'transient',
      code: 'trackNotStored',
      reason: 'misconfigured',
    });
  });

  test('a shipment that is gone is told', async () => {
    const { shop } = await shopWith();
    expect((await failure(shop.addTracks({ ...ADD, tracks: [track('1ZB')] }))).code).toBe('shipmentGone');
  });
});

describe('cancelling an order', () => {
  const order = { order: '000000043', entityId: ENTITY };
  const withState = (state: string, cancelled = 0) => ({
    ...BUNDLE,
    state,
    items: (BUNDLE['items'] as Json[]).map((item) => ({ ...item, qty_canceled: cancelled })),
  });
  const cancelling = async (answer: Answer, ...pictures: Json[]) => {
    const server = await startScriptedShop({
      [`GET /orders/${ENTITY}`]: pictures.map(ok),
      [`POST /orders/${ENTITY}/cancel`]: answer,
    });
    servers.push(server);
    return createShop(settingsFor(server.baseUrl), QUICK);
  };

  test('P-14 is read back', async () => {
    const shop = await cancelling(ok(true), withState('processing'), withState('canceled', 2));
    await expect(shop.cancel(order)).resolves.toBe(true);
  });

  test('a shop that says false and leaves the order open is believed', async () => {
    const shop = await cancelling(ok(false), withState('holded'));
    await expect(shop.cancel(order)).resolves.toBe(false);
  });

  test('an order already cancelled is not asked for', async () => {
    const shop = await cancelling('cut', withState('canceled', 2));
    await expect(shop.cancel(order)).resolves.toBe(true);
  });

  test('a lost answer is looked after', async () => {
    const shop = await cancelling('cut', withState('processing'), withState('canceled', 2));
    await expect(shop.cancel(order)).resolves.toBe(true);
  });

  test('P-24 a refusal to save may come after the payment provider had acted, and is told so', async () => {
    const shop = await cancelling(refusal('Could not save the order.'), withState('processing'));
    const { facts, message } = await failure(shop.cancel(order));
    expect(facts).toMatchObject({ kind: 'misconfigured', code: 'cancelNotSaved' });
    expect(message).toContain('payment provider');
  });

  test('a lost answer that did nothing is tried again later', async () => {
    const shop = await cancelling('cut', withState('processing'));
    expect((await failure(shop.cancel(order))).facts).toMatchObject({ kind: 'transient', code: 'cancelUnknown' });
  });
});
