import {
  allHandlersFinished,
  condition,
  continueAsNew,
  getExternalWorkflowHandle,
  isCancellation,
  log,
  patched,
  workflowInfo,
} from '@temporalio/workflow';
import type { Seen } from '../activities/contract';
import { orderWorkflowId } from '../domain/identities';
import { remember } from '../domain/order/memory';
import type { Observation } from '../domain/order/observation';
import { plan } from '../domain/order/plan';
import { isShownUnreleased } from '../domain/order/shop-flag';
import { actionKey, type Action, type PlanRules, type Problem, type Step } from '../domain/order/steps';
import { isSettledAndGone, unseen } from '../domain/order/unseen';
import { heedingCancelRequests } from './cancel-request';
import { changedSignal, type OrderInput, type OrderOutcome } from './contract';
import { problemFrom } from './failures';
import { OrderLife } from './order-life';
import { look, shop, store, tell } from './policies';

/** Histories from before a part was told where the shop shows its status already go on as they were written. */
const PART_TOLD = 'part-told';
/** Histories from before decisions had a table of their own go on as they were written. */
const DECISIONS_KEPT = 'decisions-kept';
/** Likewise those from before an order could end that was deleted in the shop. */
const GONE_ORDERS_END = 'gone-orders-end';

/** Likewise those from before a row that the shop no longer owes was shown there while nothing was released. */
const SHOWN_UNRELEASED = 'shown-unreleased';

/**
 * The life of one shop order: look at both sides, plan, act, and wait when nothing is left to do. It ends when the
 * order is complete, cancelled or skipped; whatever else happens is an attention it waits in.
 */
export async function order(input: OrderInput): Promise<OrderOutcome> {
  const life = new OrderLife(input);
  return await heedingCancelRequests(
    (request) => {
      life.cancelRequested(request);
    },
    () => live(life),
  );
}

async function live(life: OrderLife): Promise<OrderOutcome> {
  for (;;) {
    const step = await keptFirst(life, await nextStep(life));
    life.publish(step);
    await tellPeople(life, step);
    if (step.next === 'end') return await end(life, step);
    if (step.next === 'act') await act(life, step);
    else {
      if (workflowInfo().continueAsNewSuggested || life.isDeafToTheButton) await startAfresh(life);
      await life.rest();
    }
  }
}

async function nextStep(life: OrderLife): Promise<Step> {
  if (!life.seen) {
    const unseen = await observe(life);
    if (unseen) return cannotSee(unseen, life);
  }
  if (!life.seen) return { next: 'wait', for: 'shop', state: life.view().state };
  const step = plan(life.input.order, life.seen, life.rules, life.memory);
  if (isShownUnreleased(step, life.seen) && !patched(SHOWN_UNRELEASED))
    return plan(life.input.order, life.seen, untold(life.rules), life.memory);
  if (!isCommentOnPart(step, life.seen) || patched(PART_TOLD)) return step;
  life.memory = { ...life.memory, partTold: true };
  return plan(life.input.order, life.seen, life.rules, life.memory);
}

const untold = (rules: PlanRules): PlanRules => ({ ...rules, statuses: { ...rules.statuses, needsAttention: null } });

const isCommentOnPart = (step: Step, { shop }: Observation): boolean =>
  step.next === 'act' &&
  step.action.do === 'setStatus' &&
  step.action.because === 'partiallyReleased' &&
  step.action.status === shop.status;

/** What people decided is written down before it takes effect (P-26): the engine's memory of it is a copy. */
async function keptFirst(life: OrderLife, step: Step): Promise<Step> {
  const decided = life.toKeep(step);
  if (!decided || !patched(DECISIONS_KEPT)) return step;
  const { order, entityId } = life.input;
  const problem = await attempt(life, 'keepDecisions', () => store.keepDecisions({ order, entityId, decided }));
  return problem ? cannotSee(problem, life) : step;
}

async function observe(life: OrderLife): Promise<Problem | undefined> {
  const { order, entityId } = life.input;
  return await attempt(life, 'observe', () => look.observe({ order, entityId }));
}

function cannotSee(problem: Problem, life: OrderLife): Step {
  const { state } = life.view();
  const asBefore = isSettledAndGone(problem, life.memory) && !patched(GONE_ORDERS_END);
  const memory = asBefore ? { ...life.memory, confirmedCancelled: false } : life.memory;
  return unseen(life.input.order, problem, state, memory);
}

