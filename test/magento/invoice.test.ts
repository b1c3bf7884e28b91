import { formatMarker } from '../../domain/shop/marker';
import { createShop } from '../../magento';
import { failure } from './calls';
import {
  QUICK,
  internalError,
  list,
  ok,
  recorded,
  refusal,
  settingsFor,
  startScriptedShop,
  type Answer,
  type Script,
  type ScriptedShop,
} from './recorded-shop';

const TICKET = { no: '000000151-01', guid: '7C9E6679-7425-40DE-944B-E07FC1F90AE7' };
const INPUT = { order: '000000151', entityId: 159, ticket: TICKET, items: [[258, '1']], capture: true } as const;
const POST = 'POST /order/159/invoice';

type Json = Record<string, unknown>;
const exchanges = recorded('authorised-declined-then-captured');
const BEFORE = exchanges[0]?.answer.body as Json;
const REFUSED = exchanges.find(({ note }) => note === 'gateway declines')?.answer as Answer;
const INVOICE = {
  ...(exchanges.filter(({ call }) => call.path.includes('/invoices'))[1]?.answer.body as { items: Json[] }).items[0],
  comments: [{ comment: formatMarker(TICKET) }],
} as Json;
/** The order as the recorded shop counted it after the capture. */
const AFTER = counted(BEFORE, 26.67, 1);

function counted(order: Json, paid: number, invoiced: number): Json {
  const items = (order['items'] as Json[]).map((item) =>
    item['item_id'] === 258 ? { ...item, qty_invoiced: invoiced } : item,
  );
  return { ...order, base_total_paid: paid, items };
}

let server: ScriptedShop | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** A shop that shows one picture until the invoice call, and another one after it. */
async function shopWith(
  given: Answer | readonly Answer[],
  after: { order?: Json; invoices?: readonly Json[] } = {},
  before: { order?: Json; invoices?: readonly Json[] } = {},
) {
  let posted = 0;
  const post = (): Answer => {
    posted += 1;
    return Array.isArray(given) ? ((given as readonly Answer[])[posted - 1] ?? 'cut') : (given as Answer);
  };
  const script: Script = {
    'GET /orders/159': () => ok((posted > 0 ? after.order : before.order) ?? BEFORE),
    'GET /invoices': () => list(...((posted > 0 ? after.invoices : before.invoices) ?? [])),
    [POST]: post,
  };
  server = await startScriptedShop(script);
  return { shop: createShop(settingsFor(server.baseUrl), QUICK), posts: () => server?.calls(POST) ?? [] };
}

const MADE = { order: AFTER, invoices: [INVOICE] };

