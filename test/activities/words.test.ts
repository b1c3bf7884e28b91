import { classify } from '../../activities/classify';
import type { FailureDetails } from '../../activities/contract';
import { refusedCharge, unknownCharge } from '../../domain/shop/charge-words';
import { stop } from '../../domain/document/refusals';
import { CantusError, ambiguous } from '../../domain/errors';
import * as invoice from '../../domain/shop/checks/invoice';
import * as shipment from '../../domain/shop/checks/shipment';
import { refuse } from '../../counterpoint/refusals';
import { failureOf } from '../../magento/http/errors';
import * as invoicing from '../../magento/write/invoice-failures';
import * as shipping from '../../magento/write/ship-failures';

const ticket = { no: '000000012-01', guid: 'GUID-1' };
const at = { order: '000000012', entityId: 7, ticket };
const bill = { ...at, items: [], capture: true, claim: () => Promise.resolve() };
const parcel = { ...at, items: [], tracks: [], claim: () => Promise.resolve() };
const refusal = failureOf(
  { answer: { status: 400, text: '{"message":"Something else."}', headers: {} } },
  {
    method: 'POST',
    path: '/order/7/invoice',
    doing: 'invoicing ticket 000000012-01 of order 000000012',
    order: '000000012',
  } as never,
  new Date(0),
);
const record = { incrementId: '100000001' } as never;
const charge = { order: at.order, ticket: ticket.no };

const failures: Readonly<Record<string, () => unknown>> = {
  countersDiffer: () => invoice.countersUnclear(bill as never),
  captureNotCounted: () => invoice.notCounted(bill as never, record),
  markerMissing: () => invoice.markerMissing(bill as never, record),
  invoiceRefused: () => invoicing.invoiceRefused({ ...bill, capture: false } as never, refusal),
  invoiceUnknown: () => invoicing.notMade(bill as never, refusal),
  captureUnknown: () => invoicing.captureUnknown(bill as never, refusal),
  shipmentRefused: () => shipping.shipmentRefused(parcel as never, refusal),
  shipmentDiffers: () => shipment.shipmentDiffers(parcel as never, record),
  bundleNotWhole: () => shipping.bundleNotWhole(parcel as never),
  refusedCharge: () => ambiguous(refusedCharge(charge)),
  unknownCharge: () => ambiguous(unknownCharge(charge, 'The shop did not answer')),
  counterpoint: () => refuse(at.order, { reason: 'customerMissing', what: 'no customer has it', remedy: 'Add one.' }),
  document: () => stop(at.order, { reason: 'unmappedPayment', field: 'payment.method', what: 'x', remedy: 'Map it.' }),
};

const shown = (error: unknown): string => {
  expect(error).toBeInstanceOf(CantusError);
  const details = (classify(error) as { details?: unknown[] }).details?.[0] as FailureDetails;
  return details.message;
};
const wordsOf = (sentence: string): Set<string> =>
  new Set(
    (sentence.toLowerCase().match(/\p{L}{4,}/gu) ?? []).filter((word) => !['order', 'ticket', 'shop'].includes(word)),
  );
/** Most of the shorter sentence stands in the other one too. */
const saysAgain = (one: string, other: string): boolean => {
  const [few, many] = [wordsOf(one), wordsOf(other)].sort((a, b) => a.size - b.size);
  if (!few || !many || few.size < 2) return false;
  return [...few].filter((word) => many.has(word)).length / few.size > 0.6;
};

it.each(Object.keys(failures))('P-20 what people read of %s names the order and says each thing once', (name) => {
  const message = shown(failures[name]?.());
  expect(message).toContain(at.order);
  expect(message).not.toMatch(/gateway/);
  const sentences = message.split(/(?<=[.!?])\s+/);
  for (const [index, sentence] of sentences.entries())
    for (const other of sentences.slice(index + 1))
      expect([sentence, other, saysAgain(sentence, other)]).toContain(false);
});
