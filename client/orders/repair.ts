import { userInfo } from 'node:os';
import { WorkflowUpdateFailedError, WorkflowUpdateStage } from '@temporalio/client';
import type { Command } from 'commander';
import { ATTENTION_REASONS, REPAIR_KINDS, type AttentionReason, type RepairKind } from '../../domain/attention';
import { orderCard, type OrderView } from '../../domain/order-view';
import { isAboutSku, ruleKept } from '../../domain/item-rules';
import { ALWAYS, preview, type Repair } from '../../domain/repair';
import type { Settings } from '../../domain/settings';
import { command, oneInstance, settingsOf, type CommonOptions, type Done } from '../options';
import { CannotRun, print } from '../output';
import { withEngine, type Engine } from '../session';
import { askOrder, isNoAnswer } from './handle';
import { ordersInAttention, repairMany, type Repaired } from './repair-many';
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
  readonly always: boolean;
  readonly preview: boolean;
}

export const repairCommand = (done: Done): Command =>
  command('repair', 'solve what an order, or every order with one reason, waits for; the same orders go on')
    .argument('[order]', "the shop's order number; left out with --reason")
    .argument('[kind]', `one of: ${REPAIR_KINDS.join(', ')}; left out: retry`)
    .option('--reason <reason>', 'repair all orders that need attention for this reason')
    .option('--sku <sku>', "mapSku: the shop's SKU")
    .option('--item-no <number>', 'mapSku: the Counterpoint item number')
    .option('--always', 'mapSku: keep it as a rule for every later order', false)
    .option('--ticket <reference>', 'a ticket of your own about it, kept with the attention')
    .option('--release <ticket>', 'which release ticket is meant, where several wait')
    .option('--note <text>', 'why')
    .option('--by <name>', 'who decides', userInfo().username)
    .option('--preview', 'only say what it would do', false)
    .option('--instance <name>', 'which instance, when several are configured')
    .action(async (order: string | undefined, given: string | undefined, options: RepairOptions) => {
      if (options.reason !== undefined) {
        if (options.always)
          throw new CannotRun(
            '--always goes with one order: the rule is kept once, and the others that wait for it are sent on.',
          );
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
    const effect = options.always ? `${answer.effect} ${ALWAYS}` : answer.effect;
    print(options.json, { ...answer, effect }, () => (answer.allowed ? effect : `${effect} (not possible now)`));
    done(answer.allowed ? 0 : 1);
    return;
  }
  const repair = repairOf(kind, options);
  if (repair.always === true) {
    await withEngine(async (engine) =>
      keepRule({ engine, settings, order: await oneOrder(engine, settings, given) }, repair, options.json, done),
    );
    return;
  }
  const view = await withEngine(async (engine) =>
    sendRepair(engine, settings, await oneOrder(engine, settings, given), repair),
  );
  print(options.json, view, () => orderCard(view));
  done(view.attention ? 1 : 0);
}

/** A rule for every later order: those that wait for the same SKU go on with it as well. */
async function keepRule(
  { engine, settings, order }: { engine: Engine; settings: Settings; order: string },
  repair: Repair,
  json: boolean,
  done: Done,
): Promise<void> {
  const { sku = '', itemNo = '' } = repair;
  const view = await sendRepair(engine, settings, order, repair);
  const kept = view.timeline.some(({ what }) => what === ruleKept(sku, itemNo));
  const others = kept ? await sendOn(engine, settings, order, { sku, by: repair.by ?? 'repair' }) : [];
  print(json, { ...view, rule: { sku, itemNo, kept }, others }, () =>
    [orderCard(view), ...ruleInWords(settings.instance, { sku, itemNo, kept }, others)].join('\n'),
  );
  done(kept && view.attention === null && others.every(({ allowed }) => allowed) ? 0 : 1);
}

/** The other orders of the instance that wait for this SKU are tried again. */
async function sendOn(
  engine: Engine,
  settings: Settings,
  repaired: string,
  { sku, by }: { readonly sku: string; readonly by: string },
): Promise<readonly Repaired[]> {
  const waiting: string[] = [];
  for (const order of await ordersInAttention(engine, settings, 'unknownSku')) {
    if (order === repaired) continue;
    const { attention } = await viewOf(engine, settings, order);
    if (attention?.reason === 'unknownSku' && isAboutSku(attention.message, sku)) waiting.push(order);
  }
  return repairMany(settings.instance, waiting, async (order) =>
    effectOf(await sendRepair(engine, settings, order, { kind: 'retry', by })),
  );
}

const ruleInWords = (
  instance: string,
  { sku, itemNo, kept }: { readonly sku: string; readonly itemNo: string; readonly kept: boolean },
  others: readonly Repaired[],
): readonly string[] =>
  kept
    ? [
        `Rule kept: every order of ${instance} takes SKU "${sku}" for item ${itemNo} from now on. It is taken back by: cantus orders rules --remove "${sku}"`,
        ...(others.length === 0 ? [] : ['Other orders that waited for it were tried again:']),
        ...others.map(({ order, effect }) => `  ${order}: ${effect}`),
      ]
    : [`The rule for SKU "${sku}" is not kept yet. \`cantus orders rules\` shows which are.`];

const effectOf = ({ state, attention }: OrderView): Pick<Repaired, 'effect' | 'allowed'> => ({
  effect: attention ? `still needs attention: ${attention.reason}` : state,
  allowed: true,
});

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
        return effectOf(await sendRepair(engine, settings, order, repairOf(kind, options)));
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
  ...(options.always ? { always: true } : {}),
  ...(options.ticket === undefined ? {} : { ticket: options.ticket }),
  ...(options.release === undefined ? {} : { release: options.release }),
});

const refusal = (error: unknown): never => {
  if (error instanceof WorkflowUpdateFailedError) throw new CannotRun(error.cause?.message ?? error.message);
  throw error;
};
