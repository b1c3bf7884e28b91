/**
 * The search attributes of an order's workflow, by name and kind (design: contracts that must not drift).
 * Plain data, so that workflows, the set-up command and the sandbox share one list without sharing a library.
 */
export const SEARCH_ATTRIBUTES = {
  CantusInstance: 'KEYWORD',
  CantusState: 'KEYWORD',
  CantusAttention: 'KEYWORD',
  CantusOrder: 'KEYWORD',
  CantusTicket: 'KEYWORD',
  CantusStore: 'KEYWORD',
  CantusTotal: 'DOUBLE',
} as const;

export type SearchAttributeName = keyof typeof SEARCH_ATTRIBUTES;
export type SearchAttributeKind = 'KEYWORD' | 'DOUBLE';
