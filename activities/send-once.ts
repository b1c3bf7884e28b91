import type { TicketRef } from '../domain/order/observation';
import { LIMITS } from '../domain/limits';
import type { Claim } from '../domain/ports/shop';
import type { Intent, IntentKind } from '../domain/ports/notebook';
import { refusedCharge, unknownCharge } from '../domain/shop/charge-words';
import { ambiguous, CantusError } from '../domain/errors';
import type { Settings } from '../domain/settings';
import type { Deps } from '../passes/deps';

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
export const settledAfterSeconds = (settings: Settings): number =>
  LIMITS.settledAfterTimeouts * settings.magento.timeoutSeconds;

/** The shop's client looked a few times by itself and cannot tell what came of its call. */
const OPEN_OUTCOMES: readonly string[] = ['captureUnknown', 'invoiceUnknown', 'shipmentUnknown'];

/**
 * Lets a write to the shop happen once, whoever dies in between (P-06). `send` has to look by the ticket's marker before
 * it asks `claim`. Where an earlier attempt may have sent it already, it is looked for again and again until the shop
 * cannot be at it any more; only then it is sent again, or, where somebody would be charged, left to a person. A refusal
 * behind which a charge may stand leaves its note too, so that nothing but a person's word sends it again (P-24).
 * @throws CantusError ambiguous `captureUnknown` or `captureRefused`, and whatever `send` throws
 */
export async function sendOnce<T>(
  deps: Deps,
  sending: Sending,
  rest: Rest,
  send: (claim: Claim) => Promise<T>,
): Promise<T> {
  const settled = settledAfterSeconds(deps.settings);
  const pauseMs = (settled * 1_000) / LIMITS.looksUntilSettled;
  let soFar: SoFar = { settled, lookedInTime: false, unanswered: [] };
  for (;;) {
    const claim = claimOn(deps, sending, soFar);
    try {
      return await send(claim);
    } catch (error) {
      if (error instanceof GivenUp) throw error.end;
      if (isRefusedCharge(error)) throw naming(error, await claim.refuse());
      if (!isOpen(error)) throw error;
      const unanswered = error instanceof CantusError ? [...soFar.unanswered, error] : soFar.unanswered;
      const lookedInTime = error instanceof MayBeUnderWay && error.intent.age > settled;
      if (!lookedInTime) await rest(pauseMs);
      soFar = { settled, lookedInTime, unanswered };
    }
  }
}

/** Somebody sent it before, and the shop may still be at it. */
class MayBeUnderWay extends Error {
  constructor(readonly intent: Intent) {
    super('an earlier attempt may still be under way');
  }
}

/** It was sent and looked for often enough. */
class GivenUp extends Error {
  constructor(readonly end: CantusError) {
    super(end.message);
  }
}

const isOpen = (error: unknown): boolean =>
  error instanceof MayBeUnderWay || (error instanceof CantusError && OPEN_OUTCOMES.includes(error.code));

const isRefusedCharge = (error: unknown): error is CantusError =>
  error instanceof CantusError && error.code === 'captureRefused';

/** Says which sending it was, so that a person's word can be about this one. */
const naming = (error: CantusError, sentAt: string | null): CantusError =>
  sentAt === null ? error : new CantusError({ ...error.facts, sentAt }, error);

interface SoFar {
  readonly settled: number;
  readonly lookedInTime: boolean;
  /** What came of this attempt's own sendings, where that is not known. */
  readonly unanswered: readonly CantusError[];
}

function claimOn(
  deps: Deps,
  sending: Sending,
  { settled, lookedInTime, unanswered }: SoFar,
): Claim & { refuse(): Promise<string | null> } {
  const { order, kind, ticket } = sending;
  let mine: string | null = null;
  return {
    async take() {
      const before = await deps.notebook.intend(order, kind, ticket.guid);
      const intent = before.first ? before : await again(before);
      mine = intent.sentAt;
    },
    async giveBack() {
      if (mine === null) return;
      await deps.notebook.withdraw(order, kind, ticket.guid, mine).catch((error: unknown) => {
        // The next attempt then waits and looks for nothing: slower, and still right.
        deps.log({ instance: deps.settings.instance, order, err: error }, 'a refused sending could not be taken back');
      });
      mine = null;
    },
    /** Notes that the shop has refused it, behind which a charge may stand. @returns which sending it was */
    async refuse() {
      if (mine === null) return null;
      await deps.notebook.noteRefusal(order, kind, ticket.guid, mine).catch((error: unknown) => {
        // Whoever finds the note then looks for an answer that was lost: slower, and still nothing is repeated.
        deps.log({ instance: deps.settings.instance, order, err: error }, 'a refused charge could not be noted');
      });
      return mine;
    },
  };

  async function again(before: Intent): Promise<Intent> {
    // Whoever names this very sending has seen what came of it: there is nothing left to wait for.
    const named = sending.again === before.sentAt;
    if (before.refused && sending.charges && !named) throw new GivenUp(refusedBefore(sending, before));
    if (!before.refused && !named) {
      if (before.age <= settled || !lookedInTime) throw new MayBeUnderWay(before);
      if (!mayRepeat(deps.settings, sending) || unanswered.length >= LIMITS.sendings)
        throw new GivenUp(endOf(sending, before, unanswered.at(-1)));
    }
    deps.log(
      { instance: deps.settings.instance, order, ticket: ticket.no, kind, sentAt: before.sentAt },
      'nothing came of an earlier sending, sending again',
    );
    const intent = await deps.notebook.intend(order, kind, ticket.guid, before.sentAt);
    if (!intent.first) throw new MayBeUnderWay(intent);
    return intent;
  }
}

const mayRepeat = ({ captures }: Settings, { charges }: Sending): boolean => !charges || captures.ambiguous === 'retry';

/** Of a charge nobody knows what came; any other call is at the engine to repeat, unless it met what only people mend. */
function endOf(sending: Sending, before: Intent, last: CantusError | undefined): CantusError {
  if (sending.charges || last === undefined) return unknown(sending, before, last);
  return last.facts.reason === 'misconfigured' ? new CantusError({ ...last.facts, kind: 'misconfigured' }, last) : last;
}

const unknown = (
  { order, ticket }: Sending,
  { sentAt }: Pick<Intent, 'sentAt'>,
  last: CantusError | undefined,
): CantusError =>
  ambiguous({
    ...unknownCharge({ order, ticket: ticket.no }, 'The charge was sent, its answer was lost'),
    ...last?.facts,
    sentAt,
  });

/** `captures.ambiguous` is about answers that were lost; this one was given, and only its own name lifts it. */
const refusedBefore = ({ order, ticket }: Sending, { sentAt }: Intent): CantusError =>
  ambiguous({ ...refusedCharge({ order, ticket: ticket.no }), sentAt });
