import { draftDocument } from '../../../domain/document';
import { draftContact, phone, postcode } from '../../../domain/document/words/contacts';
import type { ShopAddress, ShopOrder } from '../../../domain/shop/order';
import { ADDRESS, orderOf } from './orders';
import { refusalOf } from './refusal-of';
import { settingsWith } from './settings';

const goods = (order: Partial<ShopOrder> = {}): ShopOrder => orderOf({ rows: [{ price: '10' }], order });
const shippedTo = (address: Partial<ShopAddress>): ShopOrder => goods({ shipping: { ...ADDRESS, ...address } });

describe('contacts', () => {
  test('a person is named by first and last name', () => {
    expect(draftContact(ADDRESS, null)).toEqual({
      name: 'Dana Whitfield',
      kind: 'person',
      firstName: 'Dana',
      lastName: 'Whitfield',
      contact: null,
      address: ['18 Orchard Rd', 'Unit 4'],
      city: 'Salem',
      state: 'OR',
      postcode: '97301',
      country: 'US',
      phone: '503-555-0142',
      email: 'dana@example.com',
    });
  });

  test('a company comes first and the person is its contact', () => {
    expect(draftContact({ ...ADDRESS, company: ' Acme ' }, null)).toMatchObject({
      name: 'Acme',
      kind: 'business',
      contact: 'Dana Whitfield',
      lastName: 'Whitfield',
    });
  });

  test('what the mapping changes of an address is told by field and lengths, and never by the text', () => {
    const { changes } = draftDocument(
      shippedTo({
        street: ['1 Mill Lane', 'Block B', 'Stair 2', 'Flat 14'],
        region: 'Nottinghamshire',
        regionCode: null,
        phone: 'n/a',
        postcode: '-',
      }),
      settingsWith(),
    );
    expect(changes).toEqual([
      { field: 'shipping.address.region', change: 'moved', from: 15, to: 15 },
      { field: 'shipping.address.street', change: 'folded', from: 47, to: 51 },
      { field: 'shipping.address.telephone', change: 'dropped', from: 3, to: 0 },
      { field: 'shipping.address.postcode', change: 'dropped', from: 1, to: 0 },
    ]);
    expect(draftDocument(goods(), settingsWith()).changes).toEqual([]);
  });

  test('where the address has no e-mail the order’s stands in, and a region without code its name', () => {
    const contact = draftContact({ ...ADDRESS, email: null, regionCode: null }, 'order@example.com');
    expect([contact.email, contact.state]).toEqual(['order@example.com', 'Oregon']);
  });

  test('a county that a shopper typed and STATE cannot hold joins the address; a code is never moved', () => {
    const typed = draftContact({ ...ADDRESS, region: 'Nottinghamshire', regionCode: 'Nottinghamshire' }, null);
    expect([typed.state, typed.address]).toEqual([null, ['18 Orchard Rd', 'Unit 4', 'Nottinghamshire']]);
    const code = draftContact({ ...ADDRESS, region: 'Baden', regionCode: 'BADEN-WUERTTEMBERG' }, null);
    expect([code.state, code.address]).toEqual(['BADEN-WUERTTEMBERG', ['18 Orchard Rd', 'Unit 4']]);
  });

  test.each([
    [
      ['18 Orchard Rd', '', '  Unit 4 '],
      ['18 Orchard Rd', 'Unit 4'],
    ],
    [['18 Orchard Rd\nUnit 4'], ['18 Orchard Rd', 'Unit 4']],
    [
      ['a', 'b', 'c', 'd', 'e'],
      ['a', 'b', 'c, d, e'],
    ],
  ])('the street %j is written as %j', (street, lines) => {
    expect(draftContact({ ...ADDRESS, street }, null).address).toEqual(lines);
  });

  test.each([
    ['503-555-0142', '503-555-0142'],
    [' +1 (503)  555\t0142 ext. 7 ', '+1 (503) 555 0142 ext. 7'],
    ['Tel.: 030 12345', '030 12345'],
    ['０３０ １２３４５', '030 12345'],
    ['-', null],
    ['n/a', null],
    ['0000000000', null],
    [null, null],
  ])('the phone number %j becomes %j', (given, written) => {
    expect(phone(given)).toBe(written);
  });

  test.each([
    [' sw1a 1aa ', 'SW1A 1AA'],
    ['１００−０００１', '100-0001'],
    ['-', null],
    [null, null],
  ])('the postcode %j becomes %j', (given, written) => {
    expect(postcode(given)).toBe(written);
  });

  test.each([
    ['billing_address', goods({ billing: null })],
    ['billing_address.lastname', goods({ billing: { ...ADDRESS, firstName: ' ', lastName: null } })],
    ['shipping.address', goods({ shipping: null })],
    ['shipping.address.lastname', shippedTo({ firstName: null, lastName: null })],
    ['shipping.address.street', shippedTo({ street: [' '] })],
    ['shipping.address.city', shippedTo({ city: null, postcode: '-' })],
  ])('an order without %s waits for it', (field, order) => {
    expect(refusalOf(order)).toMatchObject({ reason: 'missingAddress', field, order: '000000501' });
  });

  test('a virtual order needs no ship-to and has none', () => {
    const order = orderOf({ rows: [{ type: 'virtual', price: '1' }], order: { shipping: ADDRESS } });
    expect(draftDocument(order, settingsWith()).shipTo).toBeNull();
  });
});

