import { draftDocument } from '../../../domain/document';
import { draftContact } from '../../../domain/document/words/contacts';
import { fitStreet, USUAL_ROOM } from '../../../domain/document/words/street';
import { decodeEntities } from '../../../domain/text/entities';
import type { ShopAddress, ShopOrder } from '../../../domain/shop/order';
import { parseOrder } from '../../../magento/parse/order';
import { sampleOrder } from '../../../sandbox/shop/order/sample-orders';
import { ADDRESS, orderOf } from './orders';
import { refusalOf } from './refusal-of';
import { settingsWith } from './settings';

const settings = settingsWith();
const goods = (order: Partial<ShopOrder> = {}): ShopOrder => orderOf({ rows: [{ price: '10' }], order });
const shippedTo = (address: Partial<ShopAddress>): ShopOrder => goods({ shipping: { ...ADDRESS, ...address } });
const notesOf = (order: ShopOrder): readonly (readonly [string, string])[] =>
  draftDocument(order, settings).notes.map(({ id, text }) => [id, text]);

describe('what the shopper wrote', () => {
  test('OF-G the order’s note and a comment module’s field become one note of its own', () => {
    expect(notesOf(parseOrder(sampleOrder('field-shopper-notes')))).toEqual([
      ['SHOPPER', 'Please leave at the back door\n\nBold order comment: Ring twice'],
    ]);
  });

  test('it stands beside the gift note', () => {
    const order = parseOrder({
      ...sampleOrder('01-configurable-coupon-tax-gift'),
      customer_note: 'Back door',
    });
    expect(draftDocument(order, settings).notes.map(({ id }) => id)).toEqual(['SHOPPER', 'GIFT']);
  });

  test('an option that nothing was chosen for says nothing, and a row without a name goes by its SKU', () => {
    const sample = orderOf({
      rows: [
        { price: '10', sku: 'A', name: ' \u200B ', options: [{ id: '7', value: 'Engraved' }] },
        { price: '10', sku: 'B', name: 'Cup', options: [{ id: '8', value: '\u200E ' }] },
        { price: '10', sku: 'C', name: '\u202E', gift: { from: null, to: null, message: 'Cheers' } },
        { price: '10', sku: 'D', name: 'Vase', gift: { from: '\u2060', to: '\u200B', message: ' \u200B\n' } },
      ],
    });
    expect(notesOf(sample)).toEqual([
      ['GIFT', 'Gift message for C\nCheers'],
      ['OPTIONS', 'A\nOption 7: Engraved'],
    ]);
  });

  const withHistory = (rows: readonly object[], more: object = {}): ShopOrder =>
    parseOrder({ ...sampleOrder('live-configurable'), status_histories: rows, ...more });

  test('the first comment of the history that shoppers see is theirs; later ones and hidden ones are not', () => {
    const row = { entity_name: 'order', is_visible_on_front: 1 };
    const order = withHistory([
      { ...row, entity_id: 9, created_at: '2026-11-21 10:00:00', comment: 'We are sorry for the delay' },
      { ...row, entity_id: 3, created_at: '2026-11-20 10:00:01', comment: 'Leave it with<br/>the neighbour' },
      { ...row, entity_id: 2, created_at: '2026-11-20 10:00:00', is_visible_on_front: 0, comment: 'Authorized' },
      { ...row, entity_id: 1, created_at: '2026-11-20 09:59:59', entity_name: 'invoice', comment: 'Captured' },
    ]);
    expect(notesOf(order)).toEqual([['SHOPPER', 'Leave it with\nthe neighbour']]);
  });

  test('the same words in two places are said once, blanks alone not at all', () => {
    const row = { entity_name: 'order', is_visible_on_front: '1', comment: 'Ring  twice' };
    expect(notesOf(withHistory([row], { customer_note: 'Ring  twice' }))).toEqual([['SHOPPER', 'Ring  twice']]);
    expect(notesOf(withHistory([{ ...row, comment: '\u200f \n ' }], { customer_note: '   ' }))).toEqual([]);
  });

  test.each([
    ['order_comment', 'Order comment: x'],
    ['delivery_instructions', 'Delivery instructions: x'],
    ['amdelivery_date', undefined],
    ['am_delivery_date', 'Am delivery date: x'],
    ['customer_note_notify', undefined],
    ['admin_comment', undefined],
    ['converting_from_quote', undefined],
  ])('the extension attribute %s reads as %j', (name, text) => {
    const order = sampleOrder('live-configurable');
    const extension = { ...(order['extension_attributes'] as object), [name]: 'x' };
    expect(notesOf(parseOrder({ ...order, extension_attributes: extension }))).toEqual(
      text === undefined ? [] : [['SHOPPER', text]],
    );
  });

  test('addresses of pages, pictures, marks of direction and control characters do no harm', () => {
    const text = 'See https://maps.example/?q=1&amp;z=2 \u202Eright\u202C 👍🏽\u0007';
    expect(notesOf(withHistory([], { customer_note: text }))).toEqual([
      ['SHOPPER', 'See https://maps.example/?q=1&z=2 right 👍🏽'],
    ]);
  });
});

