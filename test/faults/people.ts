import { orderWorkflowId } from '../../domain/identities';
import { parseMarker } from '../../domain/shop/marker';
import type { Repair } from '../../domain/order/repair';
import { decimal } from '../../domain/money';
import { readOpenLines, readOrderTickets, type TicketBook } from '../../sandbox/play/books';
import type { Stage } from '../../sandbox/play/stage';
import { until } from '../../sandbox/play/until';
import type { Board } from './board';

let parcels = 0;
export const parcelNumber = (): string => `1Z${String((parcels += 1)).padStart(10, '0')}`;

export const isInvoiced = (stage: Stage, order: string, ticket: TicketBook): boolean =>
  stage.shop
    .ledger(order)
    .invoices.some(
      (invoice) =>
        invoice.state !== 3 && invoice.comments.some((each) => parseMarker([each.comment])?.guid === ticket.guid),
    );

/** Releases one piece of an order that has several, or all that is open. @returns the ticket's number */
export async function release(stage: Stage, order: string, onePieceOnly: boolean): Promise<string> {
  const lines = await readOpenLines(stage.database, order);
  const pieces = lines.reduce((sum, line) => sum.plus(line.open), decimal(0));
  const [first] = lines;
  const some = onePieceOnly && pieces.greaterThan(1) && first ? { lines: [{ line: first.line, qty: '1' }] } : {};
  return await stage.clerk.release({ order, ...some });
}

/** What the people of the shop do about an order that asks for them. @returns false: they leave it, it is owned */
export async function attend(stage: Stage, order: string, reason: string): Promise<boolean> {
  switch (reason) {
    case 'captureRefused':
    case 'captureUnknown': {
      // They look at the payment gateway, as the message tells them to.
      const { charges, invoices } = stage.shop.ledger(order);
      const paidFor = new Set(invoices.map((invoice) => invoice.transaction_id));
      await repair(
        stage,
        order,
        charges.some((charge) => !paidFor.has(charge.transaction)) ? 'invoiceOffline' : 'retry',
      );
      return true;
    }
    case 'cancelledInShop':
      await cancelInStore(stage, order);
      return true;
    case 'systemDown':
    case 'misconfigured':
      await repair(stage, order, 'retry');
      return true;
    case 'amountsDiffer':
      // A cent between the store's rounding of a part and the shop's; they take the shop's.
      await repair(stage, order, 'acceptDifference');
      return true;
    case 'waitingForPredecessor':
      return true;
    default:
      return false;
  }
}

/**
 * What the message asks for: what was released meanwhile is voided, what is still open is cancelled. A clerk who did
 * not know yet may have released goods after the shop had cancelled, so both have to be looked for.
 */
async function cancelInStore(stage: Stage, order: string): Promise<void> {
  for (const ticket of await readOrderTickets(stage.database, order))
    if (ticket.state === 'saved') await stage.clerk.voidTicket(ticket.no);
  const open = await stage.database.rows('PS_DOC_HDR', { TKT_NO: order, DOC_TYP: 'O' });
  if (open.length > 0) await stage.clerk.cancelOrder(order);
}

/** The attention may be gone by now, and the engine may be down; both are seen at the next look. */
async function repair(stage: Stage, order: string, kind: Repair['kind']): Promise<void> {
  const handle = stage.client.workflow.getHandle(orderWorkflowId(stage.instance, order));
  await handle.executeUpdate('repair', { args: [{ kind, by: 'test' }] }).catch(() => undefined);
}

const MOVE_EVERY_MS = 700;

/**
 * Plays clerk and merchant until the order has ended, or is left to somebody with a reason.
 * @param leaveGoods the clerk was told to release nothing of this order
 */
export async function seeThrough(
  stage: Stage,
  board: Board,
  order: string,
  { withinMs, leaveGoods }: { readonly withinMs: number; readonly leaveGoods: boolean },
): Promise<'ended' | 'owned'> {
  return await until(
    `${order} to end`,
    async () => {
      const standing = board.of(order);
      if (standing?.ended === true) return 'ended';
      if (standing !== undefined) {
        if (standing.attention !== null) {
          if (!(await attend(stage, order, standing.attention))) return 'owned';
        } else if (!leaveGoods) await moveOn(stage, order, standing.state);
      }
      await new Promise((resolve) => setTimeout(resolve, MOVE_EVERY_MS));
      return undefined;
    },
    withinMs,
  );
}

/** Ships what is invoiced, then releases the rest. */
async function moveOn(stage: Stage, order: string, state: string): Promise<void> {
  if (state === 'imported') return;
  const tickets = await readOrderTickets(stage.database, order);
  const paid = stage.shop
    .ledger(order)
    .invoices.some((invoice) => !invoice.comments.some((each) => parseMarker([each.comment])));
  for (const ticket of tickets) {
    if (ticket.state === 'voided') continue;
    if (ticket.tracks.length === 0) await stage.clerk.addTracking(ticket.no, parcelNumber());
    if (!paid && !isInvoiced(stage, order, ticket)) return;
  }
  if ((await readOpenLines(stage.database, order)).length > 0) await release(stage, order, false);
}
