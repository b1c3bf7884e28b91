/** Why an order waits for a person. Codes others script against: added, never renamed. */
export const ATTENTION_REASONS = [
  'unknownSku',
  'unmappedPayment',
  'unmappedShipping',
  'fieldTooLong',
  'badText',
  'unknownTotal',
  'totalsDiffer',
  'customerMissing',
  'numberTaken',
  'missingAddress',
  'captureRefused',
  'captureUnknown',
  'authorizationExpired',
  'authorizationLapses',
  'amountsDiffer',
  'cancelledInShop',
  'cancelledInCounterpoint',
  'documentGone',
  'ticketVoided',
  'manualInvoice',
  'manualShipment',
  'statusRefused',
  'waitingForPredecessor',
  'changedInShop',
  'misconfigured',
  'systemDown',
] as const;
export type AttentionReason = (typeof ATTENTION_REASONS)[number];

/** What a person may order for an order in attention. Likewise added, never renamed. */
export const REPAIR_KINDS = [
  'retry',
  'skip',
  'cancel',
  'adopt',
  'invoiceOffline',
  'acceptDifference',
  'mapSku',
  'parcelHeld',
  'cancelRemainder',
  'confirmCancelled',
  'note',
] as const;
export type RepairKind = (typeof REPAIR_KINDS)[number];

/** Who has to act: the store's staff, the agency that runs the connection, or the product's maintainers. */
export type Owner = 'merchant' | 'agency' | 'maintainer';

export interface AttentionRule {
  /** What happened, in the words of the people it waits for. */
  readonly says: string;
  /** Hours after which more people are told than the first time. */
  readonly deadlineHours: number;
  readonly severity: 'warning' | 'problem' | 'urgent';
  readonly owner: Owner;
  /** Which repairs make sense at all; the plan may offer fewer. */
  readonly repairs: readonly RepairKind[];
  /** The engine looks again by itself this often; null: only when something changes or a person says so. */
  readonly lookAgain: { readonly everyMinutes: number; readonly attempts: number } | null;
}

const often = (everyMinutes: number, attempts = Number.MAX_SAFE_INTEGER): AttentionRule['lookAgain'] => ({
  everyMinutes,
  attempts,
});