describe('gift messages', () => {
  const gift = { from: 'Dana', to: 'Lee', message: 'For your\r\nnew kitchen' };

  test('C5-66 messages of the order and its items merge into one note with ID GIFT', () => {
    const order = orderOf({
      rows: [{ sku: 'MUG', name: 'Mug', price: '1', gift }],
      order: { giftMessage: { from: null, to: null, message: 'All the best' } },
    });
    expect(draftDocument(order, settingsWith()).notes).toEqual([
      {
        id: 'GIFT',
        text: 'Gift message\nAll the best\n\nGift message for Mug (MUG)\nFrom: Dana\nTo: Lee\nFor your\nnew kitchen',
      },
    ]);
  });

  test('C5-67 a message without From and To makes the note, and so do they without a message', () => {
    const notes = [
      { from: null, to: null, message: 'Hello' },
      { from: 'Dana', to: ' ', message: null },
      { from: null, to: null, message: ' ' },
    ].map((giftMessage) => draftDocument(goods({ giftMessage }), settingsWith()).notes.map(({ text }) => text));
    expect(notes).toEqual([['Gift message\nHello'], ['Gift message\nFrom: Dana'], []]);
  });
});

describe('characters', () => {
  const reject = settingsWith({ counterpoint: { textPolicy: 'reject' } });

  test('textPolicy "reject" stops an order whose address the database cannot hold, naming the field only', () => {
    const refusal = refusalOf(shippedTo({ lastName: 'Łukasz' }), reject);
    expect(refusal).toMatchObject({ reason: 'badText', field: 'shipping.address.name' });
    expect(refusal.message).not.toContain('ukasz');
  });

  test.each([
    ['items.name', orderOf({ rows: [{ name: 'Ő', price: '1' }] })],
    ['gift_message', goods({ giftMessage: { from: null, to: null, message: '🎁' } })],
    ['billing_address.city', goods({ billing: { ...ADDRESS, city: 'Łódź' } })],
  ])('textPolicy "reject" looks at %s', (field, order) => {
    expect(refusalOf(order, reject)).toMatchObject({ reason: 'badText', field });
  });

  test('textPolicy "transliterate" lets them pass for the writer to respell', () => {
    expect(draftDocument(shippedTo({ lastName: 'Łukasz' }), settingsWith()).shipTo?.lastName).toBe('Łukasz');
  });

  test('a street of which nothing readable would be left stops the order under either policy', () => {
    expect(refusalOf(shippedTo({ street: ['東京都'] }))).toMatchObject({
      reason: 'badText',
      field: 'shipping.address.street',
    });
  });

  test('identifiers are never respelled', () => {
    expect(refusalOf(orderOf({ rows: [{ sku: 'CAFÉ-Ł', price: '1' }] }))).toMatchObject({
      reason: 'badText',
      field: 'items.sku',
    });
    expect(refusalOf(goods({ incrementId: '№1' }))).toMatchObject({ reason: 'badText', field: 'increment_id' });
  });
});

describe('the head of the document', () => {
  test('C5-88 the document’s number is the shop’s', () => {
    expect(draftDocument(goods(), settingsWith())).toMatchObject({
      order: '000000501',
      ticketNo: '000000501',
      entityId: 501,
      reference: 'Magento order 000000501',
    });
  });

  test('C5-69 it is dated in the store’s zone', () => {
    expect(draftDocument(goods(), settingsWith()).placedAt).toBe('2026-03-11T11:42:07');
    expect(draftDocument(goods(), settingsWith({ timezone: 'Europe/Berlin' })).placedAt).toBe('2026-03-11T16:42:07');
  });

  test('C5-87 a shop view may have its own store, station and drawer', () => {
    const ids = [1, 2].map((storeId) => draftDocument(goods({ storeId }), settingsWith()).ids);
    expect(ids).toEqual([
      { store: 'WEB', station: '1', drawer: '1' },
      { store: 'WEB2', station: '7', drawer: '9' },
    ]);
  });

  test('an edited order is a document of its own number that names the order it follows', () => {
    const relations = { parent: '000000066', parentEntityId: 66, child: null, originalIncrementId: '000000066' };
    const draft = draftDocument(goods({ incrementId: '000000066-1', relations }), settingsWith());
    expect([draft.ticketNo, draft.reference]).toEqual(['000000066-1', 'Magento order 000000066-1, follows 000000066']);
  });

  test('no refusal tells who ordered', () => {
    const orders = [
      goods({ billing: null }),
      shippedTo({ street: ['東京都'] }),
      orderOf({ rows: [{ price: '1' }], payment: { method: 'none' } }),
      goods({ unknownTotals: [{ field: 'base_fee', amount: '1' }] }),
    ];
    for (const order of orders)
      expect(JSON.stringify(refusalOf(order))).not.toMatch(/Dana|Whitfield|Orchard|example\.com|503-555/);
  });
});
