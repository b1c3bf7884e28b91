import { userInfo } from 'node:os';
import { WorkflowUpdateFailedError, WorkflowUpdateStage } from '@temporalio/client';
import type { Command } from 'commander';
import { ATTENTION_REASONS, REPAIR_KINDS, type AttentionReason, type RepairKind } from '../../domain/attention';
import { orderCard, type OrderView } from '../../domain/order-view';
import { preview, type Repair } from '../../domain/repair';
import type { Settings } from '../../domain/settings';
import { command, oneInstance, settingsOf, type CommonOptions, type Done } from '../options';
import { CannotRun, print } from '../output';
import { withEngine, type Engine } from '../session';
import { askOrder, isNoAnswer } from './handle';
import { ordersInAttention, repairMany } from './repair-many';
import { oneOrder } from './which';

export interface RepairOptions extends CommonOptions {
  readonly instance?: string;
  readonly reason?: string;
  readonly by: string;
  readonly note?: string;
  readonly sku?: string;
  readonly itemNo?: string;
  readonly ticket?: string;
  readonly release?: string;
  readonly preview: boolean;
}

export const repairCommand = (done: Done): Command =>
  command('repair', 'solve what an order, or every order with one reason, waits for; the same orders go on')
    .argument('[order]', "the shop's order number; left out with --reason")
    .argument('[kind]', `one of: ${REPAIR_KINDS.join(', ')}; left out: retry`)
    .option('--reason <reason>', 'repair all orders that need attention for this reason')
    .option('--sku <sku>', "mapSku: the shop's SKU")
    .option('--item-no <number>', 'mapSku: the Counterpoint item number')
    .option('--ticket <reference>', 'a ticket of your own about it, kept with the attention')
    .option('--release <ticket>', 'which release ticket is meant, where several wait')
    .option('--note <text>', 'why')
    .option('--by <name>', 'who decides', userInfo().username)
    .option('--preview', 'only say what it would do', false)
    .option('--instance <name>', 'which instance, when several are configured')
    .action(async (order: string | undefined, given: string | undefined, options: RepairOptions) => {
      if (options.reason !== undefined) {
        await repairReason(options.reason, kindOf(order), options, done);
        return;
      }
      if (order === undefined) throw new CannotRun('Name an order, or a reason with --reason.');
      await repairOne(order, kindOf(given), options, done);
    });

async function repairOne(given: string, kind: RepairKind, options: RepairOptions, done: Done): Promise<void> {
  const settings = await oneInstance(options);
  if (options.preview) {
    const view = await withEngine(async (engine) => viewOf(engine, settings, await oneOrder(engine, settings, given)));
    const answer = preview(kind, view);
    print(options.json, answer, () => (answer.allowed ? answer.effect : `${answer.effect} (not possible now)`));
    done(answer.allowed ? 0 : 1);
    return;
  }
  const view = await withEngine(async (engine) =>
    sendRepair(engine, settings, await oneOrder(engine, settings, given), repairOf(kind, options)),
  );
  print(options.json, view, () => orderCard(view));
  done(view.attention ? 1 : 0);
}

/** Every instance's orders with one reason, at once (X-07); with --preview nothing is changed. */
async function repairReason(given: string, kind: RepairKind, options: RepairOptions, done: Done): Promise<void> {
  const reason = reasonOf(given);
  const instances = options.instance === undefined ? await settingsOf(options) : [await oneInstance(options)];
  const results = await withEngine(async (engine) => {
    const all: Awaited<ReturnType<typeof repairMany>>[number][] = [];
    for (const settings of instances) {
      const orders = await ordersInAttention(engine, settings, reason);
      const work = async (order: string): Promise<{ effect: string; allowed: boolean }> => {
        if (options.preview) {
          const { effect, allowed } = preview(kind, await viewOf(engine, settings, order));
          return { effect, allowed };
        }
        const { state, attention } = await sendRepair(engine, settings, order, repairOf(kind, options));
        return { effect: attention ? `still needs attention: ${attention.reason}` : state, allowed: true };
      };
      all.push(...(await repairMany(settings.instance, orders, work)));
    }
    return all;
  });
  print(options.json, { reason, kind, preview: options.preview, orders: results }, () =>
    results.length === 0
      ? `No order needs attention for ${reason}.`
      : [
          `${String(results.length)} orders with ${reason}, ${options.preview ? `what ${kind} would do` : kind}:`,
          ...results.map(
            ({ instance, order, effect, allowed }) =>
              `  ${instance} ${order}: ${effect}${allowed ? '' : ' (not possible now)'}`,
          ),
        ].join('\n'),
  );
  done(results.some(({ allowed }) => !allowed) ? 1 : 0);
}

const viewOf = (engine: Engine, settings: Settings, order: string): Promise<OrderView> =>
  askOrder(engine, settings, order, (handle) => handle.query<OrderView>('status'));

/** The order answers once it has done all it can for now, which takes as long as the shop and the database do. */
const DONE_WITHIN_MS = 90_000;

/** Sends the repair; one that was accepted and takes longer than anybody waits is told as that, with the order as it stands. */
async function sendRepair(engine: Engine, settings: Settings, order: string, repair: Repair): Promise<OrderView> {
  const update = await askOrder(engine, settings, order, (handle) =>
    handle.startUpdate<OrderView, [Repair]>('repair', {
      args: [repair],
      waitForStage: WorkflowUpdateStage.ACCEPTED,
    }),
  ).catch(refusal);
  try {
    return await engine.connection.withDeadline(Date.now() + DONE_WITHIN_MS, () => update.result());
  } catch (error) {
    if (!isNoAnswer(error)) return refusal(error);
    const view = await viewOf(engine, settings, order);
    process.stderr.write(
      `Order ${order} has taken the repair and is still at it. \`cantus orders show ${order}\` tells how it went.\n`,
    );
    return view;
  }
}

function kindOf(given: string | undefined): RepairKind {
  const kind = REPAIR_KINDS.find((each) => each === (given ?? 'retry'));
  if (kind === undefined)
    throw new CannotRun(`'${given ?? ''}' is no repair. Repairs are: ${REPAIR_KINDS.join(', ')}.`);
  return kind;
}

function reasonOf(given: string): AttentionReason {
  const reason = ATTENTION_REASONS.find((each) => each === given);
  if (reason === undefined)
    throw new CannotRun(`'${given}' is no reason. Reasons are: ${ATTENTION_REASONS.join(', ')}.`);
  return reason;
}

const repairOf = (kind: RepairKind, options: RepairOptions): Repair => ({
  kind,
  by: options.by,
  ...(options.note === undefined ? {} : { note: options.note }),
  ...(options.sku === undefined ? {} : { sku: options.sku }),
  ...(options.itemNo === undefined ? {} : { itemNo: options.itemNo }),
  ...(options.ticket === undefined ? {} : { ticket: options.ticket }),
  ...(options.release === undefined ? {} : { release: options.release }),
});

const refusal = (error: unknown): never => {
  if (error instanceof WorkflowUpdateFailedError) throw new CannotRun(error.cause?.message ?? error.message);
  throw error;
};
