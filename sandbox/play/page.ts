import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import Fastify from 'fastify';
import { isOrderKind, ORDER_KINDS } from '../shop';
import { readOpenLines, readOrderTickets } from './books';
import type { Stage } from './stage';

interface Act {
  readonly do: string;
  readonly order?: string;
  readonly kind?: string;
}

type Deed = (stage: Stage, act: Act & { readonly order: string }) => Promise<string>;

/** The page where one plays shopper and clerk; it only clicks what the sandbox can do. */
export async function startPage(stage: Stage, port = 0): Promise<{ url: string; close(): Promise<void> }> {
  const app = Fastify();
  const file = (name: string): string => readFileSync(join(__dirname, name), 'utf8');
  app.get('/', (_request, reply) => reply.type('text/html').send(file('page.html')));
  app.get('/page-script.js', (_request, reply) => reply.type('text/javascript').send(file('page-script.js')));
  app.get('/state', () => stateOf(stage));
  app.post<{ Body: Act }>('/act', async ({ body }) => ({ said: await carryOut(stage, body) }));
  await app.listen({ host: '127.0.0.1', port });
  const { port: own } = app.server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${String(own)}`, close: () => app.close() };
}

async function carryOut(stage: Stage, act: Act): Promise<string> {
  const deed = DEEDS[act.do];
  if (!deed) return `There is no button ${act.do}.`;
  try {
    return await deed(stage, { ...act, order: act.order ?? '' });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

let parcels = 0;

const DEEDS: Readonly<Record<string, Deed>> = {
  place: (stage, { kind }) => {
    if (kind === undefined || !isOrderKind(kind)) return Promise.resolve('Choose a kind of order.');
    return Promise.resolve(`Order ${stage.shop.place(kind).incrementId} (${kind}) was placed.`);
  },
  refuseNextCapture: (stage) => {
    stage.shop.gateway.refuseNext(1);
    return Promise.resolve('The next capture will be refused.');
  },
  killWorker: async (stage) => {
    await stage.worker.kill();
    return 'The worker was killed.';
  },
  startWorker: async (stage) => {
    await stage.worker.start();
    return 'The worker runs.';
  },
  releaseAll: async (stage, { order }) => `Ticket ${await stage.clerk.release({ order })} was saved.`,
  releasePart: async (stage, { order }) => {
    const [line] = await readOpenLines(stage.database, order);
    if (!line) return 'Nothing is left to release.';
    return `Ticket ${await stage.clerk.release({ order, lines: [{ line: line.line, qty: '1' }] })} was saved.`;
  },
  track: async (stage, { order }) => {
    const ticket = (await readOrderTickets(stage.database, order)).at(-1);
    if (!ticket) return 'There is no ticket yet.';
    const number = `1Z999AA1${String((parcels += 1)).padStart(8, '0')}`;
    await stage.clerk.addTracking(ticket.no, number);
    return `${number} was added to ticket ${ticket.no}.`;
  },
  post: async (stage, { order }) => {
    const saved = (await readOrderTickets(stage.database, order)).filter((ticket) => ticket.state === 'saved');
    for (const ticket of saved) await stage.clerk.post(ticket.no);
    return `${String(saved.length)} tickets were posted.`;
  },
  voidTicket: async (stage, { order }) => {
    const ticket = (await readOrderTickets(stage.database, order)).filter((each) => each.state === 'saved').at(-1);
    if (!ticket) return 'There is no unposted ticket to void.';
    await stage.clerk.voidTicket(ticket.no);
    return `Ticket ${ticket.no} was voided.`;
  },
  cancelInCounterpoint: async (stage, { order }) => {
    await stage.clerk.cancelOrder(order);
    return `Order ${order} was cancelled in Counterpoint.`;
  },
  cancelInShop: async (stage, { order }) =>
    (await stage.shop.cancel(order)) ? `Order ${order} was cancelled in the shop.` : 'The shop refuses to cancel it.',
  edit: async (stage, { order }) => `Order ${(await stage.shop.edit(order)).incrementId} replaces ${order}.`,
  hold: async (stage, { order }) => {
    await stage.shop.hold(order);
    return `Order ${order} is on hold.`;
  },
  unhold: (stage, { order }) => {
    stage.shop.unhold(order);
    return Promise.resolve(`Order ${order} is off hold.`);
  },
  retry: async (stage, { order }) => {
    const answer = await stage.cantus('orders', 'repair', order, 'retry', '--by', 'the sandbox page');
    return answer.code === 2 ? answer.stderr : `Order ${order} was told to try again.`;
  },
};

async function stateOf(stage: Stage): Promise<object> {
  const orders = [...stage.shop.orders()].reverse().slice(0, 50);
  return {
    worker: stage.worker.running ? 'running' : 'down',
    kinds: ORDER_KINDS,
    links: [
      ...(stage.addresses.temporalUi === null ? [] : [{ name: 'Temporal UI', url: stage.addresses.temporalUi }]),
      { name: 'Shop (REST)', url: `${stage.addresses.shop}/sandbox/orders` },
    ],
    orders: await Promise.all(orders.map(({ incrementId }) => orderOf(stage, incrementId))),
  };
}

async function orderOf(stage: Stage, order: string): Promise<object> {
  const view = await stage.view(order);
  const row = stage.shop.order(order);
  const { invoices, shipments, charges } = stage.shop.ledger(order);
  return {
    order,
    state: view?.state ?? 'not imported yet',
    open: view === undefined || !['complete', 'cancelled', 'skipped'].includes(view.state),
    attention: view?.attention?.reason ?? null,
    message: view?.attention?.message ?? null,
    shop: [
      `${String(row['status'])} (${String(row['state'])}), total ${String(row['base_grand_total'])}, paid ${JSON.stringify(row['total_paid'] ?? 0)}`,
      `${String(invoices.length)} invoices, ${String(shipments.length)} shipments, ${String(charges.length)} charges`,
    ],
    counterpoint: await counterpointLines(stage, order),
  };
}

async function counterpointLines(stage: Stage, order: string): Promise<string[]> {
  const lines = await readOpenLines(stage.database, order);
  const tickets = await readOrderTickets(stage.database, order);
  return [
    ...(lines.length > 0 ? [`open: ${lines.map((line) => `${line.open} × ${line.itemNo}`).join(', ')}`] : []),
    ...tickets.map(
      (ticket) =>
        `ticket ${ticket.no} ${ticket.state}${ticket.tracks.length > 0 ? `, ${ticket.tracks.join(', ')}` : ''}`,
    ),
  ];
}
