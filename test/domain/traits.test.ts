import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ATTENTION_REASONS } from '../../domain/order/attention';
import { PAYMENT_KINDS } from '../../domain/shop/payment-traits';

const ROOT = path.resolve(__dirname, '../..');
const PRODUCT =
  'activities client config counterpoint database domain magento notebook notifications passes worker workflows';

const sources = PRODUCT.split(' ').flatMap((room) =>
  readdirSync(path.join(ROOT, room), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.posix.join(room, file)),
);

const places = (pattern: RegExp): string[] =>
  sources.flatMap((file) =>
    [...readFileSync(path.join(ROOT, file), 'utf8').matchAll(pattern)].map(([found]) => `${file}: ${found.trim()}`),
  );

const anyOf = (names: readonly string[]): string => `'(?:${names.join('|')})'`;

/** These are about one question of the plan or one call, and say nothing of the reason itself. */
const ONE_QUESTION = [
  "activities/magento.ts: reason === 'statusRefused'",
  "activities/send-once.ts: reason === 'misconfigured'",
  // Not a reason but what came of a request to cancel.
  "client/orders/cancel.ts: case 'cancelledInShop':",
  "client/orders/repair.ts: reason === 'unknownSku'",
  "domain/order/wants/counted.ts: reason === 'captureUnknown'",
  "domain/order/wants/left-without-invoice.ts: reason === 'amountsDiffer'",
];

test('no product code compares a reason with a name: what differs by reason is a column of its table', () => {
  const reason = anyOf(ATTENTION_REASONS);
  const compared = places(new RegExp(`\\breason(?: ===| !==) ${reason}|case ${reason}:`, 'g'));
  expect(compared.filter((place) => !ONE_QUESTION.includes(place))).toEqual([]);
  expect(compared.length).toBeGreaterThan(0);
});

test('no product code compares the kind of a payment with a name', () => {
  expect(places(new RegExp(`\\bpayment(?:\\.kind)?(?: ===| !==) ${anyOf(PAYMENT_KINDS)}`, 'g'))).toEqual([]);
});

test('a kind of payment is named in its table and where it is read from the order, and nowhere else', () => {
  const named = places(/'(?:authorised|onAccount)'/g).map((place) => place.split(':')[0]);
  expect([...new Set(named)].sort()).toEqual(['domain/shop/payment-kind.ts', 'domain/shop/payment-traits.ts']);
});
