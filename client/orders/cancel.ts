import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { command, oneInstance, type CommonOptions, type Done } from '../options';
import { print } from '../output';
import { withEngine } from '../session';
import { askOrder } from './handle';
import { oneOrder } from './which';

export const cancelCommand = (done: Done): Command =>
  command('cancel', 'cancel an order that is not released yet')
    .argument('<order>', "the shop's order number")
    .requiredOption('--reason <text>', 'why')
    .option('--by <name>', 'who asks', userInfo().username)
    .option('--instance <name>', 'which instance, when several are configured')
    .action(async (given: string, options: CommonOptions & { instance?: string; reason: string; by: string }) => {
      const settings = await oneInstance(options);
      const { reason, by } = options;
      const order = await withEngine(async (engine) => {
        const meant = await oneOrder(engine, settings, given);
        await askOrder(engine, settings, meant, (handle) => handle.signal('cancel', { reason, by }));
        return meant;
      });
      print(
        options.json,
        { order, signalled: true },
        () => `Order ${order} was asked to cancel. \`cantus orders show ${order}\` tells how it went.`,
      );
      done(0);
    });
