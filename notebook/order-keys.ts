import { keysOf, type GivenKey, type Numbered } from '../domain/order-keys';
import type { NotebookContext } from './context';
import { cell, type Executor } from '../database/engine';
import { sql } from '../database/kysely';
import { inPortions } from '../database/portions';

/** The keys that were given to these orders, and to others of their numbers. */
export async function givenKeys(
  context: NotebookContext,
  orders: readonly Numbered[],
  on?: Executor,
): Promise<GivenKey[]> {
  const { engine, settings } = context;
  const found: GivenKey[] = [];
  for (const part of inPortions(orders)) {
    const [byEntity = [], byNumber = []] = await engine.read(
      [
        engine.db
          .selectFrom('cantus.order_key')
          .select(['entity_id', 'number', 'order_no'])
          .where('instance', '=', settings.instance)
          .where(
            'entity_id',
            'in',
            part.map(({ entityId }) => String(entityId)),
          ),
        engine.db
          .selectFrom('cantus.order_key')
          .select(['entity_id', 'number', 'order_no'])
          .where('instance', '=', settings.instance)
          .where('number', 'in', [...new Set(part.map(({ incrementId }) => incrementId))]),
      ],
      on,
    );
    for (const row of [...byEntity, ...byNumber])
      found.push({ entityId: Number(cell(row, 'entity_id')), number: cell(row, 'number'), key: cell(row, 'order_no') });
  }
  return [...new Map(found.map((each) => [each.entityId, each])).values()];
}

/** Gives each of these orders its key, once: two workers that do it at one moment give the same. */
export async function giveKeys(context: NotebookContext, orders: readonly Numbered[]): Promise<Map<number, string>> {
  if (orders.length === 0) return new Map();
  const { engine, settings } = context;
  const { instance } = settings;
  return engine.transaction('keys', async (on) => {
    await engine.write([engine.lock(`cantus:keys:${instance}`)], on);
    const given = await givenKeys(context, orders, on);
    const known = new Set(given.map(({ entityId }) => entityId));
    const keys = keysOf(orders, given);
    const fresh = orders.filter(({ entityId }) => !known.has(entityId));
    await engine.write(
      fresh.map(
        ({ entityId, incrementId }) =>
          sql`insert into cantus.order_key (instance, entity_id, number, order_no) values (${instance}, ${entityId}, ${incrementId}, ${keys.get(entityId) ?? incrementId})`,
      ),
      on,
    );
    return keys;
  });
}
