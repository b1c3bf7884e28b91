/* One table: longer than other files, because what is true of a reason stands nowhere else. */

/** What a person may order for an order in attention. Added, never renamed: others script against them. */
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

/** What follows from a reason. Nothing asks for a reason by name: what differs by reason is a column here. */
export interface AttentionRule {
  /** The subject of a message about it. */
  readonly title: string;
  /** What happened, in the words of the people it waits for. */
  readonly says: string;
  /** Hours after which more people are told than the first time. */
  readonly deadlineHours: number;
  readonly severity: 'warning' | 'problem' | 'urgent';
  readonly owner: Owner;
  /** Which repairs make sense at all; the plan may offer fewer. */
  readonly repairs: readonly RepairKind[];
  /**
   * The engine looks again by itself this often; `captureRetries`: as that setting says; null: only when something
   * changes or a person says so.
   */
  readonly lookAgain: { readonly everyMinutes: number; readonly attempts: number } | 'captureRetries' | null;
  /**
   * Whether the shop's order shows it: not what concerns Cantus or its surroundings, nor warnings. `unlessComplete`: what
   * the shop itself completed is left as it is, the move is the store's. `unlessCancelled`: a cancelled order of which
   * nothing left the store says all by itself until both sides have cancelled (C5-81).
   */
  readonly inShop: 'always' | 'never' | 'unlessComplete' | 'unlessCancelled';
  /**
   * A refusal that only time or a person may lift: a change on either side does not make a charge safe to repeat.
   * `charge`: of a charge, which may have been taken (P-24).
   */
  readonly money: 'charge' | 'authorisation' | null;
  /** What was sent may still be under way. */
  readonly mayRun: boolean;
  /** What `adopt` takes over; a charge is adopted by way of the invoice that somebody made for it. */
  readonly adopts: 'charge' | 'invoice' | 'shipment' | null;
  /** Many codes show it and it is one incident; of the others each code is a cause of its own. */
  readonly oneIncident: boolean;
}

const often = (everyMinutes: number, attempts = Number.MAX_SAFE_INTEGER): AttentionRule['lookAgain'] => ({
  everyMinutes,
  attempts,
});

/** What most reasons have in common. */
const USUAL = {
  deadlineHours: 24,
  severity: 'problem',
  owner: 'merchant',
  lookAgain: null,
  inShop: 'always',
  money: null,
  mayRun: false,
  adopts: null,
  oneIncident: false,
} as const;

/** Nothing was written of the order yet. */
const BEFORE_IMPORT = { ...USUAL, repairs: ['retry', 'skip', 'cancel'] } as const;
const CHARGE = { ...USUAL, deadlineHours: 4, severity: 'urgent' } as const;
/** The connection rather than the order. */
const CONNECTION = { ...USUAL, owner: 'agency', inShop: 'never', repairs: ['retry'] } as const;

const rules = <Reason extends string>(
  table: Readonly<Record<Reason, AttentionRule>>,
): Readonly<Record<Reason, AttentionRule>> => table;

