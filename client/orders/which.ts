import type { OrderView } from '../../domain/people/order-view';
import { NEWEST_RUN, ordersOf, QUERY } from '../../domain/engine-names';
import { orderKey, parseOrderKey, parseOrderWorkflowId } from '../../domain/identities';
import type { Settings } from '../../domain/settings';
import { CannotRun } from '../output';
import type { Engine } from '../session';
import { askOrder } from './handle';

export interface Meant {
  /** The order's key. */
  readonly order: string;
  /** Others with the same number. */
  readonly also: readonly string[];
}

/**
 * The order somebody means by its number, or by number and entity_id (`000000012#57`) where several store views use one
 * number. The first of them is kept under the number alone; it answers to both forms.
 */
export async function orderMeant(engine: Engine, settings: Settings, given: string): Promise<Meant> {
  const { number, entityId } = parseOrderKey(given);
  const others = await namesakes(engine, settings, number);
  if (entityId === null || others.includes(given))
    return { order: given, also: entityId === null ? others : others.filter((other) => other !== given) };
  const first = await firstOf(engine, settings, number);
  return first === given ? { order: number, also: others } : { order: given, also: [] };
}

/**
 * The same for a command that changes something: it has to know which.
 * @throws CannotRun naming all of them when the number alone was given and several have it
 */
export async function oneOrder(engine: Engine, settings: Settings, given: string): Promise<string> {
  const { order, also } = await orderMeant(engine, settings, given);
  if (also.length === 0 || parseOrderKey(given).entityId !== null) return order;
  const all = [(await firstOf(engine, settings, order)) ?? order, ...also].join(' and ');
  throw new CannotRun(
    `Several orders of instance ${settings.instance} have the number ${given}: ${all}. Name one of them so.`,
  );
}

async function namesakes({ client }: Engine, { instance }: Settings, number: string): Promise<string[]> {
  const safe = number.replace(/['\\]/g, '');
  const query = `${ordersOf(instance)} AND CantusOrder STARTS_WITH '${safe}#' AND ${NEWEST_RUN}`;
  const found = new Set<string>();
  for await (const run of client.workflow.list({ query })) {
    const order = parseOrderWorkflowId(run.workflowId)?.order;
    if (order !== undefined && parseOrderKey(order).number === number) found.add(order);
  }
  return [...found].sort();
}

/** Number and entity_id of the order that is kept under the number alone. */
async function firstOf(engine: Engine, settings: Settings, number: string): Promise<string | null> {
  try {
    const { entityId } = await askOrder(engine, settings, number, (handle) => handle.query<OrderView>(QUERY.status));
    return entityId === undefined ? null : orderKey(number, entityId);
  } catch (error) {
    if (error instanceof CannotRun) return null;
    throw error;
  }
}
