import type { CantusError } from '../../../domain/errors';
import type { SandboxDatabase } from '../../../sandbox/counterpoint';
import { draft, PERSON } from '../../support/drafts';
import { storeBench, type StoreBench } from '../../support/store';
import { place } from '../place';

let bench: StoreBench;
let db: SandboxDatabase;
beforeAll(async () => {
  bench = await storeBench({}, place);
  db = bench.database;
});
afterAll(() => bench.close());

let next = 300_000_000;
const orderNo = (): string => String((next += 1));
const custOf = async (docId: string): Promise<string> =>
  String((await db.rows('PS_DOC_HDR', { DOC_ID: docId }))[0]?.['CUST_NO']);
const addCustomer = (custNo: string, email: string, over: Record<string, string> = {}) =>
  db.insert('AR_CUST', {
    CUST_NO: custNo,
    NAM: custNo,
    NAM_UPR: custNo,
    CUST_TYP: 'C',
    CUST_NAM_TYP: 'P',
    STR_ID: 'WEB',
    SLS_REP: 'WEB',
    EMAIL_ADRS_1: email,
    ...over,
  });

test('C5-85 of several customers with the e-mail, the lowest number among e-commerce customers is taken, and the link is stored', async () => {
  await addCustomer('9', 'grace@shop.example', { IS_ECOMM_CUST: 'N' });
  await addCustomer('100', 'GRACE@shop.example');
  await addCustomer('20', 'grace@shop.example');
  const customer = { email: 'grace@shop.example', shopCustomerId: 55, mustExist: false };
  expect(await custOf((await bench.store.target.createDocument(draft({ order: orderNo(), customer }))).docId)).toBe(
    '20',
  );
  await db.update('AR_CUST', { EMAIL_ADRS_1: 'other@shop.example' }, { CUST_NO: '20' });
  expect(await custOf((await bench.store.target.createDocument(draft({ order: orderNo(), customer }))).docId)).toBe(
    '20',
  );
});

test('C5-85 a shopper nobody knows becomes a copy of the template customer, once', async () => {
  const customer = { email: 'linus@shop.example', shopCustomerId: null, mustExist: false };
  const first = await bench.store.target.createDocument(
    draft({ order: orderNo(), customer, billing: { ...PERSON, email: 'linus@shop.example' } }),
  );
  const custNo = await custOf(first.docId);
  expect(custNo).toBe('W00100');
  const [row] = await db.rows('AR_CUST', { CUST_NO: custNo });
  expect(row).toMatchObject({
    NAM: 'Ada Example',
    NAM_UPR: 'ADA EXAMPLE',
    EMAIL_ADRS_1: 'linus@shop.example',
    CATEG_COD: 'WEB',
    TERMS_COD: 'NET0',
    IS_ECOMM_CUST: 'Y',
    NO_OF_ORDS: 1,
  });
  expect(Number(row?.['ORD_BAL']).toFixed(2)).toBe('32.37');
  expect(await custOf((await bench.store.target.createDocument(draft({ order: orderNo(), customer }))).docId)).toBe(
    custNo,
  );
  expect((await db.rows('SY_WRKGRP'))[0]?.['NXT_CUST_NO']).toBe('W00101');
});

test('C5-55 C5-56 C5-57 an order on account waits for its A/R customer and never changes it', async () => {
  const order = orderNo();
  const onAccount = {
    order,
    payment: { kind: 'ar', payCode: 'AR', deposit: null, others: [], toBeConfirmed: false } as const,
  };
  const customer = { email: 'nobody@company.example', shopCustomerId: null, mustExist: true };
  const error = (await bench.store.target
    .createDocument(draft({ ...onAccount, customer }))
    .catch((thrown: unknown) => thrown)) as CantusError;
  expect(error.facts).toMatchObject({ kind: 'refused', reason: 'customerMissing', order });
  await addCustomer('CASHY', 'nobody@company.example');
  const wrongType = (await bench.store.target
    .createDocument(draft({ ...onAccount, customer }))
    .catch((thrown: unknown) => thrown)) as CantusError;
  expect(wrongType.message).toMatch(/not of A\/R type/);
  await db.update('AR_CUST', { EMAIL_ADRS_1: 'nobody@company.example' }, { CUST_NO: 'AR001' });
  const before = await db.rows('AR_CUST', { CUST_NO: 'AR001' });
  const made = await bench.store.target.createDocument(draft({ ...onAccount, customer }));
  expect(await custOf(made.docId)).toBe('AR001');
  expect(await db.rows('AR_CUST', { CUST_NO: 'AR001' })).toEqual(before);
  expect(await db.rows('AR_SHIP_ADRS', { CUST_NO: 'AR001' })).toEqual([]);
});