/** Why an order waits for a person, one row per reason. Codes others script against: added, never renamed. */
export const ATTENTION = rules({
  unknownSku: {
    ...BEFORE_IMPORT,
    title: 'Unknown sku',
    says: 'A product of the order is not in Counterpoint, or it is not clear which item it is.',
    repairs: ['retry', 'mapSku', 'skip', 'cancel'],
    lookAgain: often(60),
  },
  unmappedPayment: {
    ...BEFORE_IMPORT,
    title: 'Unmapped payment',
    says: 'The payment method of the order has no pay code in the configuration.',
    deadlineHours: 8,
    owner: 'agency',
    lookAgain: often(60),
  },
  unmappedShipping: {
    ...BEFORE_IMPORT,
    title: 'Unmapped shipping',
    says: 'The shipping method of the order has no ship-via code in the configuration.',
    deadlineHours: 8,
    owner: 'agency',
    lookAgain: often(60),
  },
  fieldTooLong: {
    ...BEFORE_IMPORT,
    title: 'Field too long',
    says: 'A text or number of the order does not fit into its field in Counterpoint.',
  },
  badText: {
    ...BEFORE_IMPORT,
    title: 'Bad text',
    says: 'The order holds text that Counterpoint cannot store.',
  },
  unknownTotal: {
    ...BEFORE_IMPORT,
    title: 'Unknown total',
    says: 'The order carries money that Cantus does not know where to put.',
    owner: 'maintainer',
  },
  totalsDiffer: {
    ...BEFORE_IMPORT,
    title: 'Totals differ',
    says: 'The order does not add up to its own total, so nothing was written.',
    owner: 'maintainer',
  },
  customerMissing: {
    ...BEFORE_IMPORT,
    title: 'Customer missing',
    says: 'The order needs an A/R customer that Counterpoint does not have.',
    lookAgain: often(15),
  },
  numberTaken: {
    ...BEFORE_IMPORT,
    title: 'Number taken',
    says: 'Another document in Counterpoint has the order’s number.',
  },
  missingAddress: {
    ...BEFORE_IMPORT,
    title: 'Missing address',
    says: 'An address that the order needs is missing.',
  },
  captureRefused: {
    ...CHARGE,
    title: 'Payment refused or not recorded',
    says: 'A payment was not completed: the provider declined it, or took the money and the shop failed to save that.',
    repairs: ['retry', 'invoiceOffline', 'adopt', 'cancelRemainder', 'parcelHeld'],
    lookAgain: 'captureRetries',
    money: 'charge',
    adopts: 'charge',
  },
  captureUnknown: {
    ...CHARGE,
    title: 'Payment unclear',
    says: 'It is not known whether the payment was taken; nothing is charged again before a person has looked.',
    repairs: ['retry', 'adopt', 'invoiceOffline', 'acceptDifference'],
    money: 'charge',
    mayRun: true,
    adopts: 'charge',
  },
  authorizationExpired: {
    ...CHARGE,
    title: 'No money taken',
    says: 'The shop shows an invoice, but no money was taken: the authorisation was closed or has lapsed.',
    repairs: ['retry', 'acceptDifference', 'invoiceOffline', 'cancelRemainder', 'parcelHeld'],
    money: 'authorisation',
  },
  authorizationLapses: {
    ...USUAL,
    title: 'Authorisation lapses',
    says: 'The payment’s authorisation lapses soon and the order is not released yet.',
    severity: 'warning',
    repairs: ['retry', 'acceptDifference', 'cancelRemainder', 'cancel'],
    inShop: 'never',
  },
  amountsDiffer: {
    ...USUAL,
    title: 'Amounts differ',
    says: 'The ticket is not worth what the shop would invoice for it.',
    deadlineHours: 8,
    repairs: ['retry', 'acceptDifference'],
  },
  cancelledInShop: {
    ...USUAL,
    title: 'Cancelled in shop',
    says: 'The order was cancelled in the shop, but not in Counterpoint.',
    repairs: ['retry', 'confirmCancelled', 'acceptDifference'],
    inShop: 'unlessCancelled',
  },
  cancelledInCounterpoint: {
    ...USUAL,
    title: 'Cancelled in counterpoint',
    says: 'The order, or a part of it, was cancelled in Counterpoint, but not in the shop.',
    repairs: ['retry', 'cancel', 'cancelRemainder', 'acceptDifference'],
  },
  documentGone: {
    ...USUAL,
    title: 'Document gone',
    says: 'The document is in Counterpoint neither open nor in history.',
    repairs: ['retry', 'cancel', 'confirmCancelled'],
  },
  ticketVoided: {
    ...USUAL,
    title: 'Ticket voided',
    says: 'A ticket was voided in Counterpoint after the shop had invoiced it.',
    repairs: ['retry', 'acceptDifference'],
  },
  manualInvoice: {
    ...USUAL,
    title: 'Manual invoice',
    says: 'An invoice made by hand in the shop fits no release ticket.',
    severity: 'warning',
    repairs: ['retry', 'adopt'],
    adopts: 'invoice',
  },
  manualShipment: {
    ...USUAL,
    title: 'Manual shipment',
    says: 'A shipment made by hand in the shop fits no release ticket.',
    severity: 'warning',
    repairs: ['retry', 'adopt'],
    adopts: 'shipment',
  },
  statusRefused: {
    ...CONNECTION,
    title: 'Status refused',
    says: 'The shop does not give the order the status it should have.',
    deadlineHours: 48,
    severity: 'warning',
    repairs: ['retry', 'acceptDifference'],
    lookAgain: often(60, 24),
  },
  waitingForPredecessor: {
    ...USUAL,
    title: 'Waiting for predecessor',
    says: 'The order replaces one that was edited and is still open in Counterpoint.',
    severity: 'warning',
    repairs: ['retry', 'acceptDifference'],
    lookAgain: often(60),
    inShop: 'never',
  },
  changedInShop: {
    ...USUAL,
    title: 'Changed in shop',
    says: 'The order was changed in the shop after it was written to Counterpoint.',
    deadlineHours: 8,
    repairs: ['retry', 'acceptDifference'],
    inShop: 'unlessComplete',
  },
  misconfigured: {
    ...CONNECTION,
    title: 'Wrong setting',
    says: 'A setting, or the set-up of one of the two systems, is wrong.',
    deadlineHours: 4,
    lookAgain: often(10),
  },
  systemDown: {
    ...CONNECTION,
    title: 'No answer',
    says: 'One of the two systems does not answer.',
    deadlineHours: 1,
    lookAgain: often(5),
    mayRun: true,
    oneIncident: true,
  },
});

export type AttentionReason = keyof typeof ATTENTION;
export const ATTENTION_REASONS = Object.keys(ATTENTION) as readonly AttentionReason[];
