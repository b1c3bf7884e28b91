import type { SandboxDatabase } from '../sandbox/counterpoint';

/** How big the store is: our open and finished orders, and the posted tickets of a year, most of them the shop floor's. */
export interface Size {
  readonly open: number;
  readonly done: number;
  readonly posted: number;
}

/** Release tickets that are saved and not posted. */
export const SAVED = 50;
const DAYS = 365;
const GUID = `'7C9E6679-7425-40DE-944B-E07FC1F90AE7'`;
/** Ranges of DOC_ID: our orders, their release tickets, the floor's tickets. */
const ORDER = 1_000_000_000;
const TICKET = 2_000_000_000;
const FLOOR = 3_000_000_000;
/** The n-th order's number, and the business day a thing of the n-th is dated by. */
const NUMBER = (n: string): string => `cast(100000000 + ${n} as varchar(12))`;
const DAY = (n: string): string =>
  `date_trunc('day', localtimestamp) - make_interval(days => (${n} % ${String(DAYS)})::int)`;
const LINE_GUID = (order: string, line: string): string =>
  `upper(lpad(to_hex(${order}), 8, '0') || '-0000-4000-8000-' || lpad(to_hex(${line}::bigint), 12, '0'))`;

/**
 * Fills the embedded PostgreSQL set-based. Only primary keys stay on Counterpoint's tables: nothing else is known of a real
 * one. Orders 1 … done are finished, the rest is open; the first open ones have a saved release ticket, every tenth of them
 * without a link.
 */
export async function fillStore(database: SandboxDatabase, { open, done, posted }: Size): Promise<void> {
  const orders = open + done;
  const statements = [
    `set session_replication_role = replica`,
    ...links(orders, done),
    ...openDocuments(orders, done),
    ...history(done, posted),
    ...seen(done),
  ];
  await database.transaction(async (tx) => {
    for (const statement of statements) await tx.query(statement);
    await tx.query('set session_replication_role = origin');
  });
  await database.query('vacuum analyze');
}

/** What the sandbox has beyond primary keys goes. */
export async function dropIndexes(database: SandboxDatabase): Promise<void> {
  const found = await database.query(
    `select indexname from pg_indexes where schemaname = 'dbo' and indexname like 'IX\\_%'`,
  );
  for (const { indexname } of found) await database.query(`drop index dbo."${String(indexname)}"`);
}

const links = (orders: number, done: number): string[] => [
  `insert into cantus.order_link (instance, order_no, entity_id, doc_id, doc_guid, ticket_no, str_id, deposit, written_at, fingerprint, effects, settled)
   select 'bench', ${NUMBER('n')}, n, ${String(ORDER)} + n, ${GUID}, ${NUMBER('n')}, 'WEB', 0, '2026-01-01T00:00:00Z', '', '', case when n > ${String(done)} then 'N' else 'Y' end
   from generate_series(1, ${String(orders)}) n`,
  `insert into cantus.line_link (instance, order_no, doc_id, lin_guid, item_id, item_no, qty)
   select 'bench', ${NUMBER('n')}, ${String(ORDER)} + n, ${LINE_GUID('n', 'i')}, i, 'S1', 1
   from generate_series(1, ${String(orders)}) n cross join generate_series(1, 2) i`,
];

function openDocuments(orders: number, done: number): string[] {
  const each = `generate_series(${String(done + 1)}, ${String(orders)}) n`;
  const saved = `generate_series(${String(done + 1)}, ${String(done + SAVED)}) n`;
  const header =
    '("DOC_ID", "DOC_GUID", "DOC_TYP", "IS_REL_TKT", "STR_ID", "STA_ID", "TKT_NO", "TKT_DT", "CUST_NO", "REF")';
  return [
    `insert into dbo."PS_DOC_HDR" ${header} select ${String(ORDER)} + n, ${GUID}, 'O', 'N', 'WEB', '1', ${NUMBER('n')}, localtimestamp, 'C1', 'web order' from ${each}`,
    `insert into dbo."PS_DOC_HDR_DOC_STAT" ("DOC_ID") select ${String(ORDER)} + n from ${each}`,
    `insert into dbo."PS_DOC_LIN" ("DOC_ID", "LIN_SEQ_NO", "STR_ID", "STA_ID", "TKT_NO", "LIN_TYP", "LIN_GUID", "ITEM_NO", "EXT_PRC", "GROSS_EXT_PRC", "CALC_EXT_PRC")
     select ${String(ORDER)} + n, i, 'WEB', '1', ${NUMBER('n')}, 'O', ${LINE_GUID('n', 'i')}::uuid, 'S1', 10, 10, 10 from ${each} cross join generate_series(1, 2) i`,
    `insert into dbo."PS_DOC_AUDIT_LOG" ("DOC_ID", "LOG_SEQ_NO", "DOC_TYP", "DOC_GUID", "CURR_DT", "CURR_STR_ID", "CURR_STA_ID", "CURR_DRW_ID", "CURR_USR_ID", "LOG_ENTRY")
     select ${String(ORDER)} + n, 1, 'O', ${GUID}, localtimestamp, 'WEB', '1', '1', 'WEB', 'Entered a new order' from ${each}`,
    `insert into dbo."PS_DOC_HDR" ${header} select ${String(TICKET)} + n, ${GUID}, 'T', 'Y', 'WEB', '1', ${NUMBER('n')} || '-01', localtimestamp, 'C1', null from ${saved}`,
    `insert into dbo."PS_DOC_HDR_ORIG_DOC" ("DOC_ID", "ORIG_DOC_ID") select ${String(TICKET)} + n, ${String(ORDER)} + n from ${saved} where n % 10 <> 0`,
  ];
}

