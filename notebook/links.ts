import type { NotebookContext } from './context';

/** Our own record of an order's document. */
export interface Link {
  readonly doc_id: string;
  readonly doc_guid: string;
  readonly ticket_no: string;
  readonly str_id: string;
  readonly deposit_doc_id: string | null;
  readonly deposit: string | number;
  readonly cust_no: string | null;
  readonly fingerprint: string;
  readonly effects: string;
  /** UTC. */
  readonly written_at: string;
}
/** `item_id` of a line that is no row of the shop's order but a total of it (`totals`): released, it is nothing to invoice. */
export const CHARGE_LINE = -1;

export interface LineLink {
  readonly lin_guid: string;
  readonly item_id: string;
  readonly item_no: string;
  readonly qty: string | number;
  /** The unit it counts in: quantity × numer ÷ denom is the quantity in stocking units. */
  readonly numer: string | number;
  readonly denom: string | number;
  /** What the shop counted of the same goods; null: an order written before that was kept, or no row of the shop's. */
  readonly shop_qty: string | number | null;
}

/** The lines that are rows of the shop's order. */
export const shopLines = (lines: readonly LineLink[]): readonly LineLink[] =>
  lines.filter((line) => Number(line.item_id) !== CHARGE_LINE);

export async function readLinks(
  context: NotebookContext,
  order: string,
): Promise<{ readonly link: Link; readonly lines: readonly LineLink[] } | null> {
  const { db } = context.engine;
  const { instance } = context.settings;
  const [links = [], lines = []] = await context.engine.read([
    db
      .selectFrom('cantus.order_link')
      .select([
        'doc_id',
        'doc_guid',
        'ticket_no',
        'str_id',
        'deposit_doc_id',
        'deposit',
        'cust_no',
        'fingerprint',
        'effects',
        'written_at',
      ])
      .where('instance', '=', instance)
      .where('order_no', '=', order),
    db
      .selectFrom('cantus.line_link as l')
      .leftJoin('cantus.row_written as w', (on) =>
        on
          .onRef('w.instance', '=', 'l.instance')
          .onRef('w.order_no', '=', 'l.order_no')
          .onRef('w.item_id', '=', 'l.item_id'),
      )
      .select(['l.lin_guid', 'l.item_id', 'l.item_no', 'l.qty', 'l.numer', 'l.denom', 'w.qty as shop_qty'])
      .where('l.instance', '=', instance)
      .where('l.order_no', '=', order)
      .orderBy('l.item_id'),
  ]);
  const [link] = links as unknown as Link[];
  return link === undefined ? null : { link, lines: lines as unknown as LineLink[] };
}

/** The order and its deposit ticket. */
export const documentIds = (link: Link): string[] =>
  [link.doc_id, ...(link.deposit_doc_id === null ? [] : [link.deposit_doc_id])].map(String);
