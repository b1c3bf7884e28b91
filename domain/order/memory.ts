import { ATTENTION, type AttentionReason, type RepairKind } from './attention';
import { warnOfLapseAt } from '../shop/authorization';
import { isAboutCharge, isAboutMoney, sendableAgain } from './charge-again';
import { liveTickets } from './lifecycle';
import type { Observation } from './observation';
import { afterTelling, type News } from '../people/order-news';
import { acceptanceKey } from './plan-step';
import type { Repair } from './repair';
import type { Memory } from './remembered';
import { flagKey } from './shop-flag';
import type { Attention, Problem, Step } from './steps';
import { unmarkedInvoices } from './tickets';
import { foreignKey } from './wants/by-hand';
import { settlesCounting, uncounted, uncountedKey } from './wants/counted';
import { chargeKey } from './wants/doubtful-charges';
import { tracksKey } from './wants/shipping';
import { paymentTraits } from '../shop/payment-traits';

/** Everything that can change what an order remembers. Instants in milliseconds. */
export type Happening =
  | { readonly what: 'looked'; readonly seen: Observation; readonly now: number }
  | { readonly what: 'done'; readonly step: ActStep; readonly seen: Observation | undefined }
  | { readonly what: 'failed'; readonly problem: Problem }
  | { readonly what: 'worked'; readonly action: string }
  | {
      readonly what: 'repaired';
      readonly repair: Repair;
      readonly attention: Attention;
      readonly seen: Observation | undefined;
      /** In histories of old, a decision that settles more than its own question (`settlesMore`) did not. */
      readonly asOfOld?: true;
    }
  | { readonly what: 'cancelAsked'; readonly reason: string; readonly by: string }
  | { readonly what: 'cancelRefused' }
  | { readonly what: 'woken' }
  | { readonly what: 'rested'; readonly now: number }
  | { readonly what: 'told'; readonly news: News }
  | { readonly what: 'attentionMoved'; readonly to: AttentionReason | undefined };

type ActStep = Extract<Step, { next: 'act' }>;

/** The one place where an order's memory changes. */
export function remember(memory: Memory, happened: Happening): Memory {
  switch (happened.what) {
    case 'looked':
      return afterLook(memory, happened.seen, happened.now);
    case 'done':
      return afterStep(memory, happened.step, happened.seen);
    case 'failed':
      return {
        ...memory,
        problems: [...memory.problems.filter(({ action }) => action !== happened.problem.action), happened.problem],
      };
    case 'worked':
      return withoutProblem(memory, happened.action);
    case 'repaired':
      return settledBeside(afterRepair(memory, happened.repair, happened.attention, happened.seen), happened);
    case 'cancelAsked':
      return { ...memory, cancel: { reason: happened.reason, by: happened.by } };
    case 'cancelRefused':
      return afterCancelRefused(memory);
    case 'woken':
      return { ...memory, problems: memory.problems.filter(isAboutMoney) };
    case 'rested':
      return afterRest(memory, happened.now);
    case 'told':
      return afterTelling(memory, happened.news);
    case 'attentionMoved':
      return happened.to === memory.reference?.reason ? memory : withoutReference(memory);
  }
}

const withoutProblem = (memory: Memory, action: string | undefined): Memory => ({
  ...memory,
  problems: action === undefined ? memory.problems : memory.problems.filter((problem) => problem.action !== action),
});

function withoutReference({ reference: _done, ...memory }: Memory): Memory {
  return memory;
}

/* ----- what was seen --------------------------------------------------------------------------------------------- */

function afterLook(memory: Memory, { shop, store }: Observation, now: number): Memory {
  const paidAtSale =
    memory.paidAtSale === undefined && paymentTraits(shop.payment).invoicedByShop && store.document === 'none'
      ? { paidAtSale: true }
      : {};
  const warnAt = warnOfLapseAt(shop);
  const { lapses } = shop.payment;
  const lapsing = warnAt !== null && warnAt <= now && lapses !== undefined ? { lapsing: lapses } : {};
  return { ...memory, ...paidAtSale, ...lapsing };
}

/** A request to cancel that cannot be met any more: goods are on their way. */
export const cancelIsTooLate = ({ cancel }: Memory, { store }: Observation): boolean =>
  cancel !== undefined && liveTickets(store).length > 0;

/* ----- what was done --------------------------------------------------------------------------------------------- */

/** What a carried-out step leaves behind; `seen` is the picture it was planned from. */
function afterStep(memory: Memory, { action, attention }: ActStep, seen: Observation | undefined): Memory {
  if (action.do !== 'setStatus') return memory;
  const { flagged, ...rest } = memory;
  switch (action.because) {
    case 'inCounterpoint':
      return { ...memory, marked: true };
    case 'partiallyReleased':
      return { ...memory, partTold: true };
    case 'needsAttention': {
      const again = flagged !== undefined && seen?.shop.status === action.status;
      const from = again ? flagged.from : (seen?.shop.status ?? undefined);
      return {
        ...rest,
        flagged: { key: attention ? flagKey(attention) : '', ...(from === undefined ? {} : { from }) },
      };
    }
    case 'attentionOver':
      return rest;
    default:
      return memory;
  }
}

function afterCancelRefused({ cancel: _dropped, cancelRemainder: _rest, ...memory }: Memory): Memory {
  return withoutProblem(memory, 'cancelShopOrder');
}

