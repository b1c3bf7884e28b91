import type { Command } from 'commander';
import { QUERY } from '../../domain/engine-names';
import type { OrderView } from '../../domain/people/order-view';
import { orderCard } from '../../domain/people/order-view';
import { command, oneInstance, type CommonOptions, type Done } from '../options';
import { print } from '../output';
import { withEngine } from '../session';
import { askOrder } from './handle';
import { orderMeant } from './which';

export const showCommand = (done: Done): Command =>
  command('show', 'everything known of one order')
    .argument('<order>', "the shop's order number, or number#entity_id where several orders have one number")
    .option('--instance <name>', 'which instance, when several are configured')
    .action(async (given: string, options: CommonOptions & { instance?: string }) => {
      const settings = await oneInstance(options);
      const { view, also } = await withEngine(async (engine) => {
        const meant = await orderMeant(engine, settings, given);
        const view = await askOrder(engine, settings, meant.order, (handle) => handle.query<OrderView>(QUERY.status));
        return { view, also: meant.also };
      });
      const answer = also.length === 0 ? view : { ...view, sameNumber: also };
      print(options.json, answer, () =>
        also.length === 0
          ? orderCard(view)
          : `${orderCard(view)}\n\nThe same number has order ${also.join(', ')}: \`cantus orders show '${also[0] ?? ''}'\`.`,
      );
      done(view.attention ? 1 : 0);
    });