async function act(life: OrderLife, step: Extract<Step, { next: 'act' }>): Promise<void> {
  const before = life.seen;
  const problem = await attempt(life, actionKey(step.action), () => perform(life, step.action));
  if (!problem) life.memory = remember(life.memory, { what: 'done', step, seen: before });
  if (problem?.code === 'cancelRefused') life.dropCancel(problem.message);
}

/** People are told at once when they are needed, and when they are no longer; who cannot be told now is told later. */
async function tellPeople(life: OrderLife, step: Step): Promise<void> {
  for (const news of life.news(step)) {
    try {
      await tell.notify(news);
      life.told(news);
    } catch (error) {
      if (isCancellation(error)) throw error;
      log.warn('people could not be told', {
        instance: life.input.instance,
        order: life.input.order,
        reason: news.reason,
      });
    }
  }
}

/** Runs one activity and takes in what it saw; its failure becomes a problem that the next plan knows of. */
async function attempt(life: OrderLife, key: string, run: () => Promise<Partial<Seen>>): Promise<Problem | undefined> {
  try {
    life.see(await run());
    life.succeeded(key);
    return undefined;
  } catch (error) {
    const problem = problemFrom(error, key, life.attemptsAt(key) + 1, Date.now(), life.rules);
    life.failed(problem);
    log.warn('step refused', { instance: life.input.instance, order: life.input.order, step: key, code: problem.code });
    return problem;
  }
}

async function perform(life: OrderLife, action: Action): Promise<Partial<Seen>> {
  const { order, entityId } = life.input;
  const at = { order, entityId };
  switch (action.do) {
    case 'createDocument': {
      const { skus } = life.memory;
      const { textChanges, notes, ...seen } = await store.createDocument(skus ? { ...at, skus } : at);
      for (const change of textChanges ?? [])
        life.note(`${change.field} was ${change.change} (${String(change.from)} → ${String(change.to)} characters).`);
      for (const note of notes ?? []) life.note(note);
      return seen;
    }
    case 'removeDocument':
      return await store.removeDocument(at);
    case 'setStatus': {
      const { do: _do, ...status } = action;
      return await shop.setStatus({ ...at, ...status });
    }
    case 'invoiceTicket': {
      const { do: _do, ...bill } = action;
      const seen = await shop.invoiceTicket({ ...at, ...bill });
      life.note(`Ticket ${action.ticket.no} invoiced${action.capture ? ' and captured' : ''}.`);
      return seen;
    }
    case 'shipTicket': {
      const { do: _do, ...parcel } = action;
      const seen = await shop.shipTicket({ ...at, ...parcel });
      life.note(
        `Ticket ${action.ticket.no} shipped${action.tracks.length > 0 ? ` with ${action.tracks.join(', ')}` : ''}.`,
      );
      return seen;
    }
    case 'addTracks': {
      const { do: _do, ...parcel } = action;
      const seen = await shop.addTracks({ ...at, ...parcel });
      life.note(`Tracking ${action.tracks.join(', ')} added to ticket ${action.ticket.no}.`);
      return seen;
    }
    case 'cancelShopOrder':
      return await shop.cancelShopOrder(at);
  }
}

/** An order that was replaced by an edit frees its successor when it ends (C5-71). */
async function end(life: OrderLife, step: Extract<Step, { next: 'end' }>): Promise<OrderOutcome> {
  const successor = life.seen?.shop.successor?.order;
  if (successor !== undefined && step.state === 'cancelled') {
    try {
      await getExternalWorkflowHandle(orderWorkflowId(life.input.instance, successor)).signal(changedSignal);
    } catch {
      log.info('the order that replaced this one is not open', { order: life.input.order, successor });
    }
  }
  life.close();
  await condition(allHandlersFinished);
  return { state: step.state, why: step.why };
}

/** Ends this run with all its order knows handed over; what is still unread is read first. */
async function startAfresh(life: OrderLife): Promise<void> {
  if (life.hasMail()) return;
  life.settle();
  await condition(() => life.hasMail() || allHandlersFinished());
  if (!life.hasMail()) await continueAsNew<typeof order>({ ...life.input, carry: life.carry() });
}
