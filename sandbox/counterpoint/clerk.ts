import { randomUUID } from 'node:crypto';
import { Decimal } from 'decimal.js';
import type { Row, SandboxDatabase } from './database';
import { moveOrderToHistory, moveTicketToHistory } from './posting';

/** Where nobody has seen yet what Counterpoint does, the clerk can do either. */
export interface ClerkHabits {
  /** When a fully released (or cancelled) order leaves PS_DOC_HDR. */
  readonly orderLeaves: 'atRelease' | 'atPosting';
  /** What QTY_SOLD of an order line means after a part of it was released. */
  readonly quantityAfterRelease: 'whole' | 'rest';
  /** Release lines name their order line's LIN_GUID. */
  readonly linksLines: boolean;
  /** Release tickets carry a link row to their order. */
  readonly linksTickets: boolean;
  /** A voided ticket's rows stay (marked), or disappear. */
  readonly voidKeepsRows: boolean;
  /** Shows the rest of an order as lines of type U on a release ticket. */
  readonly showsUnshipped: boolean;
}

const HABITS: ClerkHabits = {
  orderLeaves: 'atPosting',
  quantityAfterRelease: 'whole',
  linksLines: true,
  linksTickets: true,
  voidKeepsRows: true,
  showsUnshipped: true,
};

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

/** A person at the store's Counterpoint: writes tickets and changes orders as the program itself does. */
export interface Clerk {
  /** @returns TKT_NO of the release ticket, `<order>-01` and so on. */
  release(request: ReleaseRequest): Promise<string>;
  addTracking(ticketNo: string, number: string): Promise<void>;
  post(ticketNo: string): Promise<void>;
  voidTicket(ticketNo: string): Promise<void>;
  cancelOrder(order: string): Promise<void>;
  /** Gives up what is not released yet. */
  cancelRemainder(order: string): Promise<void>;
  reinstate(order: string): Promise<void>;
  editQuantity(order: string, line: number, quantity: string | number): Promise<void>;
  deleteLine(order: string, line: number): Promise<void>;
  changePrice(order: string, line: number, price: string): Promise<void>;
  addDeposit(order: string, amount: string): Promise<void>;
}

export function createClerk(database: SandboxDatabase, habits: Partial<ClerkHabits> = {}): Clerk {
  const ways: ClerkHabits = { ...HABITS, ...habits };
  // One person does one thing after the other; two at once could draw the same number for their tickets.
  let before: Promise<unknown> = Promise.resolve();
  const within = <T>(work: (tx: SandboxDatabase) => Promise<T>): Promise<T> => {
    const done = before.then(() => drawnAgain(() => database.transaction(work)));
    before = done.catch(() => undefined);
    return done;
  };
  return {
    release: (request) => within((tx) => release(tx, ways, request)),
    addTracking: (ticketNo, number) => within((tx) => addTracking(tx, ticketNo, number)),
    post: (ticketNo) => within((tx) => post(tx, ways, ticketNo)),
    voidTicket: (ticketNo) => within((tx) => voidTicket(tx, ways, ticketNo)),
    cancelOrder: (order) => within((tx) => cancel(tx, order)),
    cancelRemainder: (order) => within((tx) => cancel(tx, order)),
    reinstate: (order) => within((tx) => reinstate(tx, order)),
    editQuantity: (order, line, quantity) => within((tx) => editQuantity(tx, ways, order, { line, quantity })),
    deleteLine: (order, line) => within((tx) => deleteLine(tx, order, line)),
    changePrice: (order, line, price) => within((tx) => changePrice(tx, order, line, price)),
    addDeposit: (order, amount) => within((tx) => addDeposit(tx, order, amount)),
  };
}

/** A number that somebody else takes at the same moment is drawn anew, as the program itself does. */
async function drawnAgain<T>(work: () => Promise<T>, tries = 5): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (tries <= 1 || !isTaken(error)) throw error;
    return await drawnAgain(work, tries - 1);
  }
}

const isTaken = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && error.code === '23505') || ('number' in error && error.number === 2627));

