import type { SandboxDatabase } from '../database';
import type { ClerkHabits } from './habits';
import { cancel, reinstate, editQuantity, deleteLine, changePrice, addDeposit } from './orders';
import { type ReleaseRequest, release } from './release';
import { addTracking, post, voidTicket } from './tickets';

const HABITS: ClerkHabits = {
  orderLeaves: 'atPosting',
  quantityAfterRelease: 'whole',
  linksLines: true,
  linksTickets: true,
  voidKeepsRows: true,
  showsUnshipped: true,
};

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
