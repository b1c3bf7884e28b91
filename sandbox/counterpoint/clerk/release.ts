import { randomUUID } from 'node:crypto';
import { Decimal } from 'decimal.js';
import type { Row, SandboxDatabase } from '../database';
import { moveOrderToHistory } from '../posting';
import type { ClerkHabits } from './habits';
import { factor, openOf, pricedQuantity, nothingOpen } from './quantities';
import { openOrder, orderLines, one, log, now, text, number } from './rows';
import { post } from './tickets';

export interface ReleaseRequest {
  /** TKT_NO of the order. */
  readonly order: string;
  /** Without it, everything that is open. */
  readonly lines?: readonly {
    readonly sku?: string;
    readonly line?: number;
    readonly qty: string | number;
    /** Where the goods leave from; without it, from where the order's line has them. */
    readonly location?: string;
    /** The quantity is in stocking units, whatever unit the order's line is in. */
    readonly stockingUnits?: boolean;
  }[];
  readonly post?: boolean;
  readonly shipVia?: string;
  /** Gives deposit money back without goods. */
  readonly depositOnly?: boolean;
}

interface Part {
  readonly line: Row;
  /** In the unit of the order's line. */
  readonly quantity: Decimal;
  readonly location?: string;
  readonly stockingUnits?: boolean;
}

export async function release(tx: SandboxDatabase, ways: ClerkHabits, request: ReleaseRequest): Promise<string> {
  const order = await openOrder(tx, request.order);
  const docId = String(order['DOC_ID']);
  const lines = await orderLines(tx, docId);
  const parts = request.depositOnly === true ? [] : chosenParts(lines, ways, request);
  const status = await one(tx, 'PS_DOC_HDR_DOC_STAT', { DOC_ID: docId });
  const sequence = Number(status['DOC_AS_TKT_SEQ_NO']) + 1;
  const ticketNo = `${String(order['TKT_NO'])}-${String(sequence).padStart(2, '0')}`;
  const ticketId = await freeTicketId(tx, docId, sequence);
  const guid = randomUUID().toUpperCase();
  const money = await ticketMoney(tx, ways, docId, { parts, first: sequence === 1 });
  await tx.insert('PS_DOC_HDR', {
    DOC_ID: ticketId,
    DOC_TYP: 'T',
    STR_ID: text(order['STR_ID']),
    STA_ID: text(order['STA_ID']),
    DRW_ID: order['DRW_ID'] ?? null,
    DRW_SESSION_ID: await session(tx, order),
    TKT_NO: ticketNo,
    DOC_GUID: guid,
    CUST_NO: order['CUST_NO'] ?? null,
    USR_ID: 'CLERK',
    TKT_DT: now(),
    SHIP_VIA_COD: request.shipVia ?? order['SHIP_VIA_COD'] ?? null,
    TAX_COD: order['TAX_COD'] ?? null,
    STK_LOC_ID: order['STK_LOC_ID'] ?? null,
    SAL_LINS: parts.length,
    SAL_LIN_TOT: money.net,
    IS_REL_TKT: 'Y',
    LST_MAINT_DT: now(),
    RS_UTC_DT: now(),
  });
  await tx.insert('PS_DOC_HDR_TOT', {
    DOC_ID: ticketId,
    TOT_TYP: 'S',
    INITIAL_MIN_DUE: '0',
    TAX_AMT_SHIPPED: '0',
    LINS: parts.length,
    SUB_TOT: money.net,
    TOT_MISC: money.misc,
    TAX_AMT: money.tax,
    TOT: money.total,
    TOT_TND: money.total,
    TOT_WEIGHT: '0',
    TOT_CUBE: '0',
    TOT_HDR_DISC: '0',
    TOT_LIN_DISC: '0',
  });
  await tx.insert('PS_DOC_HDR_MISC_CHRG', {
    DOC_ID: ticketId,
    TOT_TYP: 'S',
    MISC_CHRG_NO: 1,
    MISC_TYP: 'A',
    MISC_AMT: money.misc,
    MISC_PCT: '0',
  });
  await insertReleaseLines(tx, ways, { ticketId, ticketNo, lines, parts });
  if (ways.linksTickets) {
    await tx.insert('PS_DOC_HDR_ORIG_DOC', {
      DOC_ID: ticketId,
      ORIG_DOC_ID: docId,
      ORIG_DOC_TYP: 'O',
      ORIG_STR_ID: text(order['STR_ID']),
      ORIG_STA_ID: text(order['STA_ID']),
      ORIG_TKT_NO: text(order['TKT_NO']),
    });
  }
  await log(tx, { docId: ticketId, guid, type: 'T', activ: 'N', entry: 'Entered a new ticket' });
  for (const part of parts) await shipped(tx, ways, part);
  await tx.update('PS_DOC_HDR_DOC_STAT', { DOC_AS_TKT_SEQ_NO: sequence }, { DOC_ID: docId });
  await tx.update('PS_DOC_HDR', { HAS_RLSD_LINS: 'Y', LST_MAINT_DT: now(), RS_UTC_DT: now() }, { DOC_ID: docId });
  if (ways.orderLeaves === 'atRelease' && (await nothingOpen(tx, docId, ways))) await moveOrderToHistory(tx, docId);
  if (request.post === true) await post(tx, ways, ticketNo);
  return ticketNo;
}

