import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { command, oneInstance, type CommonOptions, type Done } from '../options';
import { print } from '../output';
import { withEngine } from '../session';
import { askOrder } from './handle';

export const cancelCommand = (done: Done): Command =>
  command('cancel', 'cancel an order that is not released yet')
    .argument('<order>', "the shop's order number")
    .requiredOption('--reason <text>', 'why')
    .option('--by <name>', 'who asks', userInfo().username)
    .option('--instance <name>', 'which instance, when several are configured')
    .action(async (order: string, options: CommonOptions & { instance?: string; reason: string; by: string }) => {
      const settings = await oneInstance(options);
      const { reason, by } = options;
      await withEngine((engine) =>
        askOrder(engine, settings, order, (handle) => handle.signal('cancel', { reason, by })),
      );
      print(
        options.json,
        { order, signalled: true },
        () => `Order ${order} was asked to cancel. \`cantus orders show ${order}\` tells how it went.`,
      );
      done(0);
    });
