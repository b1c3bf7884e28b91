import { Decimal } from 'decimal.js';
import type { Row, SandboxDatabase } from './database';

/** Today as the business date of what is posted. */
const businessDate = (): string => `${new Date().toISOString().slice(0, 10)}T00:00:00`;

/** Children before the header: there is no cascade. */
const CHILDREN = [
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

/** Posting: header and totals of a ticket become one row of history; its id and guid stay. */
export async function moveTicketToHistory(tx: SandboxDatabase, docId: string): Promise<void> {
  const key = { DOC_ID: docId };
  const header = await first(tx, 'PS_DOC_HDR', key);
  const [totals] = await tx.rows('PS_DOC_HDR_TOT', { ...key, TOT_TYP: 'S' });
  const posted = { BUS_DAT: businessDate(), ...key };
  await tx.insert('PS_TKT_HIST', {
    ...posted,
    ...pick(header, [
      'DOC_GUID',
      'STR_ID',
      'STA_ID',
      'DRW_ID',
      'DRW_SESSION_ID',
      'TKT_NO',
      'TKT_TYP',
      'TKT_DT',
      'CUST_NO',
      'USR_ID',
      'SHIP_VIA_COD',
      'TAX_COD',
      'SAL_LINS',
    ]),
    EVENT_NO: '1',
    ...amounts(totals, [
      'SUB_TOT',
      'TOT_MISC',
      'TAX_AMT',
      'NORM_TAX_AMT',
      'TOT',
      'TOT_TND',
      'TOT_CHNG',
      'TOT_HDR_DISC',
      'TOT_LIN_DISC',
    ]),
    RS_UTC_DT: new Date().toISOString().slice(0, 19),
  });
  for (const line of await tx.rows('PS_DOC_LIN', key)) {
    await tx.insert('PS_TKT_HIST_LIN', {
      ...posted,
      ...pick(line, [
        'LIN_SEQ_NO',
        'STR_ID',
        'STA_ID',
        'TKT_NO',
        'LIN_TYP',
        'LIN_GUID',
        'LINK_LIN_GUID',
        'ITEM_NO',
        'DESCR',
        'QTY_SOLD',
        'QTY_NUMER',
        'QTY_DENOM',
        'SELL_UNIT',
        'PRC',
        'EXT_PRC',
        'GROSS_EXT_PRC',
        'TAX_AMT_ALLOC',
        'REF',
      ]),
    });
  }
  for (const link of await tx.rows('PS_DOC_HDR_ORIG_DOC', key))
    await tx.insert('PS_TKT_HIST_ORIG_DOC', {
      ...posted,
      ...pick(link, ['ORIG_DOC_ID', 'ORIG_DOC_TYP', 'ORIG_STR_ID', 'ORIG_STA_ID', 'ORIG_TKT_NO']),
    });
  for (const track of await tx.rows('PS_DOC_PKG_TRK_NO', key))
    await tx.insert('PS_TKT_HIST_PKG_TRK_NO', { ...posted, ...pick(track, ['PKG_TRK_NO']) });
  for (const charge of await tx.rows('PS_DOC_HDR_MISC_CHRG', key))
    await tx.insert('PS_TKT_HIST_MISC_CHRG', {
      ...posted,
      ...pick(charge, ['TOT_TYP', 'MISC_CHRG_NO', 'MISC_TYP', 'MISC_AMT']),
    });
  await removeDocument(tx, docId);
}

/** A finished or cancelled order leaves the open documents with its lines and audit entries. */
export async function moveOrderToHistory(tx: SandboxDatabase, docId: string): Promise<void> {
  const key = { DOC_ID: docId };
  const header = await first(tx, 'PS_DOC_HDR', key);
  const [totals] = await tx.rows('PS_DOC_HDR_TOT', { ...key, TOT_TYP: 'O' });
  const past = { BUS_DAT: businessDate(), ...key };
  await tx.insert('PS_ORD_HIST', {
    ...past,
    ...pick(header, [
      'DOC_GUID',
      'STR_ID',
      'STA_ID',
      'TKT_NO',
      'TKT_DT',
      'CUST_NO',
      'USR_ID',
      'STK_LOC_ID',
      'TAX_OVRD_REAS',
    ]),
    EVENT_NO: '1',
    ...amounts(totals, ['SUB_TOT', 'TAX_AMT', 'TOT', 'TOT_TND', 'TOT_CHNG']),
  });
  for (const line of await tx.rows('PS_DOC_LIN', key)) {
    await tx.insert('PS_ORD_HIST_LIN', {
      ...past,
      ...pick(line, [
        'LIN_SEQ_NO',
        'STR_ID',
        'TKT_NO',
        'LIN_TYP',
        'LIN_GUID',
        'ITEM_NO',
        'DESCR',
        'STK_LOC_ID',
        'QTY_SOLD',
        'ORIG_QTY',
        'QTY_SHIPPED',
        'PRC',
        'EXT_PRC',
        'REF',
      ]),
    });
  }
  for (const entry of await tx.rows('PS_DOC_AUDIT_LOG', key))
    await tx.insert('PS_ORD_HIST_AUDIT_LOG', {
      ...past,
      ...pick(entry, ['LOG_SEQ_NO', 'DOC_TYP', 'DOC_GUID', 'CURR_DT', 'CURR_USR_ID', 'ACTIV', 'LOG_ENTRY']),
    });
  await removeDocument(tx, docId);
}

async function removeDocument(tx: SandboxDatabase, docId: string): Promise<void> {
  for (const table of CHILDREN) await tx.remove(table, { DOC_ID: docId });
}

async function first(tx: SandboxDatabase, table: string, where: Row): Promise<Row> {
  const [row] = await tx.rows(table, where);
  if (row === undefined) throw new Error(`${table} has no row ${JSON.stringify(where)}.`);
  return row;
}

const pick = (row: Row, names: readonly string[]): Row =>
  Object.fromEntries(names.map((name) => [name, row[name] ?? null]));
const amounts = (row: Row | undefined, names: readonly string[]): Row =>
  Object.fromEntries(names.map((name) => [name, new Decimal(row?.[name] ?? 0).toFixed(2)]));
