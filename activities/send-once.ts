import type { Intent, IntentKind } from '../counterpoint';
import { ambiguous, CantusError } from '../domain/errors';
import type { Settings } from '../domain/settings';
import type { TicketRef } from '../domain/steps';
import type { Claim } from '../magento';
import type { Deps } from './deps';

/** Waits; rejects when the worker is told to stop. */
export type Rest = (ms: number) => Promise<unknown>;

export interface Sending {
  readonly order: string;
  readonly kind: IntentKind;
  readonly ticket: TicketRef;
  /** Somebody is charged by it: an outcome that stays unknown is a person's to settle (`captures.ambiguous`). */
  readonly charges: boolean;
  /** `sentAt` of the sending whose outcome a person has looked up and found to be nothing. */
  readonly again?: string;
}

/** After an unanswered call the shop is given as long again as it may take to answer. */
export const settledAfterSeconds = (settings: Settings): number => 2 * settings.magento.timeoutSeconds;

const LOOKS_UNTIL_SETTLED = 8;
/** The shop's client looked a few times by itself and cannot tell what came of its call. */
const OPEN_OUTCOMES: readonly string[] = ['captureUnknown', 'invoiceUnknown', 'shipmentUnknown'];

/**
 * Lets a write to the shop happen once, whoever dies in between (P-06). `send` has to look by the ticket's marker before
 * it asks `claim`. Where an earlier attempt may have sent it already, it is looked for again and again until the shop
 * cannot be at it any more; only then it is sent again, or, where somebody would be charged, left to a person.
 * @throws CantusError ambiguous `captureUnknown`, and whatever `send` throws
 */
export async function sendOnce<T>(
  deps: Deps,
  sending: Sending,
  rest: Rest,
  send: (claim: Claim) => Promise<T>,
): Promise<T> {
  const settled = settledAfterSeconds(deps.settings);
  const pauseMs = (settled * 1_000) / LOOKS_UNTIL_SETTLED;
  for (let lookedInTime = false; ;) {
    try {
      return await send(claimOn(deps, sending, settled, lookedInTime));
    } catch (error) {
      if (!isOpen(error)) throw error;
      lookedInTime = error instanceof MayBeUnderWay && error.intent.age > settled;
      if (!lookedInTime) await rest(pauseMs);
    }
  }
}

/** Somebody sent it before, and the shop may still be at it. */
class MayBeUnderWay extends Error {
  constructor(readonly intent: Intent) {
    super('an earlier attempt may still be under way');
  }
}

const isOpen = (error: unknown): boolean =>
  error instanceof MayBeUnderWay ||
  (error instanceof CantusError && OPEN_OUTCOMES.includes(error.code) && error.facts.sentAt === undefined);

function claimOn(deps: Deps, sending: Sending, settled: number, lookedInTime: boolean): Claim {
  const { order, kind, ticket } = sending;
  let mine: string | null = null;
  return {
    async take() {
      const before = await deps.store.intend(order, kind, ticket.guid);
      const intent = before.first ? before : await again(before);
      mine = intent.sentAt;
    },
    async giveBack() {
      if (mine === null) return;
      await deps.store.withdraw(order, kind, ticket.guid, mine).catch((error: unknown) => {
        // The next attempt then waits and looks for nothing: slower, and still right.
        deps.log({ instance: deps.settings.instance, order, err: error }, 'a refused sending could not be taken back');
      });
      mine = null;
    },
  };

  async function again(before: Intent): Promise<Intent> {
    if (before.age <= settled || !lookedInTime) throw new MayBeUnderWay(before);
    if (!mayRepeat(deps.settings, sending, before)) throw unknown(sending, before);
    deps.log(
      { instance: deps.settings.instance, order, ticket: ticket.no, kind, sentAt: before.sentAt },
      'nothing came of an earlier sending, sending again',
    );
    const intent = await deps.store.intend(order, kind, ticket.guid, before.sentAt);
    if (!intent.first) throw new MayBeUnderWay(intent);
    return intent;
  }
}

const mayRepeat = ({ captures }: Settings, { charges, again }: Sending, { sentAt }: Intent): boolean =>
  !charges || captures.ambiguous === 'retry' || again === sentAt;

const unknown = ({ order, ticket }: Sending, { sentAt }: Intent): Error =>
  ambiguous({
    code: 'captureUnknown',
    reason: 'captureUnknown',
    order,
    sentAt,
    message: `It is not known whether the payment for ticket ${ticket.no} of order ${order} was taken: the charge was sent, its answer was lost, and the shop shows no invoice.`,
    remedy:
      'Look at the payment gateway whether this amount was taken: if it was not, retry; if it was, invoice without charging.',
  });
