import { randomCart, startShop, type SandboxShop } from '../../../sandbox/shop';
import { add } from '../../../sandbox/shop/money/amounts';
import fc from '../../support/properties';
import { at, call, itemId, listAt } from './shop-calls';

const VALIDATION = 'Invoice Document Validation Error(s):\n';

describe('POST /V1/order/:id/invoice', () => {
  let shop: SandboxShop;
  beforeEach(async () => {
    shop = await startShop();
  });
  afterEach(() => shop.close());

  const invoice = (entityId: number, body: unknown) =>
    call(shop, 'POST', `/V1/order/${String(entityId)}/invoice`, { body });

  it('random orders invoiced in random parts: the invoices add up to the order, the first alone carries the shipping', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(50_000),
        fc.array(fc.nat(1000), { minLength: 30, maxLength: 30 }),
        async (seed, draws) => {
          const cart = { ...randomCart(seed), payment: { method: 'checkmo' } };
          const { incrementId } = shop.placeCart(cart);
          const open = (): [string, number][] =>
            listAt(shop.order(incrementId), 'items').flatMap((item): [string, number][] => {
              const left = (at(item, 'qty_ordered') as number) - (at(item, 'qty_invoiced') as number);
              const dummy =
                at(item, 'parent_item_id') !== undefined ? at(item, 'price') === 0 : isDynamic(shop, incrementId, item);
              return !dummy && left >= 1 ? [[String(at(item, 'item_id')), Math.floor(left)]] : [];
            });
          for (const draw of draws.slice(0, 6)) {
            const choices = open();
            const chosen = choices[draw % Math.max(1, choices.length)];
            if (chosen && choices.length > 1)
              await shop.invoiceByHand(incrementId, { [chosen[0]]: 1 + (draw % chosen[1]) });
          }
          const rest = await shop.invoiceByHand(incrementId).then(
            () => undefined,
            (error: unknown) => error,
          );
          const order = shop.order(incrementId);
          const { invoices } = shop.ledger(incrementId);
          if (rest === undefined) {
            expect(add(...invoices.map((row) => row.grand_total))).toBe(order['grand_total']);
            expect(add(...invoices.map((row) => row.base_grand_total))).toBe(order['base_grand_total']);
            expect(order['total_due']).toBe(0);
          }
          const carrying = invoices.filter((row) => 'shipping_amount' in row);
          expect(carrying.length).toBe((order['shipping_amount'] as number) > 0 ? 1 : 0);
          expect(carrying.every((row) => row === invoices[0])).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each(['gift-card-and-store-credit', 'recycling-fee', 'gift-wrap', 'unknown-surcharge'] as const)(
    '%s: what stands beside goods and tax is spread over the invoices without a cent lost',
    async (kind) => {
      const { incrementId } = shop.place(kind);
      await shop.invoiceByHand(incrementId, { S1: 1 });
      await shop.invoiceByHand(incrementId);
      const order = shop.order(incrementId);
      const totals = shop.ledger(incrementId).invoices.map((row) => row.grand_total);
      expect(add(...totals)).toBe(order['grand_total']);
      expect([Math.min(...totals) >= 0, order['total_due']]).toEqual([true, 0]);
    },
  );

  it('quantities are cut to whole pieces, but not where an item is sold by decimals', async () => {
    const whole = shop.place('many-pieces-checkmo');
    await invoice(whole.entityId, { items: [{ order_item_id: itemId(shop, whole.incrementId, 'S1'), qty: 1.7 }] });
    const decimal = shop.place('decimal-quantity');
    await invoice(decimal.entityId, {
      items: [{ order_item_id: itemId(shop, decimal.incrementId, 'FABRIC-M'), qty: 1.25 }],
    });
    expect(shop.ledger(whole.incrementId).invoices[0]).toMatchObject({ total_qty: 1.7, items: [{ qty: 1 }] });
    expect(shop.ledger(decimal.incrementId).invoices[0]).toMatchObject({ items: [{ qty: 1.25 }] });
  });

  it('unknown item ids are dropped while a known one is left', async () => {
    const { entityId, incrementId } = shop.place('two-lines-checkmo');
    const answered = await invoice(entityId, {
      items: [
        { order_item_id: 99999, qty: 1 },
        { order_item_id: itemId(shop, incrementId, 'S2'), qty: 1 },
      ],
    });
    expect(answered).toMatchObject({ status: 200, body: '1' });
    expect(shop.ledger(incrementId).invoices[0]?.items.map((item) => item.sku)).toEqual(['S2']);
  });

  it('a fully invoiced order that is still processing gives both sentences', async () => {
    const { entityId } = shop.place('simple-checkmo');
    await invoice(entityId, {});
    const { status, body } = await invoice(entityId, {});
    expect(status).toBe(400);
    expect(body).toEqual({
      message: `${VALIDATION}The invoice can't be created without products. Add products and try again.\nThe order does not allow an invoice to be created.`,
    });
  });

  it('the comment is stored as a marker although it was not asked to be appended', async () => {
    const { entityId } = shop.place('simple-checkmo');
    await invoice(entityId, { comment: { comment: 'Counterpoint ticket 7 {GUID}', is_visible_on_front: 0 } });
    const { body } = await call(shop, 'GET', '/V1/invoices?searchCriteria=');
    expect(at(body, 'items', 0, 'comments', 0, 'comment')).toBe('Counterpoint ticket 7 {GUID}');
  });

  it('every invoice puts the status back to the default of the state', async () => {
    const { entityId, incrementId } = shop.place('many-pieces-checkmo');
    const id = itemId(shop, incrementId, 'S1');
    await invoice(entityId, { items: [{ order_item_id: id, qty: 1 }] });
    await call(shop, 'POST', '/V1/orders', {
      body: { entity: { entity_id: entityId, increment_id: incrementId, status: 'in_counterpoint' } },
    });
    expect(shop.order(incrementId)['status']).toBe('in_counterpoint');
    await invoice(entityId, { items: [{ order_item_id: id, qty: 1 }] });
    expect(shop.order(incrementId)['status']).toBe('processing');
  });

  it('without capture a gateway order is booked as paid and nobody is charged', async () => {
    const { entityId, incrementId } = shop.place('authorised');
    await invoice(entityId, { capture: false });
    const { invoices, charges, transactions } = shop.ledger(incrementId);
    expect(invoices[0]).toMatchObject({ state: 2 });
    expect(invoices[0]).not.toHaveProperty('transaction_id');
    expect([charges, transactions.map((row) => row.txn_type)]).toEqual([[], ['authorization']]);
    expect(shop.order(incrementId)['total_paid']).toBe(37.32);
  });

  it('a refusal and a failure after the charge give one and the same answer; only the gateway knows', async () => {
    const { entityId, incrementId } = shop.place('authorised');
    const before = shop.order(incrementId);
    shop.gateway.refuseNext();
    const refused = await invoice(entityId, { capture: true });
    shop.gateway.chargeThenFailNext();
    const failed = await invoice(entityId, { capture: true });
    expect(refused).toMatchObject({
      status: 400,
      body: { message: 'Could not save an invoice, see error log for details' },
    });
    expect(failed.body).toEqual(refused.body);
    expect(shop.order(incrementId)).toEqual(before);
    expect(shop.ledger(incrementId)).toMatchObject({ invoices: [], charges: [{ amount: 37.32 }] });
  });

  it('a capture left pending or flagged as fraud falls back to new', async () => {
    const pending = shop.place('authorised');
    shop.gateway.pendingNext();
    await invoice(pending.entityId, { capture: true });
    const fraud = shop.place('authorised');
    shop.gateway.fraudNext();
    await invoice(fraud.entityId, { capture: true });
    expect(shop.order(pending.incrementId)).toMatchObject({ state: 'new', status: 'pending', total_due: 37.32 });
    expect(shop.order(pending.incrementId)).not.toHaveProperty('total_paid');
    expect(shop.order(fraud.incrementId)).toMatchObject({ state: 'new', status: 'pending', total_paid: 37.32 });
    expect(shop.ledger(fraud.incrementId).statusHistory.at(-1)?.status).toBe('fraud');
  });

  it('refusals can be meant for one order, an expired authorisation refuses for good', async () => {
    const one = shop.place('authorised-two-lines');
    const other = shop.place('authorised-two-lines');
    shop.gateway.refuseNext(1, other.incrementId);
    shop.gateway.expire(one.incrementId);
    expect((await invoice(other.entityId, { capture: true })).status).toBe(400);
    expect((await invoice(other.entityId, { capture: true })).status).toBe(200);
    expect((await invoice(one.entityId, { capture: true })).status).toBe(400);
    expect((await invoice(one.entityId, { capture: true })).status).toBe(400);
  });

  it('gateways of one capture refuse the second', async () => {
    const { entityId, incrementId } = shop.place('authorised-two-lines');
    shop.gateway.onlyOneCapture(true);
    const part = (sku: string) =>
      invoice(entityId, { capture: true, items: [{ order_item_id: itemId(shop, incrementId, sku), qty: 1 }] });
    expect([(await part('S1')).status, (await part('S2')).status]).toEqual([200, 400]);
  });

  it('raw capture of a paid invoice answers true and charges again', async () => {
    const { entityId, incrementId } = shop.place('authorised');
    const { body } = await invoice(entityId, { capture: true });
    const answered = await call(shop, 'POST', `/V1/invoices/${String(body)}/capture`, { body: {} });
    expect(answered).toMatchObject({ status: 200, body: true });
    expect(shop.ledger(incrementId).charges.map(({ amount }) => amount)).toEqual([37.32, 37.32]);
    expect(shop.order(incrementId)['total_paid']).toBe(37.32);
    shop.gateway.refuseNext();
    const refused = await call(shop, 'POST', `/V1/invoices/${String(body)}/capture`, { body: {} });
    expect(refused).toMatchObject({ status: 400, body: { message: 'Gateway says: capture refused' } });
  });

  it('a pending_payment order is not refused and becomes new', async () => {
    const { entityId, incrementId } = shop.place('pending-payment');
    expect((await invoice(entityId, { capture: false })).status).toBe(200);
    expect(shop.order(incrementId)).toMatchObject({ state: 'new', status: 'pending' });
  });

  it('a virtual order is complete with its invoice, an order paid at sale has one already', async () => {
    const virtual = shop.place('virtual');
    await invoice(virtual.entityId, {});
    expect(shop.order(virtual.incrementId)).toMatchObject({ state: 'complete' });
    const paid = shop.place('paid-at-sale');
    expect(shop.order(paid.incrementId)).toMatchObject({ state: 'processing', total_paid: 45.18, total_due: 0 });
    expect(shop.ledger(paid.incrementId)).toMatchObject({
      invoices: [{ grand_total: 45.18 }],
      charges: [{ amount: 45.18 }],
      transactions: [{ txn_type: 'capture' }],
    });
  });
});

describe('counters that drift', () => {
  let shop: SandboxShop;
  beforeEach(async () => {
    shop = await startShop();
  });
  afterEach(() => shop.close());

  const counters = (order: string): unknown[] =>
    listAt(shop.order(order), 'items').map((item) => [at(item, 'sku'), at(item, 'qty_invoiced')]);

  it("a configurable's child stands at 5 of 3 after invoices of 1, 1 and the rest", async () => {
    const { incrementId } = shop.place('configurable-authorised');
    const parent = String(at(shop.order(incrementId), 'items', 0, 'item_id'));
    await shop.invoiceByHand(incrementId, { [parent]: 1 });
    await shop.invoiceByHand(incrementId, { [parent]: 1 });
    await shop.invoiceByHand(incrementId);
    expect(listAt(shop.order(incrementId), 'items').map((item) => at(item, 'qty_invoiced'))).toEqual([3, 5]);
  });

  it("a dynamic bundle's parent is raised in full by every invoice that names children", async () => {
    const { incrementId } = shop.place('bundle-dynamic-together');
    await shop.invoiceByHand(incrementId, { S1: 1 });
    await shop.invoiceByHand(incrementId, { S1: 1 });
    await shop.invoiceByHand(incrementId, { S2: 2 });
    expect(counters(incrementId)).toEqual([
      ['BD-T-S1-S2', 6],
      ['S1', 2],
      ['S2', 2],
    ]);
    expect(shop.order(incrementId)['total_due']).toBe(0);
  });

  it('a dynamic bundle named by its parent takes its children along', async () => {
    const { incrementId } = shop.place('bundle-dynamic-together');
    await shop.invoiceByHand(incrementId, { 'BD-T-S1-S2': 1 });
    expect(counters(incrementId)).toEqual([
      ['BD-T-S1-S2', 1],
      ['S1', 1],
      ['S2', 1],
    ]);
    const [parentRow, childRow] = shop.ledger(incrementId).invoices[0]?.items ?? [];
    expect(parentRow).not.toHaveProperty('row_total');
    expect(childRow).toMatchObject({ sku: 'S1', row_total: 10 });
  });

  it("a fixed bundle's children drift to 3 of 2", async () => {
    const { incrementId } = shop.place('bundle-fixed');
    await shop.invoiceByHand(incrementId, { BF: 1 });
    await shop.invoiceByHand(incrementId);
    expect(counters(incrementId)).toEqual([
      ['BF', 2],
      ['S1', 3],
      ['S2', 3],
      ['S3', 1],
    ]);
  });
});

const isDynamic = (shop: SandboxShop, order: string, item: unknown): boolean =>
  listAt(shop.order(order), 'items').some(
    (other) => at(other, 'parent_item_id') === at(item, 'item_id') && at(other, 'price') !== 0,
  );
