import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WorkflowNotFoundError } from '@temporalio/client';
import { refused, transient } from '../../domain/errors';
import type { ReleaseTicket } from '../../domain/order/observation';
import type { Deps } from '../../passes/deps';
import { watchCounterpointPass } from '../../passes/watches';
import type { OrderKind } from '../../sandbox/shop';
import { looking, type Looking } from '../support/looking';

let sides: Looking;
const servers: Server[] = [];
beforeAll(async () => {
  sides = await looking();
}, 60_000);
afterAll(async () => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
  await sides.close();
});

/** Workflows that were started anew. */
const begun: string[] = [];

type Over = Partial<Pick<Deps, 'settings' | 'shop' | 'target'>>;

/** The watch as a worker runs it that knows how these orders ended; nothing but the database outlives it. */
async function pass(end: string | undefined, over: Over = {}): Promise<string[]> {
  const gone = (id: string): Error => new WorkflowNotFoundError('ended', id, undefined);
  const { running, signalled } = sides;
  const getHandle = (workflowId: string) => {
    const order = workflowId.split(':').at(-1) ?? '';
    return {
      signal: () => (running.has(order) ? Promise.resolve(signalled.push(order)) : Promise.reject(gone(workflowId))),
      describe: () => {
        if (end === undefined) return Promise.reject(gone(workflowId));
        const status = { name: end === 'terminated' ? 'TERMINATED' : 'COMPLETED' };
        const get = ({ name }: { name: string }) => (name === 'CantusState' ? end : undefined);
        return Promise.resolve({ workflowId, status, startTime: new Date(0), typedSearchAttributes: { get } });
      },
    };
  };
  const texts: string[] = [];
  const start = (_type: string, { workflowId }: { workflowId: string }) => Promise.resolve(begun.push(workflowId));
  const deps = {
    ...sides.deps,
    client: { workflow: { getHandle, start } },
    log: ({ code, channel }: { code?: string; channel?: string }, text: string) =>
      code === 'releasedAfterEnd' && channel === undefined && texts.push(text),
    ...over,
  } as unknown as Deps;
  await watchCounterpointPass(deps, () => undefined);
  return texts;
}

interface Ended {
  readonly order: string;
  readonly entityId: number;
}

/** An order that was released in part while it was followed, and of which nobody hears any more. */
async function ended(kind: OrderKind = 'authorised-two-lines'): Promise<Ended> {
  const { order, entityId } = await sides.imported(kind);
  await sides.bench.clerk().release({ order, lines: [{ sku: 'S1', qty: 1 }] });
  await pass('complete');
  sides.running.delete(order);
  return { order, entityId };
}

const clerk = () => sides.bench.clerk();

async function releaseLate({ order }: Ended): Promise<ReleaseTicket> {
  const no = await clerk().release({ order });
  const ticket = (await sides.bench.store.target.observe(order)).tickets.find((each) => each.no === no);
  if (!ticket) throw new Error(`no ticket ${no}`);
  return ticket;
}

