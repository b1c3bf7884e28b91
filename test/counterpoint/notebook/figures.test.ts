import { draftDocument } from '../../../domain/document';
import { parseOrder } from '../../../magento';
import { sampleOrder } from '../../../sandbox/shop';
import { draft, line } from '../../support/drafts';
import { storeBench, type StoreBench } from '../../support/store';
import { place } from '../place';

let bench: StoreBench;
beforeEach(async () => {
  bench = await storeBench({}, place);
});
afterEach(() => bench.close());

test('C5-44 manual payments are listed as receipts to be confirmed by the store, until it confirms them', async () => {
  const manual = await bench.store.target.createDocument(draft({ order: '500000002' }));
  const taken = draft({ order: '500000003' });
  await bench.store.target.createDocument({
    ...taken,
    payment: { ...taken.payment, payCode: 'CARD', toBeConfirmed: false },
  });
  const elsewhere = await bench.another({}, 'other');
  expect(await bench.store.notebook.receipts()).toEqual([
    {
      order: '500000002',
      placedOn: '2026-11-20',
      store: 'WEB',
      payCode: 'CHECK',
      deposit: '32.37',
      ticketNo: manual.depositTicketNo,
    },
  ]);
  expect(await elsewhere.notebook.receipts()).toEqual([]);
  expect(await elsewhere.notebook.confirmReceipt('500000002')).toBe(false);
  expect(await bench.store.notebook.confirmReceipt('500000002')).toBe(true);
  expect(await bench.store.notebook.confirmReceipt('500000002')).toBe(false);
  expect(await bench.store.notebook.receipts()).toEqual([]);
});

test('C5-65 shipping tax is reported apart from the rest by the shop’s figures, also when Counterpoint’s rows have moved', async () => {
  const shipping = { amount: '5.00', tax: '0.40' };
  const lines = [line({ qty: '2', price: '10.00', tax: '1.40' })];
  await bench.store.target.createDocument(draft({ order: '500000004', lines, shipping }));
  await bench.store.target.createDocument(draft({ order: '500000005', placedAt: '2026-11-21T23:59:59' }));
  await bench.store.target.createDocument(draft({ order: '500000006', placedAt: '2026-11-22T00:00:00' }));
  await bench.clerk().release({ order: '500000004', post: true });
  const report = await bench.store.notebook.taxes({ from: '2026-11-20', to: '2026-11-21' });
  expect(report.map(({ order }) => order)).toEqual(['500000004', '500000005']);
  expect(report[0]).toEqual({
    order: '500000004',
    placedOn: '2026-11-20',
    store: 'WEB',
    net: '20.00',
    shipping: '5.00',
    goodsTax: '1.40',
    shippingTax: '0.40',
    tax: '1.80',
    total: '26.80',
  });
});

test('an order whose document was taken back is in no report', async () => {
  await bench.store.target.createDocument(draft({ order: '500000007' }));
  expect(await bench.store.target.removeUntouched('500000007')).toBe(true);
  expect(await bench.store.notebook.receipts()).toEqual([]);
  expect(await bench.store.notebook.taxes({ from: '2026-01-01', to: '2026-12-31' })).toEqual([]);
});

test('C5-70 an order edited in the shop comes with a number of its own and becomes a document of its own', async () => {
  // The one that was edited, as it stood before its edit cancelled it.
  const old = parseOrder(sampleOrder('live-edited-old'));
  const asPlaced = { ...old, items: old.items.map((item) => ({ ...item, cancelled: '0' })) };
  const [before, after] = [asPlaced, parseOrder(sampleOrder('live-edited-new'))].map((order) =>
    draftDocument(order, { ...bench.settings, payments: { '*': { payCode: 'CHECK', kind: 'cash' } } }),
  );
  if (before === undefined || after === undefined) throw new Error('Two sample orders are needed.');
  expect(after.ticketNo).not.toBe(before.ticketNo);
  expect(after.reference).toContain(before.ticketNo);
  const documents = [await bench.store.target.createDocument(before), await bench.store.target.createDocument(after)];
  expect(documents.map(({ created }) => created)).toEqual([true, true]);
  expect(new Set(documents.map(({ docId }) => docId)).size).toBe(2);
});
