/** Where nobody has seen yet what Counterpoint does, the clerk can do either. */
export interface ClerkHabits {
  /** When a fully released (or cancelled) order leaves PS_DOC_HDR. */
  readonly orderLeaves: 'atRelease' | 'atPosting';
  /** What QTY_SOLD of an order line means after a part of it was released. */
  readonly quantityAfterRelease: 'whole' | 'rest';
  /** Release lines name their order line's LIN_GUID. */
  readonly linksLines: boolean;
  /** Release tickets carry a link row to their order. */
  readonly linksTickets: boolean;
  /** A voided ticket's rows stay (marked), or disappear. */
  readonly voidKeepsRows: boolean;
  /** Shows the rest of an order as lines of type U on a release ticket. */
  readonly showsUnshipped: boolean;
}
