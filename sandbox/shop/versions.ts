export const SHOP_VERSIONS = ['2.4.5', '2.4.6', '2.4.7', '2.4.8'] as const;
export type ShopVersion = (typeof SHOP_VERSIONS)[number];

const atLeast = (version: ShopVersion, wanted: ShopVersion): boolean =>
  SHOP_VERSIONS.indexOf(version) >= SHOP_VERSIONS.indexOf(wanted);

/** What differs between releases (contract §3.2, §3.3, §3.5, §4.1, §5). */
export interface Behaviour {
  readonly version: ShopVersion;
  /** Comments with a status: anything goes, no change at all, or statuses of the current state. */
  readonly commentRule: 'legacy' | 'unchanged' | 'ofState';
  /** Bundles make an order complete too early. */
  readonly prematureComplete: boolean;
  /** An open invoice with money due keeps the order from being completed or closed. */
  readonly openInvoiceKeepsOrder: boolean;
  readonly reorderLinks: boolean;
  readonly cancelLocks: boolean;
  readonly refundLocks: boolean;
  readonly itemizedTaxes: boolean;
  /** What an item's row total is of, before its discount is taken off (contract §4.1): the row, or by 2.4.8 one piece. */
  readonly rowTotals: 'row' | 'piece';
  /** A setting of the shop's sales pages; from 2.4.8 on it reaches into the row totals of REST. */
  readonly showsTax: boolean;
}

export const behaviourOf = (version: ShopVersion, { showsTax = false }: { showsTax?: boolean } = {}): Behaviour => ({
  version,
  commentRule: version === '2.4.7' ? 'unchanged' : atLeast(version, '2.4.8') ? 'ofState' : 'legacy',
  prematureComplete: version === '2.4.6' || version === '2.4.7',
  openInvoiceKeepsOrder: atLeast(version, '2.4.8'),
  reorderLinks: atLeast(version, '2.4.7'),
  cancelLocks: atLeast(version, '2.4.7'),
  refundLocks: atLeast(version, '2.4.8'),
  itemizedTaxes: atLeast(version, '2.4.7'),
  rowTotals: atLeast(version, '2.4.8') ? 'piece' : 'row',
  showsTax: showsTax && atLeast(version, '2.4.8'),
});
