import { Decimal } from 'decimal.js';
import type { SandboxDatabase } from '../database';
import { moveOrderToHistory } from '../posting';
import type { ClerkHabits } from './habits';
import { pricedQuantity } from './quantities';
import { openOrder, one, log, now, text, number } from './rows';

/** The order ends; released or not, it goes to history with a cancelling entry. */
export async function cancel(tx: SandboxDatabase, orderNo: string): Promise<void> {
  const order = await openOrder(tx, orderNo);
  await log(tx, {
    docId: text(order['DOC_ID']),
    guid: text(order['DOC_GUID']),
    type: 'O',
    activ: 'C',
    entry: 'Cancelled',
  });
  await moveOrderToHistory(tx, text(order['DOC_ID']));
}

/** A cancelled order comes back; only what Cantus looks at is brought back with it. */
export async function reinstate(tx: SandboxDatabase, orderNo: string): Promise<void> {
  const past = await one(tx, 'PS_ORD_HIST', { TKT_NO: orderNo });
  const key = { DOC_ID: text(past['DOC_ID']) };
  await tx.insert('PS_DOC_HDR', {
    ...key,
    DOC_TYP: 'O',
    STR_ID: text(past['STR_ID']),
    STA_ID: text(past['STA_ID']),
    TKT_NO: orderNo,
    DOC_GUID: text(past['DOC_GUID']),
    CUST_NO: past['CUST_NO'] ?? null,
  });
  await tx.insert('PS_DOC_HDR_DOC_STAT', { ...key, TOT_DEP_RECEIVED: '0' });
  for (const line of await tx.rows('PS_ORD_HIST_LIN', key)) {
    const rest = number(line['ORIG_QTY']).minus(number(line['QTY_SHIPPED']));
    await tx.insert('PS_DOC_LIN', {
      ...key,
      LIN_SEQ_NO: Number(line['LIN_SEQ_NO']),
      STR_ID: text(line['STR_ID']),
      STA_ID: text(past['STA_ID']),
      TKT_NO: orderNo,
      LIN_TYP: 'O',
      LIN_GUID: text(line['LIN_GUID']),
      ITEM_NO: text(line['ITEM_NO']),
      QTY_SOLD: text(line['QTY_SOLD']),
      ORIG_QTY: line['ORIG_QTY'] ?? null,
      QTY_SHIPPED: line['QTY_SHIPPED'] ?? null,
      QTY_TO_REL: rest.toFixed(4),
      EXT_PRC: text(line['EXT_PRC']),
      GROSS_EXT_PRC: text(line['EXT_PRC']),
      CALC_EXT_PRC: text(line['EXT_PRC']),
    });
  }
  for (const entry of await tx.rows('PS_ORD_HIST_AUDIT_LOG', key)) {
    await log(tx, {
      docId: key.DOC_ID,
      guid: text(past['DOC_GUID']),
      type: 'O',
      activ: text(entry['ACTIV']),
      entry: text(entry['LOG_ENTRY']),
    });
  }
  await log(tx, { docId: key.DOC_ID, guid: text(past['DOC_GUID']), type: 'O', activ: 'I', entry: 'Reinstated' });
  for (const table of ['PS_ORD_HIST_AUDIT_LOG', 'PS_ORD_HIST_LIN', 'PS_ORD_HIST']) await tx.remove(table, key);
}

export async function editQuantity(
  tx: SandboxDatabase,
  ways: ClerkHabits,
  orderNo: string,
  { line, quantity }: { readonly line: number; readonly quantity: string | number },
): Promise<void> {
  const { key, row } = await editedLine(tx, orderNo, line);
  const wanted = new Decimal(quantity);
  const rest = wanted.minus(number(row['QTY_SHIPPED']));
  const share = wanted.dividedBy(pricedQuantity(row, ways));
  const amounts = ['EXT_PRC', 'GROSS_EXT_PRC', 'CALC_EXT_PRC', 'TAX_AMT_ALLOC'];
  await tx.update(
    'PS_DOC_LIN',
    {
      QTY_SOLD: wanted.toFixed(4),
      QTY_TO_REL: rest.toFixed(4),
      ...Object.fromEntries(amounts.map((column) => [column, number(row[column]).times(share).toFixed(2)])),
    },
    key,
  );
}

export async function deleteLine(tx: SandboxDatabase, orderNo: string, line: number): Promise<void> {
  const { key, docId } = await editedLine(tx, orderNo, line);
  await tx.remove('PS_DOC_DISC', { DOC_ID: docId, LIN_SEQ_NO: line });
  for (const table of ['PS_DOC_LIN_CELL', 'PS_DOC_LIN_PRICE', 'PS_DOC_LIN']) await tx.remove(table, key);
}

export async function changePrice(tx: SandboxDatabase, orderNo: string, line: number, price: string): Promise<void> {
  const { key, row } = await editedLine(tx, orderNo, line);
  await tx.update('PS_DOC_LIN', { PRC: price, EXT_PRC: number(row['QTY_SOLD']).times(price).toFixed(2) }, key);
}

async function editedLine(tx: SandboxDatabase, orderNo: string, line: number) {
  const order = await openOrder(tx, orderNo);
  const docId = text(order['DOC_ID']);
  const key = { DOC_ID: docId, LIN_SEQ_NO: line };
  const row = await one(tx, 'PS_DOC_LIN', key);
  await log(tx, { docId, guid: text(order['DOC_GUID']), type: 'O', activ: 'E', entry: 'Edited' });
  await tx.update('PS_DOC_HDR', { LST_MAINT_DT: now() }, { DOC_ID: docId });
  return { key, row, docId };
}

export async function addDeposit(tx: SandboxDatabase, orderNo: string, amount: string): Promise<void> {
  const order = await openOrder(tx, orderNo);
  const docId = text(order['DOC_ID']);
  const status = await one(tx, 'PS_DOC_HDR_DOC_STAT', { DOC_ID: docId });
  await tx.update(
    'PS_DOC_HDR_DOC_STAT',
    { TOT_DEP_RECEIVED: number(status['TOT_DEP_RECEIVED']).plus(amount).toFixed(2) },
    { DOC_ID: docId },
  );
  const payments = await tx.rows('PS_DOC_PMT', { DOC_ID: docId });
  await tx.insert('PS_DOC_PMT', {
    DOC_ID: docId,
    PMT_SEQ_NO: payments.length + 1,
    STR_ID: text(order['STR_ID']),
    STA_ID: text(order['STA_ID']),
    TKT_NO: orderNo,
    PAY_COD: 'CASH',
    PAY_COD_TYP: 'B',
    AMT: amount,
    HOME_CURNCY_AMT: amount,
    EXCH_LOSS: '0',
    EDC_AUTH_FLG: 'O',
  });
  await log(tx, { docId, guid: text(order['DOC_GUID']), type: 'O', activ: 'E', entry: 'Deposit added' });
}
