import { CantusError } from '../../domain/errors';
import { decimal, money } from '../../domain/money';
import type { Columns } from '../../database/columns';
import type { Context } from '../context';
import { customerEffect, inventoryStatements, type HeldGoods } from './stock-and-balance';
import { cell, type Executor, type Row, type Statement } from '../../database/engine';
import { removeFigures } from '../../notebook/figures';
import { documentIds, readLinks, type Link } from '../../notebook/links';
import { sql } from '../../database/kysely';
import { inStockingUnits } from '../items/selling-unit';
import { fingerprintOf, snapshotOfAnswers, snapshotQueries } from '../observe/snapshot';
import { removeWritten } from '../../notebook/written';

/** Children first: the database's foreign keys have no cascade. */
const TABLES = [
  'PS_DOC_AUDIT_LOG_TOT',
  'PS_DOC_AUDIT_LOG',
  'PS_DOC_HDR_PROF',
  'PS_DOC_NOTE',
  'PS_DOC_PKG_TRK_NO',
  'PS_DOC_PMT_APPLY',
  'PS_DOC_PMT',
  'PS_DOC_TAX',
  'PS_DOC_DISC',
  'PS_DOC_LIN_CELL',
  'PS_DOC_LIN_PRICE',
  'PS_DOC_LIN',
  'PS_DOC_CONTACT',
  'PS_DOC_HDR_ORIG_DOC',
  'PS_DOC_HDR_MISC_CHRG',
  'PS_DOC_HDR_TOT',
  'PS_DOC_HDR_DOC_STAT',
  'PS_DOC_HDR',
];

/**
 * Removes an order document that is still exactly as it was written, with its deposit ticket, and takes back what it did
 * to stock and customer. The order's link stays: the order is never imported a second time.
 * @returns false, and nothing is done, when anything of it was touched, released, posted or is gone already.
 */
export async function removeUntouched(context: Context, order: string): Promise<boolean> {
  const columns = await context.columns();
  const found = await readLinks(context, order);
  if (found === null) return false;
  const { link } = found;
  try {
    return await context.engine.transaction(order, async (on) => {
      const removed = await remove(context, link, columns, on);
      if (removed)
        await context.engine.write(
          [removeFigures(context.settings.instance, order), ...removeWritten(context.settings.instance, order)],
          on,
        );
      return removed;
    });
  } catch (error) {
    // A row of somebody else's points at it: then it is not untouched.
    if (error instanceof CantusError && error.code === 'constraint') return false;
    throw error;
  }
}

async function remove(context: Context, link: Link, columns: Columns, on: Executor): Promise<boolean> {
  const { engine } = context;
  const ids = documentIds(link);
  const snapshot = snapshotQueries(ids, columns);
  const inDocs = sql`${sql.ref('DOC_ID')} in (${sql.join(ids)})`;
  const lock = sql`select ${sql.ref('DOC_ID')} from ${engine.lockedTable('dbo.PS_DOC_HDR')} where ${inDocs}${engine.forUpdate}`;
  const answers = await engine.read([lock, ...snapshot, linkedTickets(link), goodsQuery(link), totalQuery(link)], on);
  const [tickets = [], goods = [], totals = []] = answers.slice(1 + snapshot.length);
  const written = fingerprintOf(snapshotOfAnswers(answers.slice(1, 1 + snapshot.length), columns));
  if (written !== link.fingerprint || tickets.length > 0) return false;
  const deletions = TABLES.filter((table) => columns.has(`dbo.${table}`)).map(
    (table) => sql`delete from ${sql.table(`dbo.${table}`)} where ${inDocs}`,
  );
  await engine.write([...deletions, ...undo(link, goods, totals)], on);
  return true;
}

/** Any other document that points at the order, or bears a release ticket's name. */
function linkedTickets(link: Link): Statement {
  const id = sql.ref('DOC_ID');
  const others = sql`${id} <> ${link.deposit_doc_id ?? '0'}`;
  return sql`select ${id} from ${sql.table('dbo.PS_DOC_HDR_ORIG_DOC')} where ${sql.ref('ORIG_DOC_ID')} = ${link.doc_id} and ${others}
    union all select ${id} from ${sql.table('dbo.PS_TKT_HIST_ORIG_DOC')} where ${sql.ref('ORIG_DOC_ID')} = ${link.doc_id}`;
}

const goodsQuery = (link: Link): Statement =>
  sql`select n.${sql.ref('ITEM_NO')}, n.${sql.ref('STK_LOC_ID')}, n.${sql.ref('QTY_SOLD')}, n.${sql.ref('QTY_NUMER')}, n.${sql.ref('QTY_DENOM')}, c.${sql.ref('DIM_1_UPR')}, c.${sql.ref('DIM_2_UPR')}, c.${sql.ref('DIM_3_UPR')} from ${sql.table('dbo.PS_DOC_LIN')} n
    left join ${sql.table('dbo.PS_DOC_LIN_CELL')} c on c.${sql.ref('DOC_ID')} = n.${sql.ref('DOC_ID')} and c.${sql.ref('LIN_SEQ_NO')} = n.${sql.ref('LIN_SEQ_NO')} where n.${sql.ref('DOC_ID')} = ${link.doc_id}`;

const totalQuery = (link: Link): Statement =>
  sql`select ${sql.ref('TOT')} from ${sql.table('dbo.PS_DOC_HDR_TOT')} where ${sql.ref('DOC_ID')} = ${link.doc_id} and ${sql.ref('TOT_TYP')} = 'O'`;

function undo(link: Link, goods: readonly Row[], totals: readonly Row[]): Statement[] {
  const statements: Statement[] = [];
  if (link.effects.includes('I')) statements.push(...inventoryStatements(goods.map(givenBack)));
  if (link.effects.includes('C') && link.cust_no !== null) {
    const total = decimal(totals[0] === undefined ? 0 : cell(totals[0], 'TOT'));
    statements.push(customerEffect(link.cust_no, -1, money(total.negated())));
  }
  return statements;
}

function givenBack(row: Row): HeldGoods {
  const text = (name: string): string => cell(row, name);
  const dimensions =
    row['DIM_1_UPR'] === null
      ? null
      : { DIM_1_UPR: text('DIM_1_UPR'), DIM_2_UPR: text('DIM_2_UPR'), DIM_3_UPR: text('DIM_3_UPR') };
  return {
    itemNo: text('ITEM_NO'),
    location: text('STK_LOC_ID'),
    quantity: inStockingUnits(text('QTY_SOLD'), { numer: text('QTY_NUMER'), denom: text('QTY_DENOM') })
      .negated()
      .toFixed(4),
    cell: dimensions,
  };
}
