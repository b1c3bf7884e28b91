import type { Columns } from '../../database/columns';
import type { Statement } from '../../database/engine';
import { sql } from '../../database/kysely';

interface Asked {
  readonly id: string;
  readonly question: string;
  /** Tables and columns (`TABLE` or `TABLE.COLUMN`) without which it cannot be asked. */
  readonly needs: readonly string[];
}
export type Question = Asked &
  (
    | { readonly select: Statement }
    | { readonly fromColumns: (columns: Columns) => readonly Readonly<Record<string, string>>[] }
  );

const ref = (name: string) => sql.ref(name);
const table = (name: string) => sql.table(`dbo.${name}`);

/** Which codes a column holds, each with how often. */
function codes(id: string, question: string, from: string, names: readonly string[]): Question {
  const columns = sql.join(names.map((name) => ref(name)));
  return {
    id,
    question,
    needs: names.map((name) => `${from}.${name}`),
    select: sql`select ${columns}, count(*) as "ROWS_FOUND" from ${table(from)} group by ${columns} order by ${columns}`,
  };
}

/** The same for a column of a document's child table, by the document's type. */
function codesByType(id: string, question: string, from: string, names: readonly string[]): Question {
  const columns = sql.join([
    sql`h.${ref('DOC_TYP')}`,
    sql`h.${ref('IS_REL_TKT')}`,
    ...names.map((name) => sql`x.${ref(name)}`),
  ]);
  return {
    id,
    question,
    needs: [...names.map((name) => `${from}.${name}`), 'PS_DOC_HDR.DOC_TYP', 'PS_DOC_HDR.IS_REL_TKT'],
    select: sql`select ${columns}, count(*) as "ROWS_FOUND" from ${table(from)} x join ${table('PS_DOC_HDR')} h on h.${ref('DOC_ID')} = x.${ref('DOC_ID')} group by ${columns} order by ${columns}`,
  };
}

const columnsOf =
  (names: readonly string[]) =>
  (columns: Columns): Record<string, string>[] =>
    names.flatMap((name) =>
      [...columns.of(`dbo.${name}`)].map(([column, { type, length, nullable, hasDefault }]) => ({
        TABLE: name,
        COLUMN: column,
        TYPE: length === null ? type : `${type}(${String(length)})`,
        NULL: nullable ? 'yes' : 'no',
        DEFAULT: hasDefault ? 'yes' : 'no',
      })),
    );

const requiredColumns =
  (names: readonly string[]) =>
  (columns: Columns): Record<string, string>[] =>
    columnsOf(names)(columns)
      .filter((column) => column['NULL'] === 'no' && column['DEFAULT'] === 'no')
      .filter((column) => columns.column(`dbo.${column['TABLE'] ?? ''}`, column['COLUMN'] ?? '')?.writable === true);

const LINKING = ['PS_DOC_HDR_ORIG_DOC', 'PS_TKT_HIST_ORIG_DOC', 'PS_DOC_PKG_TRK_NO', 'PS_TKT_HIST_PKG_TRK_NO'];

const openOrders = (sum: string) =>
  sql`select n.${ref('ITEM_NO')}, n.${ref('STK_LOC_ID')}, sum(n.${ref(sum)}) as q from ${table('PS_DOC_LIN')} n where n.${ref('LIN_TYP')} = 'O' group by n.${ref('ITEM_NO')}, n.${ref('STK_LOC_ID')}`;

