/** What people were told of an order after its end, once (P-16). */
export interface LateNews {
  readonly order: string;
  readonly code: 'changedAfterEnd' | 'releasedAfterEnd' | 'refundedInShop' | 'returnedInCounterpoint';
  /** ISO instant. */
  readonly at: string;
}

export function codesByOrder(news: readonly LateNews[]): Map<string, Set<string>> {
  const codes = new Map<string, Set<string>>();
  for (const { order, code } of news) codes.set(order, (codes.get(order) ?? new Set()).add(code));
  return codes;
}
