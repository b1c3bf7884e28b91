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