describe('P-16 a release that comes after the end of its order is told of once', () => {
  test('with the order, the ticket and what to do, and by no later worker again', async () => {
    const late = await ended();
    const { no } = await releaseLate(late);
    const [text = '', ...more] = await pass('complete');
    expect(more).toEqual([]);
    for (const word of [late.order, no, 'who released it', 'void ticket', 'invoice and ship it by hand'])
      expect(text).toContain(word);
    expect(await pass('complete')).toEqual([]);
    // As a worker leaves it that was killed before it remembered the change.
    await sides.bench.database.query(`delete from cantus.seen where seen_key like 'T:%:${no}'`);
    await sides.bench.database.query(`delete from cantus.release_ticket where order_no = '${late.order}'`);
    expect(await pass('complete')).toEqual([]);
  });

  test('also where it was released and posted between two passes, or the order was cancelled', async () => {
    const posted = await ended();
    const { no } = await releaseLate(posted);
    await clerk().post(no);
    expect(await pass('complete')).toEqual([expect.stringContaining(no)]);
    const cancelled = await ended();
    const again = await releaseLate(cancelled);
    expect(await pass('cancelled')).toEqual([expect.stringContaining(again.no)]);
  });

  test('also where the engine has forgotten the order, as soon as the shop says that it is over', async () => {
    const forgotten = await ended();
    await releaseLate(forgotten);
    const closed = {
      ...sides.deps.shop,
      look: async (order: { incrementId: string }) => {
        const look = await sides.deps.shop.look(order);
        return { ...look, order: { ...look.order, state: 'complete' } };
      },
    } as Deps['shop'];
    expect(await pass(undefined, { shop: closed })).toHaveLength(1);
  });

  test('not where the engine has forgotten an order that is not over: it begins anew and does it itself', async () => {
    const unfinished = await ended();
    await releaseLate(unfinished);
    expect(await pass(undefined)).toEqual([]);
    expect(begun.map((id) => id.split(':').at(-1))).toEqual([unfinished.order]);
  });

  test('also where the shop does not show the order any more; what Counterpoint refuses to say is asked again', async () => {
    const deleted = await ended();
    const { no } = await releaseLate(deleted);
    const refuses = (code: string) => () => Promise.reject(refused({ code, message: 'No.' }));
    const blind = { ...sides.deps.target, observe: refuses('statementRefused') } as Deps['target'];
    expect(await pass('complete', { target: blind })).toEqual([]);
    const empty = { ...sides.deps.shop, look: refuses('orderGone') } as Deps['shop'];
    const [text = ''] = await pass('complete', { shop: empty });
    expect(text).toContain(`ticket ${no} was released`);
    expect(text).toContain('the shop does not show this order any more');
    expect(await pass('complete')).toEqual([]);
  });

  test('not where an invoice or a shipment of the shop stands for it', async () => {
    const { shop } = sides.deps;
    const invoiced = await ended();
    const first = await releaseLate(invoiced);
    const of = (late: Ended, ticket: ReleaseTicket) => ({ ...late, ticket, items: ticket.lines });
    await shop.invoice({ ...of(invoiced, first), capture: true });
    const shipped = await ended();
    const second = await releaseLate(shipped);
    await shop.ship({ ...of(shipped, second), tracks: [] });
    expect(await pass('complete')).toEqual([]);
  });

  test('not where what stands in the shop for the same goods passes to it', async () => {
    const { shop } = sides.deps;
    const late = await ended();
    const [first] = (await sides.bench.store.target.observe(late.order)).tickets;
    if (!first) throw new Error('no ticket');
    await shop.invoice({ ...late, ticket: first, items: first.lines, capture: true });
    await clerk().voidTicket(first.no);
    await clerk().release({ order: late.order, lines: [{ sku: 'S1', qty: 1 }] });
    expect(await pass('complete')).toEqual([]);
    const { no, lines } = await releaseLate(late);
    // Its parcel is gone, its money was never asked for.
    await sides.shop.shipByHand(late.order, Object.fromEntries(lines.map(([id, qty]) => [String(id), Number(qty)])));
    expect(await pass('complete')).toEqual([expect.stringContaining(no)]);
  });

  test('not where it was voided, nor where a person skipped the order, nor of a workflow that somebody terminated', async () => {
    const voided = await ended();
    await clerk().voidTicket((await releaseLate(voided)).no);
    expect(await pass('complete')).toEqual([]);
    await releaseLate(await ended());
    expect(await pass('skipped')).toEqual([]);
    await releaseLate(await ended());
    expect(await pass('terminated')).toEqual([]);
  });

  test('not where a decision names the ticket', async () => {
    const settled = await ended();
    const { guid } = await releaseLate(settled);
    const decided = { offline: [], accepted: [`cancelledInShop:cancelledGoods:${guid}`], ended: 'complete' as const };
    await sides.deps.notebook.keepDecisions(settled.order, decided);
    expect(await pass('complete')).toEqual([]);
  });

  test('of an order paid at the sale it is the shipment that is missing, where there is one to make', async () => {
    const paid = async (): Promise<Ended> => {
      const late = await ended('paid-at-sale');
      await sides.deps.notebook.keepDecisions(late.order, { offline: [], accepted: [], paidAtSale: true });
      await releaseLate(late);
      return late;
    };
    await paid();
    expect(await pass('complete')).toEqual([expect.stringContaining('the shop has no shipment for it')]);
    await paid();
    const { settings } = sides.deps;
    const off = { ...settings, tracking: { ...settings.tracking, inCounterpoint: false } };
    expect(await pass('complete', { settings: off })).toEqual([]);
  });
});

test('P-16 what the webhook or the shop does not take now is found again by the next pass', async () => {
  let answer = 500;
  const bodies: string[] = [];
  const server: Server = createServer((request, response) => {
    request.on('data', (data: Buffer) => answer === 200 && bodies.push(data.toString()));
    request.on('end', () => response.writeHead(answer).end());
  });
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  const settings = { ...sides.deps.settings, notifications: { webhook: { url } } } as unknown as Deps['settings'];
  const late = await ended();
  await releaseLate(late);
  const down = transient({ code: 'shopUnreachable', message: 'The shop does not answer.' });
  const away = { ...sides.deps.shop, look: () => Promise.reject(down) } as Deps['shop'];
  expect(await pass('complete', { settings, shop: away })).toEqual([]);
  expect(await pass('complete', { settings })).toHaveLength(1);
  expect(bodies).toEqual([]);
  answer = 200;
  expect(await pass('complete', { settings })).toEqual([]);
  expect(bodies.map((body) => (JSON.parse(body) as { order: string }).order)).toEqual([late.order]);
  expect(await pass('complete', { settings })).toEqual([]);
  expect(bodies).toHaveLength(1);
});

test('P-27 the day’s posting of orders that have ended asks neither the shop nor the engine', async () => {
  const { order } = await ended();
  await clerk().post(`${order}-01`);
  const asked = jest.fn(sides.deps.shop.look);
  expect(await pass('complete', { shop: { ...sides.deps.shop, look: asked } })).toEqual([]);
  expect(asked).not.toHaveBeenCalled();
  expect(await sides.bench.database.rows('PS_TKT_HIST', { TKT_NO: `${order}-01` })).toHaveLength(1);
});
