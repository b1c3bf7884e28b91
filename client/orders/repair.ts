import { userInfo } from 'node:os';
import { InvalidArgumentError, type Command } from 'commander';
import { ATTENTION_REASONS, REPAIR_KINDS, type AttentionReason, type RepairKind } from '../../domain/order/attention';
import { orderCard, type OrderView } from '../../domain/people/order-view';
import { isAboutSku, ruleKept } from '../../domain/item-rules';
import { ALWAYS, preview, type Repair } from '../../domain/order/repair';
import type { Settings } from '../../domain/settings';
import { command, oneInstance, settingsOf, type CommonOptions, type Done } from '../options';
import { CannotRun, print } from '../output';
import { withEngine, type Engine } from '../session';
import { ordersInAttention, repairMany, type Repaired } from './repair-many';
import { repairExit, sendRepair, stillAtIt, viewOf, WAIT_SECONDS, type Desk } from './send-repair';
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
  /** Seconds. */
  readonly wait: number;
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
    .option('--wait <seconds>', 'how long to wait for what comes of it', seconds, WAIT_SECONDS)
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
      keepRule(deskOf(engine, settings, options), await oneOrder(engine, settings, given), repair, options.json, done),
    );
    return;
  }
  const view = await withEngine(async (engine) =>
    sendRepair(deskOf(engine, settings, options), await oneOrder(engine, settings, given), repair),
  );
  print(options.json, view, () => inWords(view));
  done(repairExit(view));
}

const deskOf = (engine: Engine, settings: Settings, { wait }: RepairOptions): Desk => ({
  engine,
  settings,
  waitMs: wait * 1_000,
});

/** The order as it stood is no answer to a repair that is under way. */
const inWords = (view: OrderView): string => (view.stillAtIt ? stillAtIt(view.order) : orderCard(view));

/** A rule for every later order: those that wait for the same SKU go on with it as well. */
async function keepRule(desk: Desk, order: string, repair: Repair, json: boolean, done: Done): Promise<void> {
  const { sku = '', itemNo = '' } = repair;
  const view = await sendRepair(desk, order, repair);
  const kept = view.timeline.some(({ what }) => what === ruleKept(sku, itemNo));
  const others = kept ? await sendOn(desk, order, { sku, by: repair.by ?? 'repair' }) : [];
  print(json, { ...view, rule: { sku, itemNo, kept }, others }, () =>
    [inWords(view), ...ruleInWords(desk.settings.instance, { sku, itemNo, kept }, others)].join('\n'),
  );
  done(kept && repairExit(view) === 0 && others.every(({ allowed }) => allowed) ? 0 : 1);
}

/** The other orders of the instance that wait for this SKU are tried again. */
async function sendOn(
  desk: Desk,
  repaired: string,
  { sku, by }: { readonly sku: string; readonly by: string },
): Promise<readonly Repaired[]> {
  const { engine, settings } = desk;
  const waiting: string[] = [];
  for (const order of await ordersInAttention(engine, settings, 'unknownSku')) {
    if (order === repaired) continue;
    const { attention } = await viewOf(engine, settings, order);
    if (attention?.reason === 'unknownSku' && isAboutSku(attention.message, sku)) waiting.push(order);
  }
  return repairMany(settings.instance, waiting, async (order) =>
    effectOf(await sendRepair(desk, order, { kind: 'retry', by })),
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

const effectOf = (view: OrderView): Omit<Repaired, 'instance' | 'order'> => {
  const { order, state, attention } = view;
  if (view.stillAtIt) return { effect: stillAtIt(order), allowed: true, open: true };
  return attention
    ? { effect: `still needs attention: ${attention.reason}`, allowed: true, open: true }
    : { effect: state, allowed: true };
};

/** Every instance's orders with one reason, at once (X-07); with --preview nothing is changed. */
async function repairReason(given: string, kind: RepairKind, options: RepairOptions, done: Done): Promise<void> {
  const reason = reasonOf(given);
  const instances = options.instance === undefined ? await settingsOf(options) : [await oneInstance(options)];
  const results = await withEngine(async (engine) => {
    const all: Awaited<ReturnType<typeof repairMany>>[number][] = [];
    for (const settings of instances) {
      const orders = await ordersInAttention(engine, settings, reason);
      const work = async (order: string): Promise<Omit<Repaired, 'instance' | 'order'>> => {
        if (options.preview) {
          const { effect, allowed } = preview(kind, await viewOf(engine, settings, order));
          return { effect, allowed };
        }
        return effectOf(await sendRepair(deskOf(engine, settings, options), order, repairOf(kind, options)));
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
  done(results.some(({ allowed, open }) => !allowed || open === true) ? 1 : 0);
}

function seconds(given: string): number {
  const wait = Number(given);
  if (!(wait > 0)) throw new InvalidArgumentError('It is a number of seconds, such as 30.');
  return wait;
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
