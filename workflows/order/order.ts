import {
  allHandlersFinished,
  condition,
  continueAsNew,
  getExternalWorkflowHandle,
  isCancellation,
  log,
  patched,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { orderWorkflowId } from '../../domain/identities';
import { refuseRepair, type Repair } from '../../domain/order/repair';
import { actionKey, type Step } from '../../domain/order/steps';
import type { OrderView } from '../../domain/people/order-view';
import { heedingCancelRequests } from '../cancel-request';
import {
  cancelSignal,
  changedSignal,
  repairUpdate,
  statusQuery,
  type OrderInput,
  type OrderOutcome,
} from '../contract';
import { ask, tell } from '../policies';
import { keepRule } from './keep-rule';
import { OrderLife } from './life';
import type { AskedRepair } from './mailbox';
import { nextStep } from './next-step';
import { attempt, perform } from './perform';

/**
 * The life of one shop order: look at both sides, plan, act, and wait when nothing is left to do. It ends when the
 * order is complete, cancelled or skipped; whatever else happens is an attention it waits in.
 */
export async function order(input: OrderInput): Promise<OrderOutcome> {
  const life = new OrderLife(input);
  listen(life);
  return await heedingCancelRequests(
    (request) => {
      life.mail.buttonPressed(request);
    },
    () => live(life),
  );
}

async function live(life: OrderLife): Promise<OrderOutcome> {
  for (;;) {
    const step = await nextStep(life);
    life.publish(step);
    await tellPeople(life, step);
    if (step.next === 'end') return await end(life, step);
    if (step.next === 'act') await act(life, step);
    else {
      if (workflowInfo().continueAsNewSuggested || life.mail.isDeafToTheButton) await startAfresh(life);
      await life.rest();
      if (life.mail.takeButton() && patched('button-named')) await nameWhoPressed(life);
    }
  }
}

/* ----- what others may say and ask ------------------------------------------------------------------------------- */

/** Handlers only note what came; the loop acts on it. */
function listen(life: OrderLife): void {
  setHandler(
    changedSignal,
    () => {
      life.mail.wake();
    },
    { description: 'Look at the shop and at Counterpoint again now' },
  );
  setHandler(
    cancelSignal,
    (request) => {
      life.mail.askToCancel(request);
    },
    { description: 'Cancel this order: {reason, by}' },
  );
  setHandler(statusQuery, () => life.view(), { description: 'The whole picture of the order' });
  setHandler(repairUpdate, (repair) => takeRepair(life, repair), {
    description: 'Solve what the order waits for: {kind, by?, note?, …}',
    validator: (repair: Repair) => {
      const attention = life.meant(repair);
      const why = refuseRepair(repair, attention) ?? life.mail.refuse(repair, attention);
      if (why !== null) throw new Error(`Order ${life.input.order}: ${why}`);
    },
  });
}

/** @returns the picture once it shows what came of the repair */
async function takeRepair(life: OrderLife, repair: Repair): Promise<OrderView> {
  // A remark changes nothing about what the order does: nothing has to be looked at for it.
  if (repair.kind === 'note') {
    life.takeIn(repair);
    return life.view();
  }
  const asked: AskedRepair = { repair, takenAt: null };
  life.mail.announce(asked, life.meant(repair));
  if (repair.always === true && patched('keep-item-rule')) {
    try {
      life.journal.note(await keepRule(life.input, repair));
    } catch (error) {
      life.mail.withdraw(asked);
      throw error;
    }
    if (life.mail.isClosed) return life.view();
  }
  life.mail.post(asked);
  return (await life.mail.answered(asked)) ? life.view() : { ...life.view(), stillAtIt: true };
}

/* ----- what the order does ---------------------------------------------------------------------------------------- */

async function act(life: OrderLife, step: Extract<Step, { next: 'act' }>): Promise<void> {
  const before = life.seen;
  const problem = await attempt(life, actionKey(step.action), () => perform(life, step.action));
  if (!problem) life.remember({ what: 'done', step, seen: before });
  if (problem?.code === 'cancelRefused') life.dropCancel(problem.message);
}

/** People are told at once when they are needed, and when they are no longer; who cannot be told now is told later. */
async function tellPeople(life: OrderLife, step: Step): Promise<void> {
  for (const news of life.news(step)) {
    try {
      await tell.notify(news);
      life.remember({ what: 'told', news });
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

/** The engine tells a workflow that it is to be cancelled, not by whom: that stands in its history alone. */
async function nameWhoPressed(life: OrderLife): Promise<void> {
  const { order, instance } = life.input;
  try {
    const { by } = await ask.whoAskedToCancel({ order, run: workflowInfo().runId });
    if (by !== null) life.journal.note(`The engine's cancel request came from ${by}.`);
  } catch (error) {
    if (isCancellation(error)) throw error;
    log.warn('who asked to cancel could not be read', { instance, order });
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
  if (life.mail.hasMail()) return;
  life.mail.settle();
  await condition(() => life.mail.hasMail() || allHandlersFinished());
  if (!life.mail.hasMail()) await continueAsNew<typeof order>({ ...life.input, carry: life.carry() });
}
