import type { DocumentDraft, DraftLine } from '../../domain/document/draft';
import type { ItemFact, ItemProblem } from '../items/choose-items';
import { chosen, grouped } from '../items/look-up-items';
import { customerKeys } from './customer/customer-keys';
import type { Context } from '../context';
import type { Columns } from '../../database/columns';
import type { Executor, Row, Statement } from '../../database/engine';
import { itemQueries, searches } from '../items/find-items';
import { guessesOf } from '../guesses';
import { sql } from '../../database/kysely';
import { plain } from '../../database/plain-value';
import { askedSince, usedWhere } from './numbers/used-numbers';
import type { Customer, DiscountCode, PayCode, ShipAddress, StoreConfiguration } from '../../database/tables';

export interface ExistingLink {
  readonly doc_id: string;
  readonly entity_id: string;
  readonly order_no: string;
  readonly ticket_no: string;
  readonly deposit_ticket_no: string | null;
}

/** Everything the database knows that a document is built from, read in one go under the lock. */
export interface Facts {
  readonly link: ExistingLink | null;
  readonly storeNo: number | null;
  readonly stationNo: number | null;
  readonly store: StoreConfiguration | null;
  readonly stationTicketNo: string | null;
  readonly session: string | null;
  readonly numberTaken: boolean;
  /** Key of the order of ours whose document has the number. */
  readonly takenBy: string | null;
  readonly items: ReadonlyMap<DraftLine, ItemFact>;
  /** Why a line has none, once for each. */
  readonly itemProblems: readonly ItemProblem[];
  readonly payCodes: ReadonlyMap<string, PayCode>;
  readonly discounts: ReadonlyMap<string, DiscountCode>;
  readonly shipViaKnown: boolean;
  /** Stored link first, then the customers with that e-mail. */
  readonly linked: Customer | null;
  readonly byEmail: readonly Customer[];
  readonly shipAddresses: readonly ShipAddress[];
  readonly nextCustomerNo: string | null;
  readonly templateCustomer: string | null;
}

const CUSTOMER = ['CUST_NO', 'CUST_TYP', 'IS_ECOMM_CUST', 'EMAIL_ADRS_1'] as const;
/** What tells one address of a customer from another, where the table has it. */
export const ADDRESS_PARTS = ['NAM', 'ADRS_1', 'ADRS_2', 'ADRS_3', 'CITY', 'STATE', 'ZIP_COD', 'CNTRY'] as const;
export const STORE_CONFIGURATION = [
  'STR_ID',
  'STK_LOC_ID',
  'PRC_LOC_ID',
  'TKT_NO_METH',
  'NXT_TKT_NO',
  'USE_ORD_NO_AS_TKT_NO',
  'ORD_REL_STATE',
  'USE_ORD',
  'RECALC_PRC_ON_ORD_EDIT',
  'USE_MISC_1',
  'USE_MISC_2',
  'USE_MISC_3',
  'USE_MISC_4',
  'USE_MISC_5',
] as const;

/** Takes the station's lock (inside a transaction) and reads all facts in one round trip. */
export async function readFacts(context: Context, draft: DocumentDraft, on: Executor): Promise<Facts> {
  const columns = await context.columns();
  const search = searches(draft, context.settings);
  const plainQueries = factQueries(context, draft, columns);
  const goods = itemQueries(context, search, draft.ids.store, columns);
  const groups = [plainQueries, goods.rules, goods.items, goods.barcodes];
  const answers = await context.engine.read(groups.flat(), on, [
    documentLock(context, draft.ids.store, draft.ids.station),
  ]);
  const [plain = [], rules = [], items = [], barcodes = []] = grouped(answers, groups);
  const found = { rules: rules.flat(), items: items.flat(), barcodes: barcodes.flat() };
  const lines = await chosen(context, search, found, on);
  return { ...plainFacts(plain), items: lines.items, itemProblems: lines.problems };
}