/** What was to be tried again by itself is due; a charge is named, so that this one sending may be repeated. */
function afterRest(memory: Memory, now: number): Memory {
  const isDue = ({ retryAt }: Problem): boolean => retryAt !== null && retryAt <= now;
  return sendableAgain(
    { ...memory, problems: memory.problems.filter((each) => !isDue(each)) },
    memory.problems.filter(isDue),
  );
}

/* ----- what a person decided ------------------------------------------------------------------------------------- */

function afterRepair(
  memory: Memory,
  { ticket, ...repair }: Repair,
  attention: Attention,
  seen: Observation | undefined,
): Memory {
  const referred = ticket === undefined ? memory : { ...memory, reference: { reason: attention.reason, ticket } };
  const freed = withoutProblem(referred, attention.action);
  switch (repair.kind) {
    case 'note':
      return referred;
    case 'retry':
      return chargesSettled(sentAgain(referred, freed, attention), attention, seen);
    case 'skip':
      return { ...freed, skip: true };
    case 'cancel':
      return { ...freed, cancel: { reason: repair.note ?? attention.reason, by: repair.by ?? 'repair' } };
    case 'confirmCancelled':
      return { ...freed, confirmedCancelled: true };
    case 'cancelRemainder':
      return { ...freed, cancelRemainder: true };
    case 'mapSku':
      return { ...freed, skus: { ...memory.skus, ...mapped(repair) } };
    case 'invoiceOffline':
      return chargesSettled({ ...freed, offline: [...memory.offline, ticketIn(attention)] }, attention, seen);
    case 'parcelHeld':
      return { ...referred, parcelsHeld: [...(memory.parcelsHeld ?? []), ticketIn(attention)] };
    case 'adopt':
      // The invoice that somebody made stands for the charge: nobody is charged on this word.
      return isAboutCharge(attention)
        ? accepting(freed, { ...attention, reason: 'manualInvoice' })
        : adopted(freed, attention, seen);
    case 'acceptDifference':
      return accepting(freed, attention);
  }
}

const ticketIn = ({ action }: Attention): string => action?.split(':')[1] ?? '';

const mapped = ({ sku, itemNo }: Repair): Readonly<Record<string, string>> =>
  sku === undefined || itemNo === undefined ? {} : { [sku]: itemNo };

const accepting = (memory: Memory, { reason, action }: Attention): Memory => ({
  ...memory,
  accepted: [...memory.accepted, acceptanceKey(reason, action)],
});

/** Who says "retry" about a charge has looked at the payment provider: this one sending came to nothing. */
const sentAgain = (memory: Memory, freed: Memory, { action, reason }: Attention): Memory =>
  sendableAgain(
    freed,
    memory.problems.filter((problem) => problem.action === action && problem.reason === reason),
  );

/** Who decides about a charge has looked at the payment provider: what voided tickets may have been paid is settled too. */
function chargesSettled(memory: Memory, attention: Attention, seen: Observation | undefined): Memory {
  const charged = seen?.store.tickets.filter(({ charge }) => charge !== undefined) ?? [];
  const keys = charged.map(chargeKey).filter((key) => !memory.accepted.includes(key));
  return !isAboutCharge(attention) || keys.length === 0
    ? memory
    : { ...memory, accepted: [...memory.accepted, ...keys] };
}

/** Decisions that settle more than the question they answer. */
export const settlesMore = (repair: Pick<Repair, 'kind'>, attention: Attention): boolean =>
  settlesCounting(repair, attention) ||
  (ACCEPTING.includes(repair.kind) && attention.settles !== undefined) ||
  (repair.kind === 'adopt' && (adoptsInvoices(attention) || adoptsTracks(attention)));

const ACCEPTING: readonly RepairKind[] = ['adopt', 'acceptDifference'];

const adoptsInvoices = ({ reason, action }: Attention): boolean =>
  ATTENTION[reason].adopts === 'invoice' && action?.startsWith('invoiceTicket:') === true;

const adoptsTracks = ({ reason, action }: Attention): boolean =>
  ATTENTION[reason].adopts === 'shipment' && action?.startsWith('addTracks:') === true;

/**
 * The amount that the shop does not count is known to who decided about its counters; numbers that were adopted as they
 * are on a shipment are not sent again; else what the same cause would ask is accepted with it. A step that ran into an
 * invoice made by hand names none: who adopts it means the invoices that are there.
 */
function settledBeside(
  memory: Memory,
  { repair, attention, seen, asOfOld }: Extract<Happening, { what: 'repaired' }>,
): Memory {
  if (!seen || asOfOld === true || !settlesMore(repair, attention)) return memory;
  const { shop } = seen;
  const keys = settlesCounting(repair, attention)
    ? uncounted(shop).isZero()
      ? []
      : [uncountedKey(shop)]
    : adoptsTracks(attention)
      ? [tracksKey(ticketIn(attention))]
      : (attention.settles ?? unmarkedInvoices(shop).map(({ id }) => foreignKey('manualInvoice', id)));
  return { ...memory, accepted: [...new Set([...memory.accepted, ...keys])] };
}

/** A hand-made invoice over the whole order stands for every ticket; anything smaller is accepted as it is. */
function adopted(memory: Memory, attention: Attention, seen: Observation | undefined): Memory {
  const whole =
    ATTENTION[attention.reason].adopts === 'invoice' && seen && paymentTraits(seen.shop.payment).invoicedByShop;
  return whole ? { ...memory, paidAtSale: true } : accepting(memory, attention);
}
