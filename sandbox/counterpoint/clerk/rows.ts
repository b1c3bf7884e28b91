import { Decimal } from 'decimal.js';
import type { Row, SandboxDatabase } from '../database';

export const openOrder = (tx: SandboxDatabase, orderNo: string): Promise<Row> =>
  one(tx, 'PS_DOC_HDR', { TKT_NO: orderNo, DOC_TYP: 'O' });

export const orderLines = async (tx: SandboxDatabase, docId: string): Promise<Row[]> =>
  (await tx.rows('PS_DOC_LIN', { DOC_ID: docId })).sort((a, b) => Number(a['LIN_SEQ_NO']) - Number(b['LIN_SEQ_NO']));

export async function one(tx: SandboxDatabase, table: string, where: Row): Promise<Row> {
  const [row] = await tx.rows(table, where);
  if (row === undefined) throw new Error(`${table} has no row ${JSON.stringify(where)}.`);
  return row;
}

export async function log(
  tx: SandboxDatabase,
  entry: {
    readonly docId: string;
    readonly guid: string;
    readonly type: string;
    readonly activ: string;
    readonly entry: string;
  },
): Promise<void> {
  const before = await tx.rows('PS_DOC_AUDIT_LOG', { DOC_ID: entry.docId });
  const last = before.reduce((highest, row) => Math.max(highest, Number(row['LOG_SEQ_NO'])), 0);
  await tx.insert('PS_DOC_AUDIT_LOG', {
    DOC_ID: entry.docId,
    LOG_SEQ_NO: last + 1,
    DOC_TYP: entry.type,
    DOC_GUID: entry.guid,
    CURR_DT: now(),
    CURR_STR_ID: 'WEB',
    CURR_STA_ID: '1',
    CURR_DRW_ID: '1',
    CURR_USR_ID: 'CLERK',
    ACTIV: entry.activ,
    LOG_ENTRY: entry.entry,
  });
}

export const now = (): string => new Date().toISOString().slice(0, 19);

export const text = (value: string | number | null | undefined): string => String(value ?? '');

export const number = (value: string | number | null | undefined): Decimal => new Decimal(value ?? 0);
