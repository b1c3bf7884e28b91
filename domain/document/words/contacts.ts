import { fullName, personName, type PersonName } from '../../text/names';
import type { ShopAddress, ShopOrder } from '../../shop/order';
import { lengthOf } from '../../text/fitting';
import type { DraftContact, DraftNote, TextChange } from '../draft';
import { stop } from '../refusals';
import { isReadable, shopperLine } from './shopper-text';
import { fitStreet, USUAL_ROOM, type AddressRoom } from './street';

/** STATE holds a code of at most this many characters wherever it was seen. */
const STATE_LENGTH = 10;

/** Bill-to of the document. @throws CantusError refused, missingAddress. */
export function billTo(order: ShopOrder, room: AddressRoom = USUAL_ROOM): DraftContact {
  if (order.billing === null) throw missing(order, 'billing_address', 'the order has no billing address');
  const contact = draftContact(order.billing, order.customer.email, room);
  if (contact.name === '') throw missing(order, 'billing_address.lastname', 'the billing address has no name');
  return contact;
}

/**
 * Ship-to of the document; null when there is nothing to ship.
 * @throws CantusError refused, missingAddress, when goods have nowhere to go.
 */
export function shipTo(order: ShopOrder, room: AddressRoom = USUAL_ROOM): DraftContact | null {
  if (order.virtual) return null;
  if (order.shipping === null)
    throw missing(order, 'shipping.address', 'goods are to be shipped, but the order has no shipping address');
  const contact = draftContact(order.shipping, order.customer.email, room);
  if (contact.name === '') throw missing(order, 'shipping.address.lastname', 'the shipping address has no name');
  if (contact.address.length === 0)
    throw missing(order, 'shipping.address.street', 'the shipping address has no street');
  if (contact.city === null && contact.postcode === null) {
    throw missing(order, 'shipping.address.city', 'the shipping address has neither city nor postcode');
  }
  return contact;
}

/** A shop address as a Counterpoint contact: a company's name comes first and the person becomes its contact. */
export function draftContact(
  address: ShopAddress,
  orderEmail: string | null,
  room: AddressRoom = USUAL_ROOM,
): DraftContact {
  const person = nameOf(address);
  const personal = fullName(person);
  const company = companyOf(address);
  const { state, county } = region(address);
  return {
    name: company ?? personal,
    kind: company === null ? 'person' : 'business',
    firstName: person.first,
    lastName: person.last,
    contact: company === null || personal === '' ? null : personal,
    address: fitStreet(streetLines(withCounty(address.street, county)), room).lines,
    city: text(address.city),
    state,
    postcode: postcode(address.postcode),
    country: text(address.country)?.toUpperCase() ?? null,
    phone: phone(address.phone),
    email: text(address.email) ?? text(orderEmail),
  };
}

/**
 * What of an address a contact cannot show as the shop had it, for the order's timeline: lengths, never the text.
 * @param at the address in the shop's words, e.g. `billing_address`
 */
export function contactChanges(
  address: ShopAddress,
  at: string,
  room: AddressRoom = USUAL_ROOM,
): readonly TextChange[] {
  const changes: TextChange[] = [];
  const note = (field: string, change: TextChange['change'], from: number, to: number): void => {
    changes.push({ field: `${at}.${field}`, change, from, to });
  };
  const { county } = region(address);
  if (county !== null) note('region', 'moved', lengthOf(county), lengthOf(county));
  const lines = streetLines(withCounty(address.street, county));
  const street = fitStreet(lines, room);
  if (street.reflowed) {
    note('street', street.overflow ? 'truncated' : 'folded', lengthOf(lines.join('')), lengthOf(street.lines.join('')));
  }
  const dropped = (field: string, given: string | null, kept: string | null): void => {
    const length = lengthOf(shopperLine(given));
    if (kept === null && length > 0) note(field, 'dropped', length, 0);
  };
  dropped('company', address.company, companyOf(address));
  dropped('telephone', address.phone, phone(address.phone));
  dropped('postcode', address.postcode, postcode(address.postcode));
  return changes;
}

/** A dot or a dash in one of the two fields is what a shopper with a single name types; alone it stays, to be asked about. */
function nameOf({ firstName, lastName }: ShopAddress): PersonName {
  const [first, last] = [text(firstName), text(lastName)];
  const readable = (name: string | null): string | null => (name !== null && isReadable(name) ? name : null);
  const name = personName(readable(first), readable(last));
  return fullName(name) === '' ? personName(first, last) : name;
}

const withCounty = (street: readonly string[], county: string | null): readonly string[] =>
  county === null ? street : [...street, county];

/**
 * A region is a code where the shop has a list of them. Elsewhere shoppers type what they like (Nottinghamshire), and the
 * shop repeats it as the code: what is too long for STATE then is no code and belongs to the address.
 */
function region(address: ShopAddress): { readonly state: string | null; readonly county: string | null } {
  const name = text(address.region);
  const code = text(address.regionCode) ?? name;
  const typed = code === name;
  return code !== null && typed && lengthOf(code) > STATE_LENGTH
    ? { state: null, county: code }
    : { state: code, county: null };
}

/**
 * A street that is longer than the columns: what the address could not hold, whole, as a note on the document.
 * @returns null when everything has its place
 */
export function addressNote(order: ShopOrder, room: AddressRoom): DraftNote | null {
  const parts = [
    ...(order.billing === null ? [] : [overflowOf('Billing address', order.billing, room)]),
    ...(order.virtual || order.shipping === null ? [] : [overflowOf('Shipping address', order.shipping, room)]),
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : { id: 'ADDRESS', text: [...new Set(parts)].join('\n\n') };
}

function overflowOf(title: string, address: ShopAddress, room: AddressRoom): string | null {
  const lines = streetLines(withCounty(address.street, region(address).county));
  return fitStreet(lines, room).overflow ? [`${title}, in full`, ...lines].join('\n') : null;
}

const streetLines = (street: readonly string[]): string[] =>
  street
    .flatMap((line) => line.split(/\r\n|\r|\n/))
    .map(shopperLine)
    .filter((line) => line !== '');

/** Some shoppers fill a required field with a dash or a picture. */
function companyOf(address: ShopAddress): string | null {
  const company = text(address.company);
  return company !== null && isReadable(company) ? company : null;
}

/** The number as typed, without labels ("Tel.: ") and white space runs; what holds no digits is no number. */
export function phone(given: string | null): string | null {
  const tidied = shopperLine((given ?? '').normalize('NFKC')).replace(
    /^(tel|telephone|phone|ph|mobile|cell)[.:\s]+/i,
    '',
  );
  const digits = tidied.replace(/\D/g, '');
  return digits.length < 3 || /^0+$/.test(digits) ? null : tidied;
}

/** Upper case, full-width digits and long dashes as a keyboard has them; shops of some countries send "-" for none. */
export function postcode(given: string | null): string | null {
  const tidied = shopperLine((given ?? '').normalize('NFKC'))
    .replace(/[‐-―−]/g, '-')
    .toUpperCase();
  return /[0-9A-Z]/.test(tidied) ? tidied : null;
}

function text(value: string | null): string | null {
  const tidied = shopperLine(value);
  return tidied === '' ? null : tidied;
}

const missing = (order: ShopOrder, field: string, what: string): Error =>
  stop(order.incrementId, {
    reason: 'missingAddress',
    field,
    what,
    remedy: 'Complete the address of the order in the shop, then retry.',
  });