describe('a street longer than its column', () => {
  test('it is wrapped at word ends into the next lines', () => {
    expect(draftDocument(parseOrder(sampleOrder('field-long-street-line')), settings).shipTo?.address).toEqual([
      'Eerste Jan van der Heijdenstraat 157 H,',
      'Gebouw B, derde etage links',
    ]);
  });

  const fitted = (lines: readonly string[], ...lengths: number[]) =>
    fitStreet(lines, { lengths: lengths.length > 0 ? lengths : USUAL_ROOM.lengths, codePage: 'cp1252' });

  test.each([
    ['lines that fit stay', ['a b', 'c'], ['a b', 'c']],
    ['a long first line pushes the second down', ['one two three', 'four'], ['one two', 'three', 'four']],
    ['more lines than columns share the last', ['a', 'b', 'c', 'd'], ['a', 'b', 'c, d']],
    ['long and many flow into all the room', ['one two', 'three f', 'g', 'h'], ['one two', 'three f', 'g, h']],
    ['when the last is too long everything flows', ['a', 'b', 'three f', 'g', 'h'], ['a, b,', 'three f,', 'g, h']],
    ['a word longer than a column is broken', ['abcdefghijkl'], ['abcdefgh', 'ijkl']],
  ])('%s', (_, given, lines) => {
    expect(fitted(given, 8, 8, 8)).toMatchObject({ lines, overflow: false });
  });

  test('the database’s own lengths count, and so does how a character is respelled', () => {
    expect(fitted(['12345 789'], 9, 9, 9).lines).toEqual(['12345 789']);
    expect(fitted(['12345 789'], 8, 8, 8).lines).toEqual(['12345', '789']);
    // Ж becomes two letters.
    expect(fitted(['ЖЖЖ ЖЖ'], 8, 8, 8).lines).toEqual(['ЖЖЖ', 'ЖЖ']);
  });

  test('what does not fit at all stands whole in a note, and the timeline says so', () => {
    const street = Array.from({ length: 4 }, (_, index) => `Line ${String(index)} ${'x'.repeat(33)}`);
    const draft = draftDocument(shippedTo({ street }), settings);
    expect(draft.notes).toEqual([{ id: 'ADDRESS', text: ['Shipping address, in full', ...street].join('\n') }]);
    expect(draft.shipTo?.address).toHaveLength(3);
    expect(draft.changes).toMatchObject([{ field: 'shipping.address.street', change: 'truncated', from: 160 }]);
  });
});

describe('HTML entities', () => {
  test.each([
    ['Smith &amp; Sons', 'Smith & Sons'],
    ['O&#039;Neill', "O'Neill"],
    ['Caf&eacute; &Uuml;ber', 'Café Über'],
    ['&quot;Ada&quot; &lt;3', '"Ada" <3'],
    ['&#x27;&#8217;&#146;', "'’’"],
    ['Fish &amp;amp; chips', 'Fish & chips'],
    ['AT&T; R&D', 'AT&T; R&D'],
    ['&nosuch; &#xD800; &', '&nosuch;  &'],
  ])('%j reads %j', (given, text) => {
    expect(decodeEntities(given)).toBe(text);
  });

  test('names, companies, streets, item names and gift messages are read without them', () => {
    const address = { ...ADDRESS, firstName: 'Ren&eacute;', lastName: 'O&#039;Neill', street: ['Elm &amp; Oak'] };
    const order = orderOf({
      rows: [
        { name: 'Salt &amp; pepper', price: '1', gift: { from: null, to: 'Zo&euml;', message: 'Love &amp; joy' } },
      ],
      order: { billing: { ...address, company: 'Smith &amp; Sons' }, shipping: address },
    });
    const { billing, shipTo, lines, notes } = draftDocument(order, settings);
    expect([billing.name, billing.contact]).toEqual(['Smith & Sons', "René O'Neill"]);
    expect(shipTo).toMatchObject({ name: "René O'Neill", address: ['Elm & Oak'] });
    expect(lines[0]?.description).toBe('Salt & pepper');
    expect(notes[0]?.text).toContain('To: Zoë\nLove & joy');
  });
});

describe('names that would be empty', () => {
  test.each([
    ['billing_address.lastname', goods({ billing: { ...ADDRESS, firstName: '🎁', lastName: '👍🏽' } })],
    ['billing_address.lastname', goods({ billing: { ...ADDRESS, firstName: '王', lastName: '小明' } })],
    ['shipping.address.lastname', shippedTo({ firstName: '.', lastName: '-' })],
    ['shipping.address.city', shippedTo({ city: '東京' })],
  ])('%s waits, and the text is not told', (field, order) => {
    const refusal = refusalOf(order);
    expect(refusal).toMatchObject({ reason: 'badText', field });
    expect(refusal.message).not.toMatch(/[🎁👍王東]/u);
  });

  test('a name of marks nobody sees is no name', () => {
    expect(refusalOf(shippedTo({ firstName: '\u200e ', lastName: '\u202e' }))).toMatchObject({
      reason: 'missingAddress',
      field: 'shipping.address.lastname',
    });
  });

  test.each([
    ['.', 'Smith', 'Smith'],
    ['Madonna', '-', 'Madonna'],
    ['😀', 'Anna Smith', 'Anna Smith'],
    ['—', '...', '— ...'],
  ])('a name of “%s” and “%s” is %s: dots and dashes are no name beside one', (firstName, lastName, name) => {
    expect(draftContact({ ...ADDRESS, company: null, firstName, lastName }, null).name).toBe(name);
  });

  test('a company of dashes or pictures is none, and the timeline says so', () => {
    const address = { ...ADDRESS, company: '—' };
    expect(draftContact(address, null)).toMatchObject({ kind: 'person', name: 'Dana Whitfield' });
    expect(draftDocument(shippedTo(address), settings).changes).toEqual([
      { field: 'shipping.address.company', change: 'dropped', from: 1, to: 0 },
    ]);
  });

  test('an item whose name cannot be written goes by its SKU', () => {
    const names = ['🎁', '花瓶', 'Vase 🎁'].map(
      (name) => draftDocument(orderOf({ rows: [{ sku: 'S1', name, price: '1' }] }), settings).lines[0]?.description,
    );
    expect(names).toEqual(['S1', 'S1', 'Vase 🎁']);
  });
});
