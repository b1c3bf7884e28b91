import { parseArgs } from 'node:util';
import { openStore, roundTrips, statementsSent, type Store } from '../counterpoint';
import { draftDocument } from '../domain/document';
import type { DocumentDraft } from '../domain/document/draft';
import { CantusError } from '../domain/errors';
import type { Settings } from '../domain/settings';
import type { ShopOrder } from '../domain/shop/order';
import { parseOrder } from '../magento';
import { createCounterpoint, createDatabase, startPostgres } from '../sandbox/counterpoint';
import { randomOrder } from '../sandbox/shop/order-factory/random-order';
import { benchSettings } from './settings';

/** What the requirement allows of one order on SQL Server's terms. */
const ROUND_TRIPS_ALLOWED = 8;
/** Shoppers the orders are spread over, so that most come back and some are new. */
const SHOPPERS = 400;
const ACCOUNT_EMAIL = 'accounts@company.example';

interface Result {
  readonly orders: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly lines: number;
  readonly writers: number;
  readonly seconds: number;
  readonly ordersPerSecond: number;
  readonly statementsPerOrder: number;
  readonly roundTripsPerOrder: number;
  readonly mostRoundTrips: number | null;
}

/** Writes mixed random orders through the store, without the workflow engine, and tells how fast and with how much talk. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      orders: { type: 'string', default: '2000' },
      writers: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
    },
  });
  const count = Number(values.orders);
  const writers = Number(values.writers);
  if (!(Number.isInteger(count) && count > 0 && Number.isInteger(writers) && writers > 0))
    throw new Error('--orders and --writers take whole numbers above zero.');
  const server = await startPostgres();
  try {
    const result = await measure(server, count, writers);
    process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : `${inWords(result)}\n`);
    if (result.roundTripsPerOrder > ROUND_TRIPS_ALLOWED) process.exitCode = 1;
  } finally {
    await server.close();
  }
}

async function measure(server: { url(database: string): string }, count: number, writers: number): Promise<Result> {
  await createDatabase(server.url('postgres'), 'bench');
  const url = server.url('bench');
  const settings = benchSettings(url, writers);
  const { drafts, refused } = draftsOf(count, settings);
  const database = await createCounterpoint(url, {
    skus: [...new Set(drafts.flatMap((draft) => draft.lines.map((line) => line.sku)))],
  });
  await database.update('AR_CUST', { EMAIL_ADRS_1: ACCOUNT_EMAIL }, { CUST_NO: 'AR001' });
  const store = await openStore(settings);
  try {
    await store.notebook.prepare();
    const problems = await store.target.check();
    if (problems.length > 0) throw new Error(problems.join('\n'));
    return { ...(await write(store, drafts, writers)), refused };
  } finally {
    await store.close();
    await database.close();
  }
}

function draftsOf(count: number, settings: Settings) {
  const drafts: DocumentDraft[] = [];
  const refused: Record<string, number> = {};
  for (let seed = 1; drafts.length < count; seed += 1) {
    try {
      drafts.push(draftDocument(withShopper(parseOrder(randomOrder(seed)), seed), settings));
    } catch (error) {
      // Orders that have to wait for a person are no work for the database.
      if (!(error instanceof CantusError)) throw error;
      refused[error.code] = (refused[error.code] ?? 0) + 1;
    }
  }
  return { drafts, refused };
}

function withShopper(order: ShopOrder, seed: number): ShopOrder {
  const onAccount = order.payment.method === 'purchaseorder';
  const email = onAccount ? ACCOUNT_EMAIL : `shopper-${String(seed % SHOPPERS)}@shop.example`;
  return { ...order, customer: { ...order.customer, id: null, email } };
}

async function write(
  store: Store,
  drafts: readonly DocumentDraft[],
  writers: number,
): Promise<Omit<Result, 'refused'>> {
  const trips = roundTrips();
  const statements = statementsSent();
  const began = process.hrtime.bigint();
  let most = 0;
  let at = 0;
  const writer = async (): Promise<void> => {
    for (let draft = drafts[at++]; draft !== undefined; draft = drafts[at++]) {
      const before = roundTrips();
      const { created } = await store.target.createDocument(draft);
      if (!created) throw new Error(`Order ${draft.order} was there already.`);
      most = Math.max(most, roundTrips() - before);
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  const orders = drafts.length;
  return {
    orders,
    lines: drafts.reduce((sum, draft) => sum + draft.lines.length, 0),
    writers,
    seconds,
    ordersPerSecond: orders / seconds,
    statementsPerOrder: (statementsSent() - statements) / orders,
    roundTripsPerOrder: (roundTrips() - trips) / orders,
    // With several writers at once the trips of one order cannot be told from another's.
    mostRoundTrips: writers === 1 ? most : null,
  };
}

function inWords(result: Result): string {
  const refused = Object.entries(result.refused).map(([code, times]) => `${code} ${String(times)}`);
  return [
    `${String(result.orders)} orders with ${String(result.lines)} lines written in ${result.seconds.toFixed(1)} s by ${String(result.writers)} writer(s): ${result.ordersPerSecond.toFixed(0)} orders/s`,
    `${result.statementsPerOrder.toFixed(1)} statements and ${result.roundTripsPerOrder.toFixed(2)} round trips per order on SQL Server's terms (allowed: ${String(ROUND_TRIPS_ALLOWED)})` +
      (result.mostRoundTrips === null ? '' : `, at most ${String(result.mostRoundTrips)}`),
    ...(refused.length === 0 ? [] : [`left out, because they wait for a person: ${refused.join(', ')}`]),
  ].join('\n');
}

main().catch((error: unknown) => {
  process.stderr.write(`bench: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 2;
});