function chosenParts(lines: readonly Row[], ways: ClerkHabits, request: ReleaseRequest): Part[] {
  if (request.lines === undefined)
    return lines.map((line) => ({ line, quantity: openOf(line, ways) })).filter((part) => part.quantity.greaterThan(0));
  return request.lines.map(({ sku, line: number, qty, location, stockingUnits }) => {
    const line = lines.find((each) =>
      number === undefined ? each['ITEM_NO'] === sku || each['BARCOD'] === sku : each['LIN_SEQ_NO'] === number,
    );
    if (line === undefined) throw new Error(`Order ${request.order} has no line ${String(sku ?? number)}.`);
    const quantity = stockingUnits === true ? new Decimal(qty).dividedBy(factor(line)) : new Decimal(qty);
    if (quantity.greaterThan(openOf(line, ways)))
      throw new Error(
        `Line ${String(line['LIN_SEQ_NO'])} of order ${request.order} has only ${openOf(line, ways).toString()} open.`,
      );
    return {
      line,
      quantity,
      ...(location === undefined ? {} : { location }),
      ...(stockingUnits === true ? { stockingUnits } : {}),
    };
  });
}

/** Net and tax by the released part of each line; the shipping goes with the first ticket. */
async function ticketMoney(
  tx: SandboxDatabase,
  ways: ClerkHabits,
  docId: string,
  { parts, first }: { readonly parts: readonly Part[]; readonly first: boolean },
) {
  const [charge] = await tx.rows('PS_DOC_HDR_MISC_CHRG', { DOC_ID: docId, TOT_TYP: 'O', MISC_CHRG_NO: 1 });
  let net = new Decimal(0);
  let tax = new Decimal(0);
  for (const { line, quantity } of parts) {
    const whole = pricedQuantity(line, ways);
    net = net.plus(number(line['EXT_PRC']).times(quantity).dividedBy(whole).toDecimalPlaces(2));
    tax = tax.plus(number(line['TAX_AMT_ALLOC']).times(quantity).dividedBy(whole).toDecimalPlaces(2));
  }
  const withShipping = first && parts.length > 0 && charge !== undefined;
  const misc = withShipping ? number(charge['MISC_AMT']) : new Decimal(0);
  if (withShipping) tax = tax.plus(number(charge['MISC_TAX_AMT_ALLOC']));
  return {
    net: net.toFixed(2),
    misc: misc.toFixed(2),
    tax: tax.toFixed(2),
    total: net.plus(misc).plus(tax).toFixed(2),
  };
}