test('C5-86 billing, shipping and new addresses follow their switches', async () => {
  await addCustomer('500', 'mary@shop.example', { CITY: 'Old Town' });
  const customer = { email: 'mary@shop.example', shopCustomerId: null, mustExist: false };
  const away = { ...PERSON, name: 'Mary Elsewhere', address: ['9 Side Street'], city: 'Rivertown', postcode: '10001' };
  const adding = await bench.store.target.createDocument(draft({ order: orderNo(), customer, shipTo: away }));
  const addresses = await db.rows('AR_SHIP_ADRS', { CUST_NO: '500' });
  expect(addresses).toHaveLength(1);
  expect((await db.rows('PS_DOC_CONTACT', { DOC_ID: adding.docId, CONTACT_ID: 2 }))[0]?.['ADRS_ID']).toBe(
    addresses[0]?.['SHIP_ADRS_ID'],
  );
  expect((await db.rows('AR_CUST', { CUST_NO: '500' }))[0]?.['CITY']).toBe('Old Town');
  await bench.store.target.createDocument(draft({ order: orderNo(), customer, shipTo: away }));
  expect(await db.rows('AR_SHIP_ADRS', { CUST_NO: '500' })).toHaveLength(1);
  for (const floor of ['3rd floor', '4th floor']) {
    const address = ['9 Side Street', 'Gate 2', floor];
    await bench.store.target.createDocument(draft({ order: orderNo(), customer, shipTo: { ...away, address } }));
  }
  const third = (await db.rows('AR_SHIP_ADRS', { CUST_NO: '500' })).map((row) => row['ADRS_3']);
  expect(third).toEqual([null, '3rd floor', '4th floor']);
  await db.remove('AR_SHIP_ADRS', { CUST_NO: '500', ADRS_3: '3rd floor' });
  await db.remove('AR_SHIP_ADRS', { CUST_NO: '500', ADRS_3: '4th floor' });
  const updating = await bench.another({
    customers: {
      match: ['email'],
      create: false,
      updateBilling: true,
      updateShipping: true,
      addShippingAddress: false,
    },
  });
  await updating.target.createDocument(draft({ order: orderNo(), customer, shipTo: { ...away, city: 'Laketown' } }));
  expect((await db.rows('AR_CUST', { CUST_NO: '500' }))[0]?.['CITY']).toBe('Springfield');
  expect((await db.rows('AR_SHIP_ADRS', { CUST_NO: '500' })).map((row) => row['CITY'])).toEqual(['Laketown']);
});

test('C5-86 where the table of addresses has no third line, what it has tells them apart', async () => {
  await addCustomer('600', 'ann@shop.example');
  await db.query('alter table dbo."AR_SHIP_ADRS" drop column "ADRS_3"');
  const { target } = await bench.another({});
  const customer = { email: 'ann@shop.example', shopCustomerId: null, mustExist: false };
  const shipTo = { ...PERSON, name: 'Ann Elsewhere', address: ['9 Side Street', 'Gate 2', '3rd floor'] };
  for (let order = 0; order < 2; order += 1) await target.createDocument(draft({ order: orderNo(), customer, shipTo }));
  expect(await db.rows('AR_SHIP_ADRS', { CUST_NO: '600' })).toHaveLength(1);
});
