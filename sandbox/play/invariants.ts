import { parseMarker } from '../../domain/shop/marker';
import { decimal, money, sum, type Numeric } from '../../domain/money';
import type { Books } from './books';

interface ShownItem {
  readonly sku: string;
  readonly parent_item_id?: number | null;
  readonly qty_ordered: number;
  readonly qty_shipped: number;
}

export interface Expectation {
  /** Was everything taken at sale, so that Cantus must not invoice? */
  readonly paidAtSale?: boolean;
  /** Never imported, or cancelled before: no document is expected. */
  readonly document?: boolean;
}

/** Every broken rule about one order, in words; empty when its books are in order. */
export function violations(books: Books, expected: Expectation = {}): string[] {
  const found: string[] = [];
  const claim = (holds: boolean, what: string): void => {
    if (!holds) found.push(`${books.order}: ${what}`);
  };
  const { ledger, tickets } = books;
  const total = books.shop['base_grand_total'] as Numeric;
  const live = tickets.filter((ticket) => ticket.state !== 'voided');
  claim(
    books.documents.length === (expected.document === false ? 0 : 1),
    `${String(books.documents.length)} order documents in Counterpoint`,
  );
  for (const document of books.documents) {
    claim(
      decimal(String(document['TOT'])).equals(total),
      `document total ${String(document['TOT'])} differs from the shop's ${money(total)}`,
    );
  }
  const invoices = ledger.invoices.filter((invoice) => invoice.state !== 3);
  for (const ticket of live) {
    const own = invoices.filter((invoice) =>
      invoice.comments.some((each) => parseMarker([each.comment])?.guid === ticket.guid),
    );
    claim(
      own.length === (expected.paidAtSale === true ? 0 : 1),
      `ticket ${ticket.no} has ${String(own.length)} invoices`,
    );
    const parcels = ledger.shipments.filter((shipment) =>
      shipment.comments.some((each) => parseMarker([each.comment])?.guid === ticket.guid),
    );
    claim(parcels.length <= 1, `ticket ${ticket.no} has ${String(parcels.length)} shipments`);
    const sent = parcels.flatMap((parcel) => parcel.tracks.map((track) => track.track_number));
    claim(new Set(sent).size === sent.length, `ticket ${ticket.no} has a tracking number twice`);
    claim(
      parcels.length === 0 || ticket.tracks.every((track) => sent.includes(track)),
      `ticket ${ticket.no} lacks tracking numbers in the shop`,
    );
  }
  const captured = sum(ledger.charges.map((charge) => charge.amount));
  claim(captured.lessThanOrEqualTo(total), `charged ${captured.toFixed(2)} on an order of ${money(total)}`);
  const transactions = invoices.map((invoice) => invoice.transaction_id).filter((id) => id !== undefined);
  claim(new Set(transactions).size === transactions.length, 'one charge stands behind two invoices');
  claim(
    sum(invoices.map((invoice) => invoice.base_grand_total)).lessThanOrEqualTo(decimal(total)),
    'more was invoiced than ordered',
  );
  for (const item of books.shop['items'] as readonly ShownItem[]) {
    if (item.parent_item_id !== undefined && item.parent_item_id !== null) continue;
    claim(
      decimal(item.qty_shipped).lessThanOrEqualTo(item.qty_ordered),
      `more of ${item.sku} was shipped than ordered`,
    );
  }
  return found;
}