async function insertReleaseLines(
  tx: SandboxDatabase,
  ways: ClerkHabits,
  ticket: {
    readonly ticketId: string;
    readonly ticketNo: string;
    readonly lines: readonly Row[];
    readonly parts: readonly Part[];
  },
): Promise<void> {
  let sequence = 0;
  const write = async (type: string, { line, quantity, location, stockingUnits }: Part): Promise<void> => {
    sequence += 1;
    const whole = pricedQuantity(line, ways);
    const part = type === 'S' && !whole.isZero() ? quantity.dividedBy(whole) : new Decimal(0);
    const amount = (column: string): string => number(line[column]).times(part).toFixed(2);
    await tx.insert('PS_DOC_LIN', {
      DOC_ID: ticket.ticketId,
      LIN_SEQ_NO: sequence,
      STR_ID: text(line['STR_ID']),
      STA_ID: text(line['STA_ID']),
      TKT_NO: ticket.ticketNo,
      LIN_TYP: type,
      LIN_GUID: randomUUID().toUpperCase(),
      LINK_LIN_GUID: ways.linksLines ? text(line['LIN_GUID']) : null,
      ITEM_NO: text(line['ITEM_NO']),
      DESCR: line['DESCR'] ?? null,
      STK_LOC_ID: location ?? line['STK_LOC_ID'] ?? null,
      ...(stockingUnits === true
        ? { QTY_SOLD: quantity.times(factor(line)).toFixed(4), QTY_UNIT: 'EACH' }
        : {
            QTY_SOLD: quantity.toFixed(4),
            QTY_NUMER: line['QTY_NUMER'] ?? 1,
            QTY_DENOM: line['QTY_DENOM'] ?? 1,
            SELL_UNIT: line['SELL_UNIT'] ?? '0',
            QTY_UNIT: line['QTY_UNIT'] ?? null,
          }),
      EXT_PRC: amount('EXT_PRC'),
      GROSS_EXT_PRC: amount('GROSS_EXT_PRC'),
      CALC_EXT_PRC: amount('CALC_EXT_PRC'),
      TAX_AMT_ALLOC: amount('TAX_AMT_ALLOC'),
      REF: line['REF'] ?? null,
    });
  };
  for (const part of ticket.parts) await write('S', part);
  if (!ways.showsUnshipped) return;
  for (const line of ticket.lines) {
    const released = ticket.parts
      .filter((part) => part.line['LIN_SEQ_NO'] === line['LIN_SEQ_NO'])
      .reduce((sum, part) => sum.plus(part.quantity), new Decimal(0));
    const rest = openOf(line, ways).minus(released);
    if (rest.greaterThan(0)) await write('U', { line, quantity: rest });
  }
}

async function shipped(tx: SandboxDatabase, ways: ClerkHabits, { line, quantity }: Part): Promise<void> {
  const total = number(line['QTY_SHIPPED']).plus(quantity);
  const rest = openOf(line, ways).minus(quantity);
  await tx.update(
    'PS_DOC_LIN',
    {
      QTY_SHIPPED: total.toFixed(4),
      QTY_TO_REL: rest.toFixed(4),
      ...(ways.quantityAfterRelease === 'rest' ? { QTY_SOLD: rest.toFixed(4) } : {}),
    },
    { DOC_ID: text(line['DOC_ID']), LIN_SEQ_NO: Number(line['LIN_SEQ_NO']) },
  );
}

async function session(tx: SandboxDatabase, order: Row): Promise<string | null> {
  const [open] = await tx.rows('PS_DRW_SESSION', { STR_ID: text(order['STR_ID']), STAT: 'A' });
  return open === undefined ? null : text(open['DRW_SESSION_ID']);
}

/** A ticket's DOC_ID near its order's: the order's with the ticket's kind digit, moved on until it is free. */
async function freeTicketId(tx: SandboxDatabase, orderId: string, sequence: number): Promise<string> {
  const kindAt = orderId.length - 9;
  let id = BigInt(`${orderId.slice(0, kindAt)}3${orderId.slice(kindAt + 1)}`) + BigInt(sequence * 7);
  while (
    (await tx.rows('PS_DOC_HDR', { DOC_ID: id.toString() })).length +
      (await tx.rows('PS_TKT_HIST', { DOC_ID: id.toString() })).length >
    0
  )
    id += 1n;
  return id.toString();
}
