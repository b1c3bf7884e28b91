/** Statuses of each state, the first being its default; custom ones are assigned by the merchant (contract §3.1). */
export type StatusTable = Readonly<Record<string, readonly string[]>>;

const SEEDED: StatusTable = {
  new: ['pending'],
  pending_payment: ['pending_payment', 'pending_paypal'],
  processing: ['processing', 'fraud'],
  complete: ['complete'],
  closed: ['closed'],
  canceled: ['canceled'],
  holded: ['holded'],
  payment_review: ['payment_review', 'fraud'],
};

const CUSTOM: StatusTable = {
  new: ['in_counterpoint', 'needs_attention'],
  processing: ['in_counterpoint', 'needs_attention'],
  complete: ['needs_attention'],
  closed: ['needs_attention', 'confirmed_cancelled'],
  canceled: ['needs_attention', 'confirmed_cancelled'],
};

/** The seeded table plus the merchant's own assignments; without any, those a Cantus merchant makes. */
export const statusTable = (custom: StatusTable = CUSTOM): StatusTable =>
  Object.fromEntries(Object.entries(SEEDED).map(([state, codes]) => [state, [...codes, ...(custom[state] ?? [])]]));

export const defaultStatus = (table: StatusTable, state: string): string => table[state]?.[0] ?? state;
