import type { DocumentDraft, DraftContact } from '../../../domain/document/draft';
import { lengthOf, tidy, toCodePage, upperTwin } from '../../../domain/text/fitting';
import { USUAL_CODE_PAGE, type Columns } from '../../../database/columns';
import { contactColumns } from '../rows/contacts';
import type { Moment } from '../../context';
import type { Settings } from '../../../domain/settings';
import { customerKeys } from './customer-keys';
import type { Statement } from '../../../database/engine';
import { ADDRESS_PARTS, type Facts } from '../read-facts';
import { sql } from '../../../database/kysely';
import type { CellValue, TableRow } from '../../../database/row-batch';
import type { ShipAddress } from '../../../database/tables';

/** Copies the template customer's row, every column of it, and overwrites what belongs to this shopper. */
export function createCustomer(input: {
  readonly custNo: string;
  readonly template: string;
  readonly draft: DocumentDraft;
  readonly settings: Settings;
  readonly moment: Moment;
  readonly columns: Columns;
}): Statement {
  const { custNo, template, draft, settings, moment, columns } = input;
  const own: TableRow = {
    ...customerColumns(draft.billing),
    CUST_NO: custNo,
    CUST_NAM_TYP: draft.billing.kind === 'business' ? 'B' : 'P',
    EMAIL_ADRS_1: draft.customer.email,
    EMAIL_ADRS_2: null,
    STR_ID: draft.ids.store,
    IS_ECOMM_CUST: 'Y',
    // Figures and balances of the template are not the shopper's.
    BAL: '0',
    UNPSTD_BAL: '0',
    ORD_BAL: '0',
    NO_OF_ORDS: 0,
    LWY_BAL: '0',
    NO_OF_LWYS: 0,
    LOY_PTS_BAL: 0,
    TOT_LOY_PTS_EARND: 0,
    TOT_LOY_PTS_RDM: 0,
    TOT_LOY_PTS_ADJ: 0,
    LST_MAINT_DT: moment.wall,
    LST_MAINT_USR_ID: settings.counterpoint.user,
    RS_UTC_DT: moment.utc.slice(0, 19),
  };
  const table = columns.of('dbo.AR_CUST');
  const names = [...table].filter(([, column]) => column.writable).map(([name]) => name);
  const values = names.map((name) =>
    Object.hasOwn(own, name)
      ? typed(columns, 'AR_CUST', name, fitted(columns, 'AR_CUST', name, own[name] ?? null))
      : sql.ref(name),
  );
  return sql`insert into ${sql.table('dbo.AR_CUST')} (${sql.join(names.map((name) => sql.ref(name)))}) select ${sql.join(values)} from ${sql.table('dbo.AR_CUST')} where ${sql.ref('CUST_NO')} = ${template}`;
}

/** C5-86: the switches of what an order may change at a customer that is not of A/R type. */
export function addressStatements(input: {
  readonly custNo: string;
  readonly isNew: boolean;
  readonly draft: DocumentDraft;
  readonly facts: Facts;
  readonly settings: Settings;
  readonly moment: Moment;
  readonly columns: Columns;
}): { readonly statements: readonly Statement[]; readonly shipAddressId: string | null } {
  const { custNo, isNew, draft, facts, settings, moment, columns } = input;
  const { updateBilling, updateShipping, addShippingAddress } = settings.counterpoint.customers;
  const stamp: TableRow = { LST_MAINT_DT: moment.wall, LST_MAINT_USR_ID: settings.counterpoint.user };
  const statements: Statement[] = [];
  if (updateBilling && !isNew)
    statements.push(update(columns, 'AR_CUST', { ...customerColumns(draft.billing), ...stamp }, { CUST_NO: custNo }));
  if (draft.shipTo === null) return { statements, shipAddressId: null };
  const mine = facts.shipAddresses.filter((address) => address.CUST_NO === custNo);
  const address = shipColumns(draft.shipTo);
  const known = mine.find((each) => sameAddress(each, address, columns));
  const [web] = mine.filter((each) => each.SHIP_ADRS_ID.startsWith(WEB_ADDRESS));
  if (known !== undefined) return { statements, shipAddressId: known.SHIP_ADRS_ID };
  if (updateShipping && web !== undefined) {
    statements.push(
      update(columns, 'AR_SHIP_ADRS', { ...address, ...stamp }, { CUST_NO: custNo, SHIP_ADRS_ID: web.SHIP_ADRS_ID }),
    );
    return { statements, shipAddressId: web.SHIP_ADRS_ID };
  }
  if (!addShippingAddress || sameContact(draft.billing, draft.shipTo)) return { statements, shipAddressId: null };
  const taken = new Set(mine.map((each) => each.SHIP_ADRS_ID));
  const id = freeAddressId(taken);
  statements.push(insertOne(columns, 'AR_SHIP_ADRS', { ...address, ...stamp, CUST_NO: custNo, SHIP_ADRS_ID: id }));
  return { statements, shipAddressId: id };
}

