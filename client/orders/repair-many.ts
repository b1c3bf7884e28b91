import { parseOrderWorkflowId } from '../../domain/identities';
import { ordersOf, RUNNING } from '../../domain/engine-names';
import type { AttentionReason } from '../../domain/order/attention';
import type { Settings } from '../../domain/settings';
import { CannotRun } from '../output';
import type { Engine } from '../session';

export interface Repaired {
  readonly instance: string;
  readonly order: string;
  /** What came of it, or, in a preview, what would. */
  readonly effect: string;
  readonly allowed: boolean;
  /** It still needs somebody, or is still at it. */
  readonly open?: true;
}

/** Open orders of an instance that need attention for this reason, by number. */
export async function ordersInAttention(
  engine: Engine,
  settings: Settings,
  reason: AttentionReason,
): Promise<readonly string[]> {
  const query = `${ordersOf(settings.instance)} AND ${RUNNING} AND CantusAttention = '${reason}'`;
  const orders: string[] = [];
  for await (const run of engine.client.workflow.list({ query })) {
    const found = parseOrderWorkflowId(run.workflowId);
    if (found) orders.push(found.order);
  }
  return orders.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

/** One after the other, so that a fault both systems share shows with the first; a refusal of one order stops no other. */
export async function repairMany(
  instance: string,
  orders: readonly string[],
  work: (order: string) => Promise<Omit<Repaired, 'instance' | 'order'>>,
): Promise<readonly Repaired[]> {
  const results: Repaired[] = [];
  for (const order of orders) {
    try {
      results.push({ instance, order, ...(await work(order)) });
    } catch (error) {
      if (!(error instanceof CannotRun)) throw error;
      results.push({ instance, order, effect: error.message, allowed: false });
    }
  }
  return results;
}