/** One row per reason: severity, whose move it is, the repairs, and whether time alone may help. */
export const ATTENTION: Readonly<Record<AttentionReason, AttentionRule>> = {
  unknownSku: {
    says: 'A product of the order is not in Counterpoint, or it is not clear which item it is.',
    deadlineHours: 24,
    severity: 'problem',
    owner: 'merchant',
    repairs: ['retry', 'mapSku', 'skip', 'cancel'],
    lookAgain: often(60),
  },
  unmappedPayment: {
    says: 'The payment method of the order has no pay code in the configuration.',
    deadlineHours: 8,
    severity: 'problem',
    owner: 'agency',
    repairs: ['retry', 'skip', 'cancel'],
    lookAgain: often(60),
  },
  unmappedShipping: {
    says: 'The shipping method of the order has no ship-via code in the configuration.',
    deadlineHours: 8,
    severity: 'problem',
    owner: 'agency',
    repairs: ['retry', 'skip', 'cancel'],
    lookAgain: often(60),
  },
  fieldTooLong: {
    says: 'A text or number of the order does not fit into its field in Counterpoint.',
    deadlineHours: 24,
    severity: 'problem',
    owner: 'merchant',
    repairs: ['retry', 'skip', 'cancel'],
    lookAgain: null,
  },
  badText: {
    says: 'The order holds text that Counterpoint cannot store.',
    deadlineHours: 24,
    severity: 'problem',
    owner: 'merchant',
    repairs: ['retry', 'skip', 'cancel'],
    lookAgain: null,
  },
  unknownTotal: {
    says: 'The order carries money that Cantus does not know where to put.',
    deadlineHours: 24,
    severity: 'problem',
    owner: 'maintainer',
    repairs: ['retry', 'skip', 'cancel'],
    lookAgain: null,
  },
  totalsDiffer: {
    says: 'The order does not add up to its own total, so nothing was written.',
    deadlineHours: 24,
    severity: 'problem',
    owner: 'maintainer',
    repairs: ['retry', 'skip', 'cancel'],
    lookAgain: null,
  },
  customerMissing: {
    says: 'The order needs an A/R customer that Counterpoint does not have.',
    deadlineHours: 24,
    severity: 'problem',
    owner: 'merchant',
    repairs: ['retry', 'skip', 'cancel'],
    lookAgain: often(15),
  },
  numberTaken: {
    says: 'Another document in Counterpoint has the order’s number.',
    deadlineHours: 24,
    severity: 'problem',
    owner: 'merchant',
    repairs: ['retry', 'skip', 'cancel'],
    lookAgain: null,
  },
  missingAddress: {
    says: 'An address that the order needs is missing.',
    deadlineHours: 24,
    severity: 'problem',
    owner: 'merchant',
    repairs: ['retry', 'skip', 'cancel'],
    lookAgain: null,
  },
  captureRefused: {
    says: 'A payment was not completed: the provider declined it, or took the money and the shop failed to save that.',
    deadlineHours: 4,
    severity: 'urgent',
    owner: 'merchant',
    repairs: ['retry', 'invoiceOffline', 'adopt', 'cancelRemainder', 'parcelHeld'],
    lookAgain: null,
  },
  captureUnknown: {
    says: 'It is not known whether the payment was taken; nothing is charged again before a person has looked.',
    deadlineHours: 4,
    severity: 'urgent',
    owner: 'merchant',
    repairs: ['retry', 'adopt', 'invoiceOffline', 'acceptDifference'],
    lookAgain: null,
  },
  authorizationExpired: {
    says: 'The shop shows an invoice, but no money was taken: the authorisation was closed or has lapsed.',
    deadlineHours: 4,
    severity: 'urgent',
    owner: 'merchant',
    repairs: ['retry', 'acceptDifference', 'invoiceOffline', 'cancelRemainder', 'parcelHeld'],
    lookAgain: null,
  },
  authorizationLapses: {
    says: 'The payment’s authorisation lapses soon and the order is not released yet.',
    deadlineHours: 24,
    severity: 'warning',
    owner: 'merchant',
    repairs: ['retry', 'acceptDifference', 'cancelRemainder', 'cancel'],
    lookAgain: null,
  },
  amountsDiffer: {
    says: 'The ticket is not worth what the shop would invoice for it.',
    deadlineHours: 8,
    severity: 'problem',
    owner: 'merchant',
    repairs: ['retry', 'acceptDifference'],
    lookAgain: null,
  },
  cancelledInShop: {
    says: 'The order was cancelled in the shop, but not in Counterpoint.',
    deadlineHours: 24,
    severity: 'problem',
    owner: 'merchant',
    repairs: ['retry', 'confirmCancelled', 'acceptDifference'],
    lookAgain: null,
  },
  cancelledInCounterpoint: {
    says: 'The order, or a part of it, was cancelled in Counterpoint, but not in the shop.',
    deadlineHours: 24,
    severity: 'problem',
    owner: 'merchant',
    repairs: ['retry', 'cancel', 'cancelRemainder', 'acceptDifference'],
    lookAgain: null,
  },
  documentGone: {
    says: 'The document is in Counterpoint neither open nor in history.',
    deadlineHours: 24,
    severity: 'problem',
    owner: 'merchant',
    repairs: ['retry', 'cancel', 'confirmCancelled'],
    lookAgain: null,
  },
  ticketVoided: {
    says: 'A ticket was voided in Counterpoint after the shop had invoiced it.',
    deadlineHours: 24,
    severity: 'problem',
    owner: 'merchant',
    repairs: ['retry', 'acceptDifference'],
    lookAgain: null,
  },
  manualInvoice: {
    says: 'An invoice made by hand in the shop fits no release ticket.',
    deadlineHours: 24,
    severity: 'warning',
    owner: 'merchant',
    repairs: ['retry', 'adopt'],
    lookAgain: null,
  },
  manualShipment: {
    says: 'A shipment made by hand in the shop fits no release ticket.',
    deadlineHours: 24,
    severity: 'warning',
    owner: 'merchant',
    repairs: ['retry', 'adopt'],
    lookAgain: null,
  },
  statusRefused: {
    says: 'The shop does not give the order the status it should have.',
    deadlineHours: 48,
    severity: 'warning',
    owner: 'agency',
    repairs: ['retry', 'acceptDifference'],
    lookAgain: often(60, 24),
  },
  waitingForPredecessor: {
    says: 'The order replaces one that was edited and is still open in Counterpoint.',
    deadlineHours: 24,
    severity: 'warning',
    owner: 'merchant',
    repairs: ['retry', 'acceptDifference'],
    lookAgain: often(60),
  },
  changedInShop: {
    says: 'The order was changed in the shop after it was written to Counterpoint.',
    deadlineHours: 8,
    severity: 'problem',
    owner: 'merchant',
    repairs: ['retry', 'acceptDifference'],
    lookAgain: null,
  },
  misconfigured: {
    says: 'A setting, or the set-up of one of the two systems, is wrong.',
    deadlineHours: 4,
    severity: 'problem',
    owner: 'agency',
    repairs: ['retry'],
    lookAgain: often(10),
  },
  systemDown: {
    says: 'One of the two systems does not answer.',
    deadlineHours: 1,
    severity: 'problem',
    owner: 'agency',
    repairs: ['retry'],
    lookAgain: often(5),
  },
};
