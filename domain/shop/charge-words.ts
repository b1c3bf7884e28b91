import type { FailureFacts } from '../errors';

interface Charge {
  readonly order: string;
  /** Number of the release ticket. */
  readonly ticket: string;
}

const LOOK_FIRST =
  'Look at the payment provider first: if the amount was not taken, retry; if it was, invoice without charging.';

/** What people are told of a charge that the shop refused: never that nobody was charged (P-24). */
export const refusedCharge = ({ order, ticket }: Charge): Omit<FailureFacts, 'kind'> => ({
  code: 'captureRefused',
  reason: 'captureRefused',
  order,
  message:
    `The shop could not save the invoice for ticket ${ticket} of order ${order}. It says the same when the payment provider declined ` +
    'and when the provider took the money and the shop failed afterwards. Hold the parcel back.',
  remedy: LOOK_FIRST,
});

/**
 * What people are told of a charge nobody knows the outcome of.
 * @param what what happened, as the beginning of a sentence that goes on with "and the shop shows no invoice"
 */
export const unknownCharge = ({ order, ticket }: Charge, what: string): Omit<FailureFacts, 'kind'> => ({
  code: 'captureUnknown',
  reason: 'captureUnknown',
  order,
  message: `It is not known whether the payment for ticket ${ticket} of order ${order} was taken. ${what}, and the shop shows no invoice.`,
  remedy: LOOK_FIRST,
});
