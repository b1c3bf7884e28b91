import type { Row, SandboxDatabase } from '../database';
import { moveOrderToHistory, moveTicketToHistory } from '../posting';
import type { ClerkHabits } from './habits';
import { factor, openOf, nothingOpen } from './quantities';
import { one, log, now, text, number } from './rows';

export async function addTracking(tx: SandboxDatabase, ticketNo: string, number: string): Promise<void> {
  const [open] = await tx.rows('PS_DOC_HDR', { TKT_NO: ticketNo });
  if (open !== undefined) return tx.insert('PS_DOC_PKG_TRK_NO', { DOC_ID: text(open['DOC_ID']), PKG_TRK_NO: number });
  const posted = await one(tx, 'PS_TKT_HIST', { TKT_NO: ticketNo });
  await tx.insert('PS_TKT_HIST_PKG_TRK_NO', {
    BUS_DAT: text(posted['BUS_DAT']),
    DOC_ID: text(posted['DOC_ID']),
    PKG_TRK_NO: number,
  });
}

export async function post(tx: SandboxDatabase, ways: ClerkHabits, ticketNo: string): Promise<void> {
  const ticket = await one(tx, 'PS_DOC_HDR', { TKT_NO: ticketNo });
  const [link] = await tx.rows('PS_DOC_HDR_ORIG_DOC', { DOC_ID: text(ticket['DOC_ID']) });
  await moveTicketToHistory(tx, text(ticket['DOC_ID']));
  if (link === undefined) return;
  const orderId = text(link['ORIG_DOC_ID']);
  const [order] = await tx.rows('PS_DOC_HDR', { DOC_ID: orderId, DOC_TYP: 'O' });
  const released = await tx.query(
    'select h."DOC_ID" from dbo."PS_DOC_HDR" h where h."IS_REL_TKT" = ? and h."DOC_ID" in (select o."DOC_ID" from dbo."PS_DOC_HDR_ORIG_DOC" o where o."ORIG_DOC_ID" = ?)',
    ['Y', orderId],
  );
  if (order?.['HAS_RLSD_LINS'] === 'Y' && released.length === 0 && (await nothingOpen(tx, orderId, ways)))
    await moveOrderToHistory(tx, orderId);
}

export async function voidTicket(tx: SandboxDatabase, ways: ClerkHabits, ticketNo: string): Promise<void> {
  const ticket = await one(tx, 'PS_DOC_HDR', { TKT_NO: ticketNo });
  const docId = text(ticket['DOC_ID']);
  for (const line of await tx.rows('PS_DOC_LIN', { DOC_ID: docId, LIN_TYP: 'S' })) await giveBack(tx, ways, line);
  if (ways.voidKeepsRows) {
    await tx.update('PS_DOC_HDR', { VOID_USR_ID: 'CLERK', LST_MAINT_DT: now() }, { DOC_ID: docId });
    await log(tx, { docId, guid: text(ticket['DOC_GUID']), type: 'V', activ: 'N', entry: 'Voided' });
    return;
  }
  for (const table of [
    'PS_DOC_AUDIT_LOG',
    'PS_DOC_PKG_TRK_NO',
    'PS_DOC_LIN',
    'PS_DOC_HDR_ORIG_DOC',
    'PS_DOC_HDR_MISC_CHRG',
    'PS_DOC_HDR_TOT',
    'PS_DOC_HDR',
  ])
    await tx.remove(table, { DOC_ID: docId });
}

async function giveBack(tx: SandboxDatabase, ways: ClerkHabits, line: Row): Promise<void> {
  const [order] = await tx.rows('PS_DOC_LIN', { LIN_GUID: line['LINK_LIN_GUID'] ?? null });
  if (order === undefined) return;
  const back = number(line['QTY_SOLD']).times(factor(line)).dividedBy(factor(order));
  const rest = openOf(order, ways).plus(back);
  await tx.update(
    'PS_DOC_LIN',
    {
      QTY_SHIPPED: number(order['QTY_SHIPPED']).minus(back).toFixed(4),
      QTY_TO_REL: rest.toFixed(4),
      ...(ways.quantityAfterRelease === 'rest' ? { QTY_SOLD: rest.toFixed(4) } : {}),
    },
    { DOC_ID: text(order['DOC_ID']), LIN_SEQ_NO: Number(order['LIN_SEQ_NO']) },
  );
}
