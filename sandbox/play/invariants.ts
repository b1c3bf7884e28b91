import { parseMarker } from '../../domain/marker';
import { decimal, money, sum, type Numeric } from '../../domain/money';
import type { Row, SandboxDatabase } from '../counterpoint';
import type { SandboxShop } from '../shop';

/** The two systems' own books on one order; nothing here comes from a workflow. */
export interface Books {
  readonly order: string;
  readonly shop: ReturnType<SandboxShop['order']>;
  readonly ledger: ReturnType<SandboxShop['ledger']>;
  /** Order documents with this number, open and in history. */
  readonly documents: readonly Row[];
  readonly tickets: readonly TicketBook[];
}

export interface TicketBook {
  readonly no: string;
  readonly guid: string;
  readonly voided: boolean;
  readonly tracks: readonly string[];
}

export async function readBooks(shop: SandboxShop, database: SandboxDatabase, order: string): Promise<Books> {
  const open = await database.query(`SELECT h."DOC_ID", t."TOT", t."TOT_TND" FROM dbo."PS_DOC_HDR" h LEFT JOIN dbo."PS_DOC_HDR_TOT" t ON t."DOC_ID" = h."DOC_ID" AND t."TOT_TYP" = 'O' WHERE h."TKT_NO" = ? AND h."DOC_TYP" = 'O'`, [order]);
  const closed = await database.query(`SELECT "DOC_ID", "TOT", "TOT_TND" FROM dbo."PS_ORD_HIST" WHERE "TKT_NO" = ?`, [order]);
  return { order, shop: shop.order(order), ledger: shop.ledger(order), documents: [...open, ...closed], tickets: await readTickets(database, [...open, ...closed]) };
}

async function readTickets(database: SandboxDatabase, documents: readonly Row[]): Promise<TicketBook[]> {
  const tickets: TicketBook[] = [];
  for (const { DOC_ID: docId } of documents) {
    const saved = await database.query(
      `SELECT h."DOC_ID", h."DOC_GUID", h."TKT_NO", h."VOID_USR_ID" FROM dbo."PS_DOC_HDR" h JOIN dbo."PS_DOC_HDR_ORIG_DOC" o ON o."DOC_ID" = h."DOC_ID" WHERE o."ORIG_DOC_ID" = ? AND h."IS_REL_TKT" = 'Y'`,
      [docId ?? null],
    );
    const posted = await database.query(
      `SELECT h."DOC_ID", h."DOC_GUID", h."TKT_NO" FROM dbo."PS_TKT_HIST" h JOIN dbo."PS_TKT_HIST_ORIG_DOC" o ON o."DOC_ID" = h."DOC_ID" WHERE o."ORIG_DOC_ID" = ? AND EXISTS (SELECT 1 FROM dbo."PS_TKT_HIST_LIN" l WHERE l."DOC_ID" = h."DOC_ID" AND l."LIN_TYP" = 'S')`,
      [docId ?? null],
    );
    for (const ticket of [...saved, ...posted]) {
      const id = ticket['DOC_ID'] ?? null;
      const voids = await database.query(`SELECT 1 AS "ONE" FROM dbo."PS_DOC_AUDIT_LOG" WHERE "DOC_ID" = ? AND "DOC_TYP" = 'V'`, [id]);
      const tracks = [
        ...(await database.query(`SELECT "PKG_TRK_NO" FROM dbo."PS_DOC_PKG_TRK_NO" WHERE "DOC_ID" = ?`, [id])),
        ...(await database.query(`SELECT "PKG_TRK_NO" FROM dbo."PS_TKT_HIST_PKG_TRK_NO" WHERE "DOC_ID" = ?`, [id])),
      ];
      tickets.push({
        no: String(ticket['TKT_NO']),
        guid: String(ticket['DOC_GUID']).toUpperCase(),
        voided: voids.length > 0 || (ticket['VOID_USR_ID'] ?? null) !== null,
        tracks: tracks.map((row) => String(row['PKG_TRK_NO'])),
      });
    }
  }
  return tickets;
}

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
  const live = tickets.filter((ticket) => !ticket.voided);
  claim(books.documents.length === (expected.document === false ? 0 : 1), `${String(books.documents.length)} order documents in Counterpoint`);
  for (const document of books.documents) {
    claim(decimal(String(document['TOT'])).equals(total), `document total ${String(document['TOT'])} differs from the shop's ${money(total)}`);
  }
  const invoices = ledger.invoices.filter((invoice) => invoice.state !== 3);
  for (const ticket of live) {
    const own = invoices.filter((invoice) => invoice.comments.some((each) => parseMarker([String(each.comment)])?.guid === ticket.guid));
    claim(own.length === (expected.paidAtSale === true ? 0 : 1), `ticket ${ticket.no} has ${String(own.length)} invoices`);
    const parcels = ledger.shipments.filter((shipment) => shipment.comments.some((each) => parseMarker([String(each.comment)])?.guid === ticket.guid));
    claim(parcels.length <= 1, `ticket ${ticket.no} has ${String(parcels.length)} shipments`);
    const sent = parcels.flatMap((parcel) => parcel.tracks.map((track) => track.track_number));
    claim(new Set(sent).size === sent.length, `ticket ${ticket.no} has a tracking number twice`);
    claim(parcels.length === 0 || ticket.tracks.every((track) => sent.includes(track)), `ticket ${ticket.no} lacks tracking numbers in the shop`);
  }
  const captured = sum(ledger.charges.map((charge) => charge.amount));
  claim(captured.lessThanOrEqualTo(total), `charged ${captured.toFixed(2)} on an order of ${money(total)}`);
  const transactions = invoices.map((invoice) => invoice.transaction_id).filter((id) => id !== undefined);
  claim(new Set(transactions).size === transactions.length, 'one charge stands behind two invoices');
  claim(sum(invoices.map((invoice) => invoice.base_grand_total)).lessThanOrEqualTo(decimal(total)), 'more was invoiced than ordered');
  for (const item of books.shop['items'] as readonly ShownItem[]) {
    if (item.parent_item_id !== undefined && item.parent_item_id !== null) continue;
    claim(decimal(item.qty_shipped).lessThanOrEqualTo(item.qty_ordered), `more of ${item.sku} was shipped than ordered`);
  }
  return found;
}