interface Part {
  readonly line: Row;
  /** In the unit of the order's line. */
  readonly quantity: Decimal;
  readonly location?: string;
  readonly stockingUnits?: boolean;
}

async function release(tx: SandboxDatabase, ways: ClerkHabits, request: ReleaseRequest): Promise<string> {
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

/** Stocking units in one unit of the line. */
const factor = (line: Row): Decimal => number(line['QTY_NUMER'] ?? 1).dividedBy(number(line['QTY_DENOM'] ?? 1));

/** Open quantity of an order line: what was not released yet. */
function openOf(line: Row, ways: ClerkHabits): Decimal {
  const sold = number(line['QTY_SOLD']);
  return ways.quantityAfterRelease === 'rest' ? sold : sold.minus(number(line['QTY_SHIPPED']));
}

/** The quantity that an order line's amounts are for. */
function pricedQuantity(line: Row, ways: ClerkHabits): Decimal {
  const sold = number(line['QTY_SOLD']);
  return ways.quantityAfterRelease === 'rest' ? sold.plus(number(line['QTY_SHIPPED'])) : sold;
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

async function nothingOpen(tx: SandboxDatabase, docId: string, ways: ClerkHabits): Promise<boolean> {
  return (await orderLines(tx, docId)).every((line) => openOf(line, ways).lessThanOrEqualTo(0));
}

async function addTracking(tx: SandboxDatabase, ticketNo: string, number: string): Promise<void> {
  const [open] = await tx.rows('PS_DOC_HDR', { TKT_NO: ticketNo });
  if (open !== undefined) return tx.insert('PS_DOC_PKG_TRK_NO', { DOC_ID: text(open['DOC_ID']), PKG_TRK_NO: number });
  const posted = await one(tx, 'PS_TKT_HIST', { TKT_NO: ticketNo });
  await tx.insert('PS_TKT_HIST_PKG_TRK_NO', {
    BUS_DAT: text(posted['BUS_DAT']),
    DOC_ID: text(posted['DOC_ID']),
    PKG_TRK_NO: number,
  });
}

async function post(tx: SandboxDatabase, ways: ClerkHabits, ticketNo: string): Promise<void> {
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

async function voidTicket(tx: SandboxDatabase, ways: ClerkHabits, ticketNo: string): Promise<void> {
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

/** The order ends; released or not, it goes to history with a cancelling entry. */
async function cancel(tx: SandboxDatabase, orderNo: string): Promise<void> {
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
async function reinstate(tx: SandboxDatabase, orderNo: string): Promise<void> {
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

async function editQuantity(
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

async function deleteLine(tx: SandboxDatabase, orderNo: string, line: number): Promise<void> {
  const { key, docId } = await editedLine(tx, orderNo, line);
  await tx.remove('PS_DOC_DISC', { DOC_ID: docId, LIN_SEQ_NO: line });
  for (const table of ['PS_DOC_LIN_CELL', 'PS_DOC_LIN_PRICE', 'PS_DOC_LIN']) await tx.remove(table, key);
}

async function changePrice(tx: SandboxDatabase, orderNo: string, line: number, price: string): Promise<void> {
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

async function addDeposit(tx: SandboxDatabase, orderNo: string, amount: string): Promise<void> {
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

const openOrder = (tx: SandboxDatabase, orderNo: string): Promise<Row> =>
  one(tx, 'PS_DOC_HDR', { TKT_NO: orderNo, DOC_TYP: 'O' });
const orderLines = async (tx: SandboxDatabase, docId: string): Promise<Row[]> =>
  (await tx.rows('PS_DOC_LIN', { DOC_ID: docId })).sort((a, b) => Number(a['LIN_SEQ_NO']) - Number(b['LIN_SEQ_NO']));

async function one(tx: SandboxDatabase, table: string, where: Row): Promise<Row> {
  const [row] = await tx.rows(table, where);
  if (row === undefined) throw new Error(`${table} has no row ${JSON.stringify(where)}.`);
  return row;
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

async function log(
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

const now = (): string => new Date().toISOString().slice(0, 19);
const text = (value: string | number | null | undefined): string => String(value ?? '');
const number = (value: string | number | null | undefined): Decimal => new Decimal(value ?? 0);
