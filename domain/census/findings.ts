import type { Owner } from '../order/attention';

/** Why the census names an order. Codes others script against: added, never renamed. */
export const FINDINGS = {
  notImported: {
    owner: 'agency',
    heals: 'start',
    what: 'passes the import filter, but was never imported',
    remedy: 'It is imported by `cantus import`; find out why the scheduled import missed it.',
  },
  workflowMissing: {
    owner: 'agency',
    heals: 'start',
    what: 'has its document in Counterpoint, but nobody follows it',
    remedy: 'Its workflow is started again by `cantus census`; find out who deleted it.',
  },
  asleep: {
    owner: 'agency',
    heals: 'wake',
    what: 'changed without its workflow having looked',
    remedy: 'It is woken by `cantus census`; find out whether the watches run.',
  },
  workflowEnded: {
    owner: 'agency',
    heals: null,
    what: 'is not finished, but its workflow was terminated or failed',
    remedy:
      'A closed workflow never runs twice. Compare both sides, delete the ended workflow in Temporal, and run `cantus census` again: it takes the order up where it stands.',
  },
  markedOnly: {
    owner: 'agency',
    heals: null,
    what: 'carries a status of Cantus in the shop, but has neither a document nor a workflow',
    remedy: 'Set it back to a status that is imported, or enter it by hand.',
  },
  completing: {
    owner: 'merchant',
    heals: null,
    what: 'was finished in the shop without ever having been imported',
    remedy: 'Enter it in Counterpoint by hand if its goods left the store.',
  },
  parked: {
    owner: 'agency',
    heals: null,
    what: 'cannot be read from the shop',
    remedy: 'Correct the record in the shop; every import tries it again.',
  },
  documentGone: {
    owner: 'merchant',
    heals: 'wake',
    what: 'was in Counterpoint, but its document is no longer there',
    remedy: 'Find out who removed it; then cancel the order in the shop or confirm that it is settled.',
  },
  notInShop: {
    owner: 'agency',
    heals: null,
    what: 'is not among the shop’s orders any more',
    remedy: 'Check that magento.baseUrl names the right shop, and whether the order was deleted there.',
  },
  manualInvoice: {
    owner: 'merchant',
    heals: 'wake',
    what: 'has an invoice made by hand in the shop that stands for no release ticket',
    remedy: 'Release the same goods in Counterpoint, or adopt the invoice with `cantus orders repair`.',
  },
  releasedAfterEnd: {
    owner: 'merchant',
    heals: null,
    what: 'has a release ticket in Counterpoint that the shop does not invoice any more, because the order has ended',
    remedy: 'Void the ticket, or invoice and ship it in the shop by hand.',
  },
  documentDiffers: {
    owner: 'maintainer',
    heals: null,
    what: 'has a document whose total is not the shop’s',
    remedy: 'Compare the document with the shop’s order line by line before it is released.',
  },
  overInvoiced: {
    owner: 'merchant',
    heals: null,
    what: 'was invoiced for more than it is worth',
    remedy: 'Compare the invoices with the payment provider, and refund what is too much.',
  },
  openAtEnd: {
    owner: 'merchant',
    heals: null,
    what: 'has ended while the shop still shows an open amount',
    remedy: 'Cancel or invoice the rest in the shop.',
  },
  capturesDiffer: {
    owner: 'merchant',
    heals: null,
    what: 'was charged another amount than its release tickets come to',
    remedy: 'Compare the tickets with the payment provider, and collect or refund the difference.',
  },
} as const satisfies Record<string, FindingRule>;

export interface FindingRule {
  readonly owner: Owner;
  /** What the census itself can do about it. */
  readonly heals: 'start' | 'wake' | null;
  readonly what: string;
  readonly remedy: string;
}

export type FindingCode = keyof typeof FINDINGS;

export const ruleOf = (code: FindingCode): FindingRule => FINDINGS[code];
