import { decimal, quantity } from '../../domain/money';
import type { Row, SandboxDatabase } from '../counterpoint/database';
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
  readonly state: 'saved' | 'posted' | 'voided';
  readonly tracks: readonly string[];
}

export async function readBooks(shop: SandboxShop, database: SandboxDatabase, order: string): Promise<Books> {
  const documents = await readDocuments(database, order);
  return {
    order,
    shop: shop.order(order),
    ledger: shop.ledger(order),
    documents,
    tickets: await readTickets(database, documents),
  };
}

async function readDocuments(database: SandboxDatabase, order: string): Promise<Row[]> {
  const open = await database.query(
    `SELECT h."DOC_ID", t."TOT" FROM dbo."PS_DOC_HDR" h LEFT JOIN dbo."PS_DOC_HDR_TOT" t ON t."DOC_ID" = h."DOC_ID" AND t."TOT_TYP" = 'O' WHERE h."TKT_NO" = ? AND h."DOC_TYP" = 'O'`,
    [order],
  );
  const closed = await database.query(`SELECT "DOC_ID", "TOT" FROM dbo."PS_ORD_HIST" WHERE "TKT_NO" = ?`, [order]);
  return [...open, ...closed];
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
      const isPosted = posted.includes(ticket);
      const id = ticket['DOC_ID'] ?? null;
      const voids = await database.query(
        `SELECT 1 AS "ONE" FROM dbo."PS_DOC_AUDIT_LOG" WHERE "DOC_ID" = ? AND "DOC_TYP" = 'V'`,
        [id],
      );
      const tracks = [
        ...(await database.query(`SELECT "PKG_TRK_NO" FROM dbo."PS_DOC_PKG_TRK_NO" WHERE "DOC_ID" = ?`, [id])),
        ...(await database.query(`SELECT "PKG_TRK_NO" FROM dbo."PS_TKT_HIST_PKG_TRK_NO" WHERE "DOC_ID" = ?`, [id])),
      ];
      tickets.push({
        no: String(ticket['TKT_NO']),
        guid: String(ticket['DOC_GUID']).toUpperCase(),
        state: isPosted ? 'posted' : voids.length > 0 || (ticket['VOID_USR_ID'] ?? null) !== null ? 'voided' : 'saved',
        tracks: tracks.map((row) => String(row['PKG_TRK_NO'])),
      });
    }
  }
  return tickets;
}

/** What the store still has to release of an order, by line. */
export const readOpenLines = async (
  database: SandboxDatabase,
  order: string,
): Promise<{ line: number; itemNo: string; open: string }[]> => {
  const rows = await database.query(
    `SELECT l."LIN_SEQ_NO", l."ITEM_NO", l."ORIG_QTY", l."QTY_SHIPPED" FROM dbo."PS_DOC_LIN" l JOIN dbo."PS_DOC_HDR" h ON h."DOC_ID" = l."DOC_ID" WHERE h."TKT_NO" = ? AND h."DOC_TYP" = 'O' ORDER BY l."LIN_SEQ_NO"`,
    [order],
  );
  return rows
    .map((row) => ({
      line: Number(row['LIN_SEQ_NO']),
      itemNo: String(row['ITEM_NO']),
      open: quantity(decimal(String(row['ORIG_QTY'])).minus(String(row['QTY_SHIPPED'] ?? 0))),
    }))
    .filter((line) => decimal(line.open).greaterThan(0));
};

/** An order's release tickets, whether or not they are posted. */
export async function readOrderTickets(database: SandboxDatabase, order: string): Promise<TicketBook[]> {
  return await readTickets(database, await readDocuments(database, order));
}