function history(done: number, posted: number): string[] {
  const floor = posted - done;
  const ticket =
    '("BUS_DAT", "DOC_ID", "DOC_GUID", "STR_ID", "STA_ID", "TKT_NO", "TKT_TYP", "TKT_DT", "SUB_TOT", "TOT_MISC", "TAX_AMT", "NORM_TAX_AMT", "TOT", "TOT_TND", "TOT_CHNG", "TOT_HDR_DISC", "TOT_LIN_DISC")';
  const amounts = `10, 0, 1, 1, 11, 11, 0, 0, 0`;
  const ours = `generate_series(1, ${String(done)}) n`;
  return [
    `insert into dbo."PS_TKT_HIST" ${ticket} select ${DAY('n')}, ${String(TICKET)} + n, ${GUID}, 'WEB', '1', ${NUMBER('n')} || '-01', 'T', localtimestamp, ${amounts} from ${ours}`,
    `insert into dbo."PS_TKT_HIST_ORIG_DOC" ("BUS_DAT", "DOC_ID", "ORIG_DOC_ID") select ${DAY('n')}, ${String(TICKET)} + n, ${String(ORDER)} + n from ${ours}`,
    `insert into dbo."PS_TKT_HIST_LIN" ("BUS_DAT", "DOC_ID", "LIN_SEQ_NO", "STR_ID", "STA_ID", "TKT_NO", "LIN_TYP", "LIN_GUID", "ITEM_NO", "QTY_SOLD", "EXT_PRC", "GROSS_EXT_PRC")
     select ${DAY('n')}, ${String(TICKET)} + n, i, 'WEB', '1', ${NUMBER('n')} || '-01', 'S', ${GUID}, 'S1', 1, 10, 10 from ${ours} cross join generate_series(1, 2) i`,
    `insert into dbo."PS_TKT_HIST_PKG_TRK_NO" ("BUS_DAT", "DOC_ID", "PKG_TRK_NO") select ${DAY('n')}, ${String(TICKET)} + n, '1Z' || n from ${ours}`,
    `insert into dbo."PS_ORD_HIST" ("BUS_DAT", "DOC_ID", "DOC_GUID", "STR_ID", "STA_ID", "TKT_NO", "SUB_TOT", "TAX_AMT", "TOT", "TOT_TND", "TOT_CHNG")
     select ${DAY('n')}, ${String(ORDER)} + n, ${GUID}, 'WEB', '1', ${NUMBER('n')}, 10, 1, 11, 11, 0 from ${ours}`,
    `insert into dbo."PS_ORD_HIST_AUDIT_LOG" ("BUS_DAT", "DOC_ID", "LOG_SEQ_NO", "DOC_TYP", "DOC_GUID", "CURR_DT", "ACTIV") select ${DAY('n')}, ${String(ORDER)} + n, 1, 'O', ${GUID}, localtimestamp, 'N' from ${ours}`,
    `insert into dbo."PS_TKT_HIST" ${ticket} select ${DAY('n')}, ${String(FLOOR)} + n, ${GUID}, 'MAIN', '1', 'T' || n, 'T', localtimestamp, ${amounts} from generate_series(1, ${String(floor)}) n`,
    // One in twenty of the floor's tickets comes from an order or a return of its own.
    `insert into dbo."PS_TKT_HIST_ORIG_DOC" ("BUS_DAT", "DOC_ID", "ORIG_DOC_ID") select ${DAY('n')}, ${String(FLOOR)} + n, ${String(FLOOR)} - n from generate_series(20, ${String(floor)}, 20) n`,
  ];
}

/** Everything is known but the saved tickets' fate: the state of a watch that has kept up. */
const seen = (done: number): string[] => {
  const insert = 'insert into cantus.seen (instance, order_no, seen_key, seen_at, doc_id)';
  const at = `to_char(${DAY('n')}, 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
  const key = (kind: string): string => `'${kind}:' || ${String(TICKET)} + n`;
  const ours = `generate_series(1, ${String(done)}) n`;
  const saved = `generate_series(${String(done + 1)}, ${String(done + SAVED)}) n`;
  const T = `'T:' || ${String(TICKET)} + n || ':' || ${GUID} || ':' || ${NUMBER('n')} || '-01'`;
  return [
    `${insert} select 'bench', ${NUMBER('n')}, ${T}, ${at}, ${String(TICKET)} + n from generate_series(1, ${String(done + SAVED)}) n`,
    `${insert} select 'bench', ${NUMBER('n')}, ${key('P')}, ${at}, null from ${ours}`,
    `${insert} select 'bench', ${NUMBER('n')}, ${key('K')} || ':1Z' || n, ${at}, null from ${ours}`,
    `${insert} select 'bench', ${NUMBER('n')}, 'H', ${at}, null from ${ours}`,
    `insert into cantus.saved_ticket (instance, doc_id, order_no) select 'bench', ${String(TICKET)} + n, ${NUMBER('n')} from ${saved}`,
    `insert into cantus.release_ticket (instance, doc_id, order_no) select 'bench', ${String(TICKET)} + n, ${NUMBER('n')} from ${ours}`,
    `delete from cantus.numbers_read`,
    `insert into cantus.watch (instance, order_after, document_after, day_after, finished_at) select 'bench', '', 0, '', to_char(localtimestamp, 'YYYY-MM-DD"T"HH24:MI:SS.MS')`,
  ];
};
