import type { Command } from 'commander';
import type { OrderView } from '../../domain/order-view';
import { orderCard } from '../../domain/order-view';
import { command, oneInstance, type CommonOptions, type Done } from '../options';
import { print } from '../output';
import { withEngine } from '../session';
import { askOrder } from './handle';

export const showCommand = (done: Done): Command =>
  command('show', 'everything known of one order')
    .argument('<order>', "the shop's order number")
    .option('--instance <name>', 'which instance, when several are configured')
    .action(async (order: string, options: CommonOptions & { instance?: string }) => {
      const settings = await oneInstance(options);
      const view = await withEngine((engine) =>
        askOrder(engine, settings, order, (handle) => handle.query<OrderView>('status')),
      );
      print(options.json, view, () => orderCard(view));
      done(view.attention ? 1 : 0);
    });
