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
  'amountsDiffer',
  'cancelledInShop',
  'cancelledInCounterpoint',
  'documentGone',
  'ticketVoided',
  'manualInvoice',
  'manualShipment',
  'statusRefused',
  'waitingForPredecessor',
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
] as const;
export type RepairKind = (typeof REPAIR_KINDS)[number];

/** Who has to act: the store's staff, the agency that runs the connection, or the product's maintainers. */
export type Owner = 'merchant' | 'agency' | 'maintainer';

export interface AttentionRule {
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
    severity: 'problem',
    owner: 'merchant',
    repairs: ['retry', 'mapSku', 'skip', 'cancel'],
    lookAgain: often(60),
  },
  unmappedPayment: { severity: 'problem', owner: 'agency', repairs: ['retry', 'skip', 'cancel'], lookAgain: often(60) },
  unmappedShipping: {
    severity: 'problem',
    owner: 'agency',
    repairs: ['retry', 'skip', 'cancel'],
    lookAgain: often(60),
  },
  fieldTooLong: { severity: 'problem', owner: 'merchant', repairs: ['retry', 'skip', 'cancel'], lookAgain: null },
  badText: { severity: 'problem', owner: 'merchant', repairs: ['retry', 'skip', 'cancel'], lookAgain: null },
  unknownTotal: { severity: 'problem', owner: 'maintainer', repairs: ['retry', 'skip', 'cancel'], lookAgain: null },
  totalsDiffer: { severity: 'problem', owner: 'maintainer', repairs: ['retry', 'skip', 'cancel'], lookAgain: null },
  customerMissing: {
    severity: 'problem',
    owner: 'merchant',
    repairs: ['retry', 'skip', 'cancel'],
    lookAgain: often(15),
  },
  numberTaken: { severity: 'problem', owner: 'merchant', repairs: ['retry', 'skip', 'cancel'], lookAgain: null },
  missingAddress: { severity: 'problem', owner: 'merchant', repairs: ['retry', 'skip', 'cancel'], lookAgain: null },
  captureRefused: {
    severity: 'urgent',
    owner: 'merchant',
    repairs: ['retry', 'invoiceOffline', 'adopt', 'cancelRemainder', 'parcelHeld'],
    lookAgain: often(60, 3),
  },
  captureUnknown: {
    severity: 'urgent',
    owner: 'merchant',
    repairs: ['retry', 'adopt', 'invoiceOffline', 'acceptDifference'],
    lookAgain: null,
  },
  authorizationExpired: {
    severity: 'urgent',
    owner: 'merchant',
    repairs: ['retry', 'acceptDifference', 'invoiceOffline', 'cancelRemainder', 'parcelHeld'],
    lookAgain: null,
  },
  amountsDiffer: { severity: 'problem', owner: 'merchant', repairs: ['retry', 'acceptDifference'], lookAgain: null },
  cancelledInShop: { severity: 'problem', owner: 'merchant', repairs: ['retry', 'confirmCancelled'], lookAgain: null },
  cancelledInCounterpoint: {
    severity: 'problem',
    owner: 'merchant',
    repairs: ['retry', 'cancel', 'cancelRemainder', 'acceptDifference'],
    lookAgain: null,
  },
  documentGone: {
    severity: 'problem',
    owner: 'merchant',
    repairs: ['retry', 'cancel', 'confirmCancelled'],
    lookAgain: null,
  },
  ticketVoided: { severity: 'problem', owner: 'merchant', repairs: ['retry', 'acceptDifference'], lookAgain: null },
  manualInvoice: { severity: 'warning', owner: 'merchant', repairs: ['retry', 'adopt'], lookAgain: null },
  manualShipment: { severity: 'warning', owner: 'merchant', repairs: ['retry', 'adopt'], lookAgain: null },
  statusRefused: {
    severity: 'warning',
    owner: 'agency',
    repairs: ['retry', 'acceptDifference'],
    lookAgain: often(60, 24),
  },
  waitingForPredecessor: {
    severity: 'warning',
    owner: 'merchant',
    repairs: ['retry', 'acceptDifference'],
    lookAgain: often(60),
  },
  misconfigured: { severity: 'problem', owner: 'agency', repairs: ['retry'], lookAgain: often(10) },
  systemDown: { severity: 'problem', owner: 'agency', repairs: ['retry'], lookAgain: often(5) },
};
