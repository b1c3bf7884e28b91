import { userInfo } from 'node:os';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import type { Command } from 'commander';
import { REPAIR_KINDS, type RepairKind } from '../../domain/attention';
import { orderCard, type OrderView } from '../../domain/order-view';
import { preview, type Repair } from '../../domain/repair';
import { command, oneInstance, type CommonOptions, type Done } from '../options';
import { CannotRun, print } from '../output';
import { withEngine } from '../session';
import { askOrder } from './handle';

interface RepairOptions extends CommonOptions {
  readonly instance?: string;
  readonly by: string;
  readonly note?: string;
  readonly sku?: string;
  readonly itemNo?: string;
  readonly preview: boolean;
}

export const repairCommand = (done: Done): Command =>
  command('repair', 'solve what an order waits for; the same order goes on')
    .argument('<order>', "the shop's order number")
    .argument('[kind]', `one of: ${REPAIR_KINDS.join(', ')}`, 'retry')
    .option('--sku <sku>', "mapSku: the shop's SKU")
    .option('--item-no <number>', 'mapSku: the Counterpoint item number')
    .option('--note <text>', 'why')
    .option('--by <name>', 'who decides', userInfo().username)
    .option('--preview', 'only say what it would do', false)
    .option('--instance <name>', 'which instance, when several are configured')
    .action(async (order: string, kind: string, options: RepairOptions) => {
      if (!isRepair(kind)) throw new CannotRun(`'${kind}' is no repair. Repairs are: ${REPAIR_KINDS.join(', ')}.`);
      const settings = await oneInstance(options);
      if (options.preview) {
        await showPreview(settings.instance, order, kind, options, done);
        return;
      }
      const view = await withEngine((engine) =>
        askOrder(engine, settings, order, (handle) =>
          handle.executeUpdate<OrderView, [Repair]>('repair', { args: [repairOf(kind, options)] }),
        ).catch(refusal),
      );
      print(options.json, view, () => orderCard(view));
      done(view.attention ? 1 : 0);
    });

async function showPreview(
  _instance: string,
  order: string,
  kind: RepairKind,
  options: RepairOptions,
  done: Done,
): Promise<void> {
  const settings = await oneInstance(options);
  const view = await withEngine((engine) =>
    askOrder(engine, settings, order, (handle) => handle.query<OrderView>('status')),
  );
  const answer = preview(kind, view);
  print(options.json, answer, () => (answer.allowed ? answer.effect : `${answer.effect} (not possible now)`));
  done(answer.allowed ? 0 : 1);
}

const isRepair = (kind: string): kind is RepairKind => (REPAIR_KINDS as readonly string[]).includes(kind);

const repairOf = (kind: RepairKind, options: RepairOptions): Repair => ({
  kind,
  by: options.by,
  ...(options.note === undefined ? {} : { note: options.note }),
  ...(options.sku === undefined ? {} : { sku: options.sku }),
  ...(options.itemNo === undefined ? {} : { itemNo: options.itemNo }),
});

const refusal = (error: unknown): never => {
  if (error instanceof WorkflowUpdateFailedError) throw new CannotRun(error.cause?.message ?? error.message);
  throw error;
};
