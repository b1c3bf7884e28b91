import { ApplicationFailure } from '@temporalio/common';
import type { Activities, FailureDetails, OrderNews } from '../../activities/contract';
import type { AttentionReason } from '../../domain/order/attention';
import type { KeptDecisions } from '../../domain/order/decision-rows';
import { NO_DECISIONS } from '../../domain/order/decisions';
import { DEFAULT_RULES, type RuleDifferences } from '../../domain/order/plan-rules';
import type { Action } from '../../domain/order/steps';
import type { World } from '../domain/order/world';

/** What a worker with the reference configuration says of its rules. */
const REFERENCE: RuleDifferences = { captureRetries: DEFAULT_RULES.captureRetries };

/** Failures to come, by activity name; each is thrown once. */
export type Troubles = Partial<Record<keyof Activities, ApplicationFailure[]>>;

/** The table of decisions, which outlives a run; `times`: how often something was written down. */
export interface Kept {
  current?: KeptDecisions;
  times: number;
}

export const refusal = (reason: AttentionReason, message: string, sentAt?: string): ApplicationFailure => {
  const sending = sentAt === undefined ? {} : { sentAt };
  const details: FailureDetails = { kind: 'refused', code: reason, reason, message, ...sending };
  return ApplicationFailure.create({ message, type: reason, nonRetryable: true, details: [details] });
};

export const hiccup = (): ApplicationFailure => {
  const details: FailureDetails = { kind: 'transient', code: 'connectionReset', message: 'The line went down.' };
  return ApplicationFailure.create({ message: 'The line went down.', type: 'connectionReset', details: [details] });
};

/** The activities over a World: what the engine is tested with when neither shop nor database matter. */
export function worldActivities(
  world: World,
  troubles: Troubles = {},
  rules: RuleDifferences = REFERENCE,
  kept: Kept = { times: 0 },
): {
  activities: Partial<Activities>;
  calls: string[];
  told: OrderNews[];
  /** What was to be invoiced, each time. */
  bills: Parameters<Activities['invoiceTicket']>[0][];
  /** What status was to be set, each time. */
  statuses: Parameters<Activities['setStatus']>[0][];
  kept: Kept;
} {
  const told: OrderNews[] = [];
  const calls: string[] = [];
  const bills: Parameters<Activities['invoiceTicket']>[0][] = [];
  const statuses: Parameters<Activities['setStatus']>[0][] = [];
  const called = (name: keyof Activities): void => {
    calls.push(name);
    const trouble = troubles[name]?.shift();
    if (trouble) throw trouble;
  };
  const carryOut = (action: Action): Promise<{ shop: World['shop']; store: World['store'] }> => {
    called(action.do);
    world.carryOut(action);
    return Promise.resolve(world.seen);
  };
  return {
    calls,
    told,
    bills,
    statuses,
    kept,
    activities: {
      observe: () => {
        called('observe');
        const { shop, store } = world.seen;
        if (shop.payment.kind === 'paid' && store.document === 'none' && kept.current?.paidAtSale !== true)
          kept.current = { ...NO_DECISIONS, ...kept.current, paidAtSale: true };
        return Promise.resolve({ ...world.seen, rules, ...(kept.current ? { decisions: kept.current } : {}) });
      },
      keepDecisions: ({ decided }) => {
        const trouble = troubles.keepDecisions?.shift();
        if (trouble) throw trouble;
        kept.current = decided;
        kept.times += 1;
        return Promise.resolve({ decisions: decided });
      },
      createDocument: () => carryOut({ do: 'createDocument' }),
      removeDocument: () => carryOut({ do: 'removeDocument' }),
      setStatus: (given) => {
        statuses.push(given);
        return carryOut({ do: 'setStatus', status: given.status, because: given.because });
      },
      invoiceTicket: (bill) => {
        bills.push(bill);
        const { ticket, items, capture } = bill;
        return carryOut({ do: 'invoiceTicket', ticket, items, capture });
      },
      shipTicket: ({ ticket, items, tracks }) => carryOut({ do: 'shipTicket', ticket, items, tracks }),
      addTracks: ({ ticket, shipmentId, tracks }) => carryOut({ do: 'addTracks', ticket, shipmentId, tracks }),
      cancelShopOrder: () => carryOut({ do: 'cancelShopOrder' }),
      whoAskedToCancel: () => {
        const trouble = troubles.whoAskedToCancel?.shift();
        if (trouble) throw trouble;
        return Promise.resolve({ by: 'ada@desk' });
      },
      notify: (news) => {
        const trouble = troubles.notify?.shift();
        if (trouble) throw trouble;
        told.push(news);
        return Promise.resolve();
      },
    },
  };
}