/** One writer at a time per station: numbers are drawn and customers made without meeting each other. */
export const documentLock = (context: Context, store: string, station: string): Statement =>
  context.engine.lock(`cantus:documents:${store}:${station}`);

/** A number may come again in another year of a shop; our own link of then, or what is kept of history, still shows it. */
export const numberUsed = (
  { engine, settings }: Context,
  { ids, ticketNo }: Pick<DocumentDraft, 'ids' | 'ticketNo'>,
): Statement =>
  usedWhere(
    engine,
    'DOC_ID',
    askedSince({ settings }, new Date().toISOString()),
    (at) => sql`${at.store} = ${ids.store} and ${at.number} = ${ticketNo}`,
  );

/** The selects behind `Facts`, in the order `factsOf` takes them. */
export function factQueries(context: Context, draft: DocumentDraft, columns: Columns): Statement[] {
  const { engine, settings } = context;
  const { db } = engine;
  const { store, station, drawer } = draft.ids;
  const codes = [draft.payment.payCode, ...draft.payment.others.map((other) => other.payCode)].filter(
    (code) => code !== null,
  );
  const discounts = draft.lines.map((line) => line.discountCode).filter((code) => code !== null);
  const one = engine.first(1);
  const linkedCustomers = db
    .selectFrom('cantus.customer_link as k')
    .where('k.instance', '=', settings.instance)
    .where('k.shop_key', 'in', atLeastOne(customerKeys(draft.customer)))
    .select('k.cust_no');
  const email = draft.customer.email ?? '';
  const sameEmail = sql<boolean>`${sql.ref('EMAIL_ADRS_1')} <> '' and ${engine.sameText(sql.ref('EMAIL_ADRS_1'), email)}`;
  return [
    db
      .selectFrom('cantus.order_link')
      .select(['doc_id', 'entity_id', 'order_no', 'ticket_no', 'deposit_ticket_no'])
      .where('instance', '=', settings.instance)
      .where((where) =>
        where.or([where('order_no', '=', draft.order), where('entity_id', '=', String(draft.entityId))]),
      ),
    db.selectFrom('dbo.PS_STR').select('STR_NO').where('STR_ID', '=', store),
    db.selectFrom('dbo.PS_STA').select('STA_NO').where('STR_ID', '=', store).where('STA_ID', '=', station),
    sql`select ${refs(STORE_CONFIGURATION)} from ${engine.lockedTable('dbo.PS_STR_CFG_PS')} where ${sql.ref('STR_ID')} = ${store}${engine.forUpdate}`,
    sql`select ${sql.ref('NXT_TKT_NO')} from ${engine.lockedTable('dbo.PS_STA_CFG_PS')} where ${sql.ref('STR_ID')} = ${store} and ${sql.ref('STA_ID')} = ${station}${engine.forUpdate}`,
    sql`select ${one.front}${sql.ref('DRW_SESSION_ID')} from ${sql.table('dbo.PS_DRW_SESSION')} where ${sql.ref('STR_ID')} = ${store} and ${sql.ref('DRW_ID')} = ${drawer} and ${sql.ref('STAT')} = ${guessesOf(settings.counterpoint).openSession} order by ${sql.ref('DRW_SESSION_ID')} desc${one.end}`,
    numberUsed(context, draft),
    db
      .selectFrom('dbo.SY_PAY_COD')
      .select(['PAY_COD', 'PAY_TYP', 'DESCR', 'CURNCY_COD', 'EDC_AUTH_FLG', 'ALLOW_FOR_ORDS'])
      .where('PAY_COD', 'in', atLeastOne(codes)),
    db
      .selectFrom('dbo.PS_DISC_COD')
      .select(['DISC_ID', 'DISC_COD', 'DISC_TYP', 'APPLY_TO', 'DISC_VAL_FOR'])
      .where('DISC_COD', 'in', atLeastOne([...new Set(discounts)])),
    db
      .selectFrom('dbo.SY_SHIP_VIA_COD')
      .select('SHIP_VIA_COD')
      .where('SHIP_VIA_COD', '=', draft.shipVia ?? ''),
    db.selectFrom('dbo.AR_CUST').select(CUSTOMER).where('CUST_NO', 'in', linkedCustomers),
    db.selectFrom('dbo.AR_CUST').select(CUSTOMER).where(sameEmail),
    db
      .selectFrom('dbo.AR_SHIP_ADRS')
      .select(['CUST_NO', 'SHIP_ADRS_ID', ...addressParts(columns)])
      .where((where) =>
        where.or([
          where('CUST_NO', 'in', linkedCustomers),
          where('CUST_NO', 'in', db.selectFrom('dbo.AR_CUST').select('CUST_NO').where(sameEmail)),
        ]),
      ),
    sql`select order_no as ${sql.ref('order_no')} from cantus.order_link where instance = ${settings.instance} and str_id = ${store} and ticket_no = ${draft.ticketNo}`,
    sql`select ${refs(['NXT_CUST_NO', 'TMPLT_CUST_NO'])} from ${engine.lockedTable('dbo.SY_WRKGRP')} where ${sql.ref('WRKGRP_ID')} = ${settings.counterpoint.workgroup}${engine.forUpdate}`,
  ];
}

