import { LIMITS } from '../../domain/limits';
import { randomUUID } from 'node:crypto';
import { QUERY, SIGNAL } from '../../domain/engine-names';
import { userInfo } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import type { CancelOutcome } from '../../domain/people/cancel-answer';
import type { OrderView } from '../../domain/people/order-view';
import type { Settings } from '../../domain/settings';
import { command, oneInstance, type CommonOptions, type Done } from '../options';
import { print } from '../output';
import { withEngine, type Engine } from '../session';
import { askOrder } from './handle';
import { oneOrder } from './which';

interface Came {
  readonly order: string;
  readonly signalled: true;
  readonly state: OrderView['state'];
  readonly outcome: CancelOutcome;
  readonly why: string | null;
}

export const cancelCommand = (done: Done): Command =>
  command('cancel', 'cancel an order that is not released yet, and tell what came of it')
    .argument('<order>', "the shop's order number")
    .requiredOption('--reason <text>', 'why')
    .option('--by <name>', 'who asks', userInfo().username)
    .option('--instance <name>', 'which instance, when several are configured')
    .action(async (given: string, options: CommonOptions & { instance?: string; reason: string; by: string }) => {
      const settings = await oneInstance(options);
      const { reason, by } = options;
      const came = await withEngine(async (engine) => {
        const order = await oneOrder(engine, settings, given);
        const id = randomUUID();
        await askOrder(engine, settings, order, (handle) => handle.signal(SIGNAL.cancel, { reason, by, id }));
        return whatCame(engine, settings, order, id);
      });
      print(options.json, came, () => inWords(came));
      done(came.outcome === 'cancelled' || came.outcome === 'cancelledInShop' ? 0 : 1);
    });

const LOOK_EVERY_MS = 300;

async function whatCame(engine: Engine, settings: Settings, order: string, id: string): Promise<Came> {
  const until = Date.now() + LIMITS.cancelAnswerMs;
  for (;;) {
    const { state, cancel } = await askOrder(engine, settings, order, (handle) =>
      handle.query<OrderView>(QUERY.status),
    );
    const came = cancel?.id === id ? cancel : undefined;
    if ((came && came.outcome !== 'asked') || Date.now() >= until)
      return { order, signalled: true, state, outcome: came?.outcome ?? 'asked', why: came?.why ?? null };
    await pause(LOOK_EVERY_MS);
  }
}

function inWords({ order, outcome, why }: Came): string {
  const more = why === null ? '' : ` ${why}`;
  switch (outcome) {
    case 'cancelled':
      return `Order ${order} is cancelled.${more}`;
    case 'cancelledInShop':
      return `Order ${order} is cancelled in the shop.${more}`;
    case 'waits':
      return `Order ${order} is not cancelled yet.${more}`;
    case 'refused':
      return `Order ${order} is not cancelled.${more}`;
    case 'asked':
      return `Order ${order} was asked to cancel and is still at it. \`cantus orders show ${order}\` tells how it went.`;
  }
}