/** The open points about a real Counterpoint database, most important first. */
export const QUESTIONS: readonly Question[] = [
  codesByType('docStat', 'Which DOC_STAT letters exist, after which last activity?', 'PS_DOC_HDR_DOC_STAT', [
    'DOC_STAT',
    'LST_DOC_ACTIV',
  ]),
  codesByType('activities', 'Which activities does the audit log know?', 'PS_DOC_AUDIT_LOG', ['ACTIV']),
  {
    id: 'releasedOrders',
    question: 'Do fully released orders stay in PS_DOC_HDR before posting?',
    needs: ['PS_DOC_LIN.QTY_SHIPPED', 'PS_DOC_LIN.ORIG_QTY'],
    // SQL Server groups by no subquery, so the flag is made first.
    select: sql`select s.still_open as "ORDER", count(*) as "ROWS_FOUND" from (select case when exists (select 1 from ${table('PS_DOC_LIN')} n where n.${ref('DOC_ID')} = h.${ref('DOC_ID')} and n.${ref('QTY_SHIPPED')} < n.${ref('ORIG_QTY')}) then 'something open' else 'nothing open' end as still_open
      from ${table('PS_DOC_HDR')} h where h.${ref('DOC_TYP')} = 'O') s group by s.still_open`,
  },
  {
    id: 'quantityAfterRelease',
    question: 'What does QTY_SOLD of an order line mean after a part of it was released?',
    needs: ['PS_DOC_LIN.QTY_SHIPPED', 'PS_DOC_LIN.ORIG_QTY'],
    select: sql`select sum(case when ${ref('QTY_SOLD')} = ${ref('ORIG_QTY')} then 1 else 0 end) as "WHOLE", sum(case when ${ref('QTY_SOLD')} = ${ref('ORIG_QTY')} - ${ref('QTY_SHIPPED')} then 1 else 0 end) as "REST", count(*) as "ROWS_FOUND"
      from ${table('PS_DOC_LIN')} where ${ref('LIN_TYP')} = 'O' and ${ref('QTY_SHIPPED')} > 0 and ${ref('QTY_SHIPPED')} < ${ref('ORIG_QTY')}`,
  },
  {
    id: 'linkColumns',
    question: 'Columns of the tables that link tickets to orders and hold tracking numbers',
    needs: [],
    fromColumns: columnsOf(LINKING),
  },
  {
    id: 'linkKeys',
    question: 'Keys of those tables',
    needs: [],
    select: sql`select k.TABLE_NAME as "TABLE", t.CONSTRAINT_TYPE as "KIND", k.COLUMN_NAME as "COLUMN", k.ORDINAL_POSITION as "PLACE" from INFORMATION_SCHEMA.KEY_COLUMN_USAGE k
      join INFORMATION_SCHEMA.TABLE_CONSTRAINTS t on t.CONSTRAINT_NAME = k.CONSTRAINT_NAME and t.TABLE_NAME = k.TABLE_NAME
      where k.TABLE_NAME in (${sql.join(LINKING)}) and t.CONSTRAINT_TYPE in ('PRIMARY KEY', 'UNIQUE') order by k.TABLE_NAME, k.ORDINAL_POSITION`,
  },
  {
    id: 'linkedLines',
    question: 'Do lines of release tickets name their order line (LINK_LIN_GUID)?',
    needs: ['PS_DOC_LIN.LINK_LIN_GUID', 'PS_DOC_HDR.IS_REL_TKT'],
    select: sql`select n.${ref('LIN_TYP')}, count(*) as "ROWS_FOUND", sum(case when n.${ref('LINK_LIN_GUID')} is null then 0 else 1 end) as "LINKED", sum(case when o.${ref('LIN_GUID')} is null then 0 else 1 end) as "ORDER_LINE_FOUND"
      from ${table('PS_DOC_LIN')} n join ${table('PS_DOC_HDR')} h on h.${ref('DOC_ID')} = n.${ref('DOC_ID')} left join ${table('PS_DOC_LIN')} o on o.${ref('LIN_GUID')} = n.${ref('LINK_LIN_GUID')}
      where h.${ref('IS_REL_TKT')} = 'Y' group by n.${ref('LIN_TYP')}`,
  },
  {
    id: 'taxOverridden',
    question: 'Which HAS_TAX_OVRD letter has a document with a tax override reason?',
    needs: ['PS_DOC_HDR_TOT.HAS_TAX_OVRD', 'PS_DOC_HDR.TAX_OVRD_REAS'],
    select: sql`select x.${ref('TOT_TYP')}, x.${ref('HAS_TAX_OVRD')}, case when h.${ref('TAX_OVRD_REAS')} is null then 'no' else 'yes' end as "REASON", count(*) as "ROWS_FOUND"
      from ${table('PS_DOC_HDR_TOT')} x join ${table('PS_DOC_HDR')} h on h.${ref('DOC_ID')} = x.${ref('DOC_ID')} where not exists (select 1 from cantus.order_link l where l.doc_id = h.${ref('DOC_ID')} or l.deposit_doc_id = h.${ref('DOC_ID')})
      group by x.${ref('TOT_TYP')}, x.${ref('HAS_TAX_OVRD')}, case when h.${ref('TAX_OVRD_REAS')} is null then 'no' else 'yes' end`,
  },
  codes('taxReasons', 'Which tax override reasons are in use?', 'PS_DOC_HDR', ['TAX_OVRD_REAS']),
  {
    id: 'applTyp',
    question: 'Which APPL_TYP letters do payments have, on which kind of document?',
    needs: ['PS_DOC_PMT_APPLY.APPL_TYP'],
    select: sql`select h.${ref('DOC_TYP')}, h.${ref('IS_REL_TKT')}, x.${ref('APPL_TYP')}, count(*) as "ROWS_FOUND" from ${table('PS_DOC_PMT_APPLY')} x join ${table('PS_DOC_HDR')} h on h.${ref('DOC_ID')} = x.${ref('DOC_ID')}
      where not exists (select 1 from cantus.order_link l where l.doc_id = h.${ref('DOC_ID')} or l.deposit_doc_id = h.${ref('DOC_ID')}) group by h.${ref('DOC_TYP')}, h.${ref('IS_REL_TKT')}, x.${ref('APPL_TYP')}`,
  },
  codesByType('depositCopied', 'What becomes of DEP_LIN_COPIED_TO_REL_DOC?', 'PS_DOC_PMT', [
    'DEP_LIN_COPIED_TO_REL_DOC',
  ]),
  {
    id: 'committed',
    question: 'Which stock figures follow the open order lines?',
    needs: ['IM_INV.QTY_COMMIT', 'IM_INV.QTY_ON_ORD'],
    select: sql`select count(*) as "ROWS_FOUND", sum(case when i.${ref('QTY_COMMIT')} = s.q then 1 else 0 end) as "QTY_COMMIT_EQUAL", sum(case when i.${ref('QTY_ON_ORD')} = s.q then 1 else 0 end) as "QTY_ON_ORD_EQUAL"
      from (${openOrders('QTY_SOLD')}) s join ${table('IM_INV')} i on i.${ref('ITEM_NO')} = s.${ref('ITEM_NO')} and i.${ref('LOC_ID')} = s.${ref('STK_LOC_ID')}`,
  },
  {
    id: 'orderBalance',
    question: 'Does AR_CUST.ORD_BAL follow the totals of open orders?',
    needs: ['AR_CUST.ORD_BAL'],
    select: sql`select count(*) as "ROWS_FOUND", sum(case when c.${ref('ORD_BAL')} = s.total then 1 else 0 end) as "ORD_BAL_IS_TOTAL", sum(case when c.${ref('ORD_BAL')} = s.due then 1 else 0 end) as "ORD_BAL_IS_DUE"
      from (select h.${ref('CUST_NO')}, sum(x.${ref('TOT')}) as total, sum(x.${ref('AMT_DUE')}) as due from ${table('PS_DOC_HDR')} h join ${table('PS_DOC_HDR_TOT')} x on x.${ref('DOC_ID')} = h.${ref('DOC_ID')} and x.${ref('TOT_TYP')} = 'O' where h.${ref('DOC_TYP')} = 'O' group by h.${ref('CUST_NO')}) s
      join ${table('AR_CUST')} c on c.${ref('CUST_NO')} = s.${ref('CUST_NO')}`,
  },
  {
    id: 'required',
    question: 'Columns that must be filled and have no default',
    needs: [],
    fromColumns: requiredColumns(['PS_DOC_HDR', 'PS_DOC_LIN', 'PS_DOC_PMT', 'PS_DOC_HDR_TOT']),
  },
  {
    id: 'codeTables',
    question: 'Tables of tax codes and reason codes, and columns that could say whether misc charges are taxed',
    needs: [],
    select: sql`select TABLE_NAME as "TABLE", COLUMN_NAME as "COLUMN" from INFORMATION_SCHEMA.COLUMNS where TABLE_SCHEMA = 'dbo'
      and (((TABLE_NAME like '%TAX%' or TABLE_NAME like '%REAS%') and TABLE_NAME not like 'PS!_%' escape '!' and ORDINAL_POSITION = 1) or (COLUMN_NAME like '%MISC%' and (COLUMN_NAME like '%TX%' or COLUMN_NAME like '%TAX%') and TABLE_NAME not like 'PS!_DOC!_%' escape '!')) order by TABLE_NAME, COLUMN_NAME`,
  },
  codes('drawers', 'Which letters do drawer sessions have?', 'PS_DRW_SESSION', ['STAT']),
  codes('releaseState', 'How do the stores’ order lines start?', 'PS_STR_CFG_PS', ['ORD_REL_STATE']),
  codes('discounts', 'Where are discount codes valid?', 'PS_DISC_COD', ['DISC_VAL_FOR', 'DISC_TYP', 'APPLY_TO']),
  {
    id: 'codePages',
    question: 'What can names and addresses hold?',
    needs: [],
    fromColumns: (columns) =>
      ['NAM', 'ADRS_1', 'CITY'].flatMap((name) => {
        const column = columns.column('dbo.PS_DOC_CONTACT', name);
        return column === undefined
          ? []
          : [{ COLUMN: name, CODE_PAGE: column.codePage ?? '?', LENGTH: String(column.length ?? '') }];
      }),
  },
];