const addressParts = (columns: Columns): (typeof ADDRESS_PARTS)[number][] =>
  ADDRESS_PARTS.filter((name) => columns.column('dbo.AR_SHIP_ADRS', name) !== undefined);

const refs = (names: readonly string[]) => sql.join(names.map((name) => sql.ref(name)));
/** `in ()` is no SQL; an empty text matches no code. */
const atLeastOne = (values: readonly string[]): string[] => (values.length === 0 ? [''] : [...values]);

function plainFacts(rows: readonly Row[][]): Omit<Facts, 'items' | 'itemProblems'> {
  const [
    link,
    str,
    sta,
    store,
    station,
    session,
    taken,
    payCodes,
    discounts,
    shipVia,
    linked,
    byEmail,
    addresses,
    takenBy,
    workgroup,
  ] = rows;
  return {
    link: first<ExistingLink>(link),
    storeNo: numberOf(str, 'STR_NO'),
    stationNo: numberOf(sta, 'STA_NO'),
    store: first<StoreConfiguration>(store),
    stationTicketNo: textOf(station, 'NXT_TKT_NO'),
    session: textOf(session, 'DRW_SESSION_ID'),
    numberTaken: (taken ?? []).length > 0,
    takenBy: textOf(takenBy, 'order_no'),
    payCodes: new Map(all<PayCode>(payCodes).map((row) => [row.PAY_COD, row])),
    discounts: new Map(all<DiscountCode>(discounts).map((row) => [row.DISC_COD, row])),
    shipViaKnown: (shipVia ?? []).length > 0,
    linked: first<Customer>(linked),
    byEmail: all<Customer>(byEmail),
    shipAddresses: all<ShipAddress>(addresses),
    nextCustomerNo: textOf(workgroup, 'NXT_CUST_NO'),
    templateCustomer: textOf(workgroup, 'TMPLT_CUST_NO'),
  };
}

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the select above names the columns of T
const all = <T>(rows: readonly Row[] | undefined): readonly T[] => (rows ?? []) as unknown as readonly T[];
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- likewise
const first = <T>(rows: readonly Row[] | undefined): T | null => all<T>(rows)[0] ?? null;
const textOf = (rows: readonly Row[] | undefined, column: string): string | null => {
  const value = rows?.[0]?.[column];
  return value === undefined || value === null ? null : plain(value);
};
const numberOf = (rows: readonly Row[] | undefined, column: string): number | null => {
  const text = textOf(rows, column);
  return text === null ? null : Number(text);
};