describe('invoicing a release ticket', () => {
  test('C5-38 the released quantities are captured, under the ticket’s marker', async () => {
    const { shop, posts } = await shopWith(ok('165'), MADE);
    await expect(shop.invoice(INPUT)).resolves.toEqual({ invoiceId: 165, already: false });
    expect(posts()[0]?.body).toEqual({
      capture: true,
      items: [{ order_item_id: 258, qty: 1 }],
      notify: false,
      appendComment: false,
      comment: { comment: `Counterpoint ticket ${TICKET.no} {${TICKET.guid}}`, is_visible_on_front: 0 },
    });
  });

  test('P-06 a ticket that has its invoice is not invoiced again', async () => {
    const { shop, posts } = await shopWith('cut', MADE, MADE);
    await expect(shop.invoice(INPUT)).resolves.toEqual({ invoiceId: 165, already: true });
    expect(posts()).toHaveLength(0);
  });

  test('P-06 an answer lost after the invoice was made is found again and never sent twice', async () => {
    const { shop, posts } = await shopWith('cut', MADE);
    await expect(shop.invoice(INPUT)).resolves.toEqual({ invoiceId: 165, already: false });
    expect(posts()).toHaveLength(1);
  });

  test.each<[string, Answer]>([
    ['a reset', 'cut'],
    ['an internal error', internalError],
    ['a bad gateway', { status: 502, text: '<html>Bad Gateway</html>' }],
    ['a page of HTML with 200', { status: 200, text: '<html></html>' }],
    ['a notice before the JSON', { status: 200, text: 'Notice: undefined index in x.php "165"' }],
    ['an id that is none', ok(true)],
    ['maintenance', { status: 503, text: '<html>Service Unavailable</html>' }],
  ])('P-06 a capture that ended in %s and left no invoice is unknown, not tried again', async (_name, answer) => {
    const { shop, posts } = await shopWith(answer);
    expect((await failure(shop.invoice(INPUT))).facts).toMatchObject({
      kind: 'ambiguous',
      reason: 'captureUnknown',
      order: '000000151',
    });
    expect(posts()).toHaveLength(1);
  });

  test('an unanswered invoice without a capture that left nothing is simply tried again', async () => {
    const { shop } = await shopWith('cut');
    expect((await failure(shop.invoice({ ...INPUT, capture: false }))).kind).toBe('transient');
  });

  test('P-24 C5-11 a refused capture is of unknown outcome, and told so with order and ticket: look at the provider first', async () => {
    const { shop, posts } = await shopWith(REFUSED);
    const { facts, message } = await failure(shop.invoice(INPUT));
    expect(facts).toMatchObject({
      kind: 'ambiguous',
      code: 'captureRefused',
      reason: 'captureRefused',
      order: '000000151',
    });
    expect(message).toContain(TICKET.no);
    expect(`${message} ${facts.remedy ?? ''}`).toMatch(
      /declined.*took the money.*look at the payment provider first/is,
    );
    expect(`${message} ${facts.remedy ?? ''}`).not.toMatch(
      /(nothing|nobody) (was|is|has been) (charged|invoiced|paid)/i,
    );
    expect(posts()).toHaveLength(1);
  });

  test('P-24 a refused capture behind which the shop shows the invoice counts as made', async () => {
    const { shop } = await shopWith(REFUSED, MADE);
    await expect(shop.invoice(INPUT)).resolves.toMatchObject({ invoiceId: 165 });
  });

  test.each<[string, Answer]>([
    ['a 400 of an extension, in words of its own', refusal('Tax office unreachable, document 77 kept back.')],
    ['a 404 about anything at all', { status: 404, body: { message: 'No such entity with sku = S1' } }],
    ['a 400 of a gateway in front', { status: 400, body: { message: 'Bad Request' } }],
    ['a 408', { status: 408, text: '<html>Request Timeout</html>' }],
    ['a firewall’s 403', { status: 403, text: '<html>Forbidden</html>' }],
    ['a redirect', { status: 302, text: '', headers: { Location: 'https://login.example/' } }],
    ['a login page', { status: 200, text: '<!doctype html><title>Sign in</title>' }],
  ])(
    'P-24 P-06 after %s nobody says whether somebody was charged, and nothing is sent again',
    async (_name, answer) => {
      const { shop, posts } = await shopWith(answer);
      const { facts } = await failure(shop.invoice(INPUT));
      expect(facts).toMatchObject({ kind: 'ambiguous', reason: 'captureUnknown', order: '000000151' });
      expect(posts()).toHaveLength(1);
    },
  );

  test.each<[string, Answer, object]>([
    [
      'the shop’s database or an extension',
      refusal('Could not save an invoice, see error log for details'),
      { kind: 'misconfigured', code: 'invoiceNotSaved' },
    ],
    [
      'a record the shop misses',
      { status: 404, body: { message: "The product that was requested doesn't exist." } },
      { kind: 'misconfigured', code: 'invoiceNotSaved' },
    ],
    ['a firewall', { status: 403, text: '<html>Forbidden</html>' }, { kind: 'transient', code: 'invoiceUnknown' }],
  ])('P-20 an invoice by which nobody is charged and that fails for %s is no outage', async (_name, answer, facts) => {
    const { shop } = await shopWith(answer);
    const error = await failure(shop.invoice({ ...INPUT, capture: false }));
    expect(error.facts).toMatchObject({ ...facts, reason: 'misconfigured' });
  });

  const SECOND = { ...INVOICE, entity_id: 166, increment_id: '000000099' };
  test.each([
    ['before the call', MADE, 0],
    ['behind the call', {}, 1],
  ])(
    'P-06 P-24 a second invoice under the ticket’s marker, found %s, is named and not ignored',
    async (_name, before, sent) => {
      const twice = { ...MADE, invoices: [INVOICE, SECOND] };
      const { shop, posts } = await shopWith(
        ok('165'),
        twice,
        sent === 0 ? { ...before, invoices: twice.invoices } : before,
      );
      const { facts, message } = await failure(shop.invoice(INPUT));
      expect(facts).toMatchObject({ kind: 'refused', code: 'invoicedTwice', reason: 'amountsDiffer' });
      expect(message).toContain(String(INVOICE['increment_id']));
      expect(message).toContain('000000099');
      expect(posts()).toHaveLength(sent);
    },
  );

  test('P-09 a ticket that is worth what the shop will invoice is charged', async () => {
    const { shop, posts } = await shopWith(ok('165'), MADE);
    await expect(shop.invoice({ ...INPUT, amount: '26.67' })).resolves.toMatchObject({ invoiceId: 165 });
    expect(posts()).toHaveLength(1);
  });

  test.each(['26.50', '13.34', '0.00', '60.00'])(
    'C5-83 P-09 a ticket a clerk made worth %s is not charged, and both amounts are named',
    async (amount) => {
      const { shop, posts } = await shopWith(ok('165'), MADE);
      const { facts, message } = await failure(shop.invoice({ ...INPUT, amount }));
      expect(facts).toMatchObject({ kind: 'refused', reason: 'amountsDiffer', order: '000000151' });
      expect(message).toContain(amount);
      expect(message).toContain('26.67');
      expect(posts()).toHaveLength(0);
    },
  );

  test.each([
    ['complete', 'handed_over', 'manualInvoice', 'invoiceRefused'],
    ['closed', 'shipping_pending', 'manualInvoice', 'invoiceRefused'],
    ['canceled', 'confirmed_cancelled', 'cancelledInShop', 'orderCanceled'],
    ['holded', 'on_hold_fraud', 'misconfigured', 'orderWaits'],
  ])(
    'P-22 an order that is %s meanwhile, which the merchant calls %s, is told by its state (%s)',
    async (state, status, reason, code) => {
      const { shop } = await shopWith(
        refusal(
          `Invoice Document Validation Error(s):\nAn invoice cannot be created when an order has a status of ${status}`,
        ),
        { order: { ...BEFORE, state, status } },
      );
      expect((await failure(shop.invoice(INPUT))).facts).toMatchObject({ kind: 'refused', reason, code });
    },
  );

  test('a refusal beside an invoice that is there counts as made', async () => {
    const { shop } = await shopWith(
      refusal('Invoice Document Validation Error(s):\nThe order does not allow an invoice to be created.'),
      MADE,
    );
    await expect(shop.invoice(INPUT)).resolves.toMatchObject({ invoiceId: 165 });
  });

  test('P-08 a paid invoice on a closed authorisation, behind which no money stands, is an expired authorisation', async () => {
    const { transaction_id: _none, ...unpaid } = INVOICE;
    const { shop } = await shopWith(ok('165'), { order: counted(BEFORE, 0, 1), invoices: [unpaid] });
    expect((await failure(shop.invoice(INPUT))).facts).toMatchObject({
      kind: 'refused',
      code: 'capturedNothing',
      reason: 'authorizationExpired',
    });
  });

  test('a capture the gateway left pending is not taken for paid', async () => {
    const { shop } = await shopWith(ok('165'), { order: counted(BEFORE, 0, 1), invoices: [INVOICE] });
    expect((await failure(shop.invoice(INPUT))).facts).toMatchObject({
      code: 'captureNotCounted',
      reason: 'captureUnknown',
    });
  });

  test('an invoice of other quantities than asked is told', async () => {
    const { shop } = await shopWith(ok('165'), {
      order: AFTER,
      invoices: [{ ...INVOICE, items: [{ order_item_id: 258, qty: 2 }] }],
    });
    expect((await failure(shop.invoice(INPUT))).facts).toMatchObject({
      code: 'invoiceDiffers',
      reason: 'amountsDiffer',
    });
  });

  test('an invoice that lost its marker is told before anything could charge it twice', async () => {
    const { shop } = await shopWith(ok('165'), { order: AFTER, invoices: [{ ...INVOICE, comments: [] }] });
    expect((await failure(shop.invoice(INPUT))).facts).toMatchObject({ kind: 'refused', code: 'markerMissing' });
  });

  test.each<[string, Json, Json[]]>([
    ['a counter put back to zero', counted(BEFORE, 26.67, 0), [{ ...INVOICE, comments: [] }]],
    ['paid invoices the order does not count', counted(BEFORE, 0, 1), [{ ...INVOICE, comments: [] }]],
  ])('P-21 %s stops every invoice before it is sent', async (_name, order, invoices) => {
    const { shop, posts } = await shopWith(ok('166'), {}, { order, invoices });
    const error = await failure(shop.invoice({ ...INPUT, items: [[259, '1']] }));
    expect(error.facts).toMatchObject({ kind: 'refused', code: 'countersDiffer', reason: 'captureUnknown' });
    expect(posts()).toHaveLength(0);
  });

  test.each<[string, readonly (readonly [number, string])[], string]>([
    ['an item that is not on the order', [[999, '1']], 'itemNotOnOrder'],
    ['a fraction of a piece', [[258, '0.5']], 'fractionNotSold'],
    ['more than is left', [[258, '3']], 'invoicedByHand'],
    ['nothing', [], 'nothingToInvoice'],
  ])('P-12 %s is not sent: the shop would drop or cut it silently', async (_name, items, code) => {
    const { shop, posts } = await shopWith(ok('165'), MADE);
    expect((await failure(shop.invoice({ ...INPUT, items }))).facts).toMatchObject({ kind: 'refused', code });
    expect(posts()).toHaveLength(0);
  });

  test.each([
    ['canceled', 'refused', 'cancelledInShop'],
    ['holded', 'refused', 'misconfigured'],
    ['payment_review', 'refused', 'misconfigured'],
  ])('an order that is %s is not asked for an invoice', async (state, kind, reason) => {
    const { shop, posts } = await shopWith(ok('165'), {}, { order: { ...BEFORE, state } });
    expect((await failure(shop.invoice(INPUT))).facts).toMatchObject({ kind, reason });
    expect(posts()).toHaveLength(0);
  });

  test('an order that cannot be read after its invoice was made is looked at again later, by the marker', async () => {
    const { shop, posts } = await shopWith(ok('165'), { order: { entity_id: 'broken' }, invoices: [] });
    expect((await failure(shop.invoice(INPUT))).kind).toBe('transient');
    expect(posts()).toHaveLength(1);
  });
});