/** Remembers the customer under every key of the shopper (C5-85). */
export const linkStatements = (settings: Settings, draft: DocumentDraft, custNo: string): Statement[] =>
  customerKeys(draft.customer).flatMap((key) => [
    sql`delete from cantus.customer_link where instance = ${settings.instance} and shop_key = ${key}`,
    sql`insert into cantus.customer_link (instance, shop_key, cust_no) values (${settings.instance}, ${key}, ${custNo})`,
  ]);

/** SHIP_ADRS_ID of addresses that came from the shop: WEB, WEB2, WEB3 … */
const WEB_ADDRESS = 'WEB';
function freeAddressId(taken: ReadonlySet<string>): string {
  let number = 1;
  let id = WEB_ADDRESS;
  while (taken.has(id)) {
    number += 1;
    id = `${WEB_ADDRESS}${String(number)}`;
  }
  return id;
}

function customerColumns(contact: DraftContact): TableRow {
  const { NAM_TYP: _, ...columns } = contactColumns(contact);
  return { ...columns, FST_NAM_UPR: upperTwin(contact.firstName), LST_NAM_UPR: upperTwin(contact.lastName) };
}

function shipColumns(contact: DraftContact): TableRow {
  const { NAM_TYP: _, ...columns } = contactColumns(contact);
  return columns;
}

const sameAddress = (known: ShipAddress, wanted: TableRow, columns: Columns): boolean =>
  ADDRESS_PARTS.every((name) => {
    const there = known[name];
    return there === undefined || folded(there) === folded(fitted(columns, 'AR_SHIP_ADRS', name, wanted[name] ?? null));
  });
const folded = (value: CellValue): string => (value === null ? '' : String(value).trim().toUpperCase());
const sameContact = (a: DraftContact, b: DraftContact): boolean =>
  [a.name, a.postcode, a.city, ...a.address].join('|') === [b.name, b.postcode, b.city, ...b.address].join('|');

/** Names and addresses of master data are cut to the column without a word: the document's own contact rows report it. */
function fitted(columns: Columns, table: string, name: string, value: CellValue): CellValue {
  if (typeof value !== 'string') return value;
  const column = columns.column(`dbo.${table}`, name);
  const length = column?.length ?? null;
  // A picture that is left out leaves its blanks behind.
  const text = tidy(toCodePage(value, column?.codePage ?? USUAL_CODE_PAGE).text);
  if (length === null || lengthOf(text) <= length) return text;
  return name.startsWith('EMAIL') ? null : [...text].slice(0, length).join('').trimEnd();
}

/** A parameter among the columns of a SELECT has no type of its own on PostgreSQL. */
function typed(columns: Columns, table: string, name: string, value: CellValue) {
  if (value === null) return sql`null`;
  const type = columns.column(`dbo.${table}`, name)?.type ?? '';
  if (/numeric|decimal|money/.test(type)) return sql`cast(${value} as decimal(19,4))`;
  if (type.includes('timestamp')) return sql`cast(${value} as timestamp)`;
  if (type === 'datetime') return sql`cast(${value} as datetime2(3))`;
  if (type.includes('int')) return sql`cast(${value} as bigint)`;
  return sql`${value}`;
}

function update(columns: Columns, table: string, set: TableRow, where: TableRow): Statement {
  const assignments = Object.entries(set)
    .filter(([name]) => columns.column(`dbo.${table}`, name)?.writable === true)
    .map(([name, value]) => sql`${sql.ref(name)} = ${fitted(columns, table, name, value)}`);
  const conditions = Object.entries(where).map(([name, value]) => sql`${sql.ref(name)} = ${value}`);
  return sql`update ${sql.table(`dbo.${table}`)} set ${sql.join(assignments)} where ${sql.join(conditions, sql` and `)}`;
}

function insertOne(columns: Columns, table: string, row: TableRow): Statement {
  const entries = Object.entries(row).filter(
    ([name, value]) => value !== null && columns.column(`dbo.${table}`, name)?.writable === true,
  );
  return sql`insert into ${sql.table(`dbo.${table}`)} (${sql.join(entries.map(([name]) => sql.ref(name)))}) values (${sql.join(entries.map(([name, value]) => sql`${fitted(columns, table, name, value)}`))})`;
}
