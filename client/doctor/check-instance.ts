import type { Shop } from '../../domain/ports/shop';
import type { Connection } from '@temporalio/client';
import { loadHooks } from '../../activities/hooks';
import { openStore, type Store } from '../../counterpoint';
import { CantusError } from '../../domain/errors';
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes';
import type { Settings } from '../../domain/settings';
import { compareShippingTax, shippingTaxOf } from '../../domain/document/money/shipping-tax';
import type { ShopOrder } from '../../domain/shop/order';
import { startOfStoreDay } from '../../domain/time';
import { createShop } from '../../magento';
import { CannotRun } from '../output';
import { withEngine } from '../session';

export interface Finding {
  readonly area: 'configuration' | 'hooks' | 'shop' | 'temporal' | 'counterpoint' | 'taxes';
  readonly level: 'ok' | 'note' | 'warning' | 'problem';
  readonly message: string;
}

/** Orders of the shop that are looked at for its shipping tax. */
const SAMPLE = 25;

/** Every area is looked at, whatever the others say. */
export async function checkInstance(settings: Settings): Promise<Finding[]> {
  const shop = createShop(settings.magento);
  const store = await openStore(settings);
  try {
    const database = await guarded('counterpoint', () => checkDatabase(store));
    const shopFindings = await guarded('shop', () => checkShop(settings, shop));
    const comparable = [...database, ...shopFindings].every(({ level }) => level !== 'problem');
    return [
      { area: 'configuration', level: 'ok', message: `instance ${settings.instance} (${settings.environment})` },
      ...(await guarded('hooks', async () => checkHooks(settings))),
      ...shopFindings,
      ...(await guarded('temporal', checkTemporal)),
      ...database,
      ...(database.every(({ level }) => level !== 'problem')
        ? await guarded('counterpoint', () => checkItems(store))
        : []),
      ...(comparable ? await guarded('taxes', () => checkTaxes(settings, shop, store)) : []),
    ];
  } finally {
    await store.close();
  }
}

async function guarded(area: Finding['area'], look: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof CantusError || error instanceof CannotRun)
      return [{ area, level: 'problem', message: error.message }];
    throw error;
  }
}

function checkHooks({ hooks }: Settings): Finding[] {
  if (hooks.module === null) return [];
  if (!hooks.enabled) return [{ area: 'hooks', level: 'note', message: 'all hooks are turned off (hooks.enabled)' }];
  const names = Object.entries(loadHooks(hooks.module)).filter(([, hook]) => typeof hook === 'function');
  return [{ area: 'hooks', level: 'ok', message: names.map(([name]) => name).join(', ') }];
}

async function checkShop(settings: Settings, shop: Shop): Promise<Finding[]> {
  const { modules, storeConfigs } = await shop.facts();
  const { candidates } = await sample(settings, shop);
  const views = storeConfigs.map((view) => `${view.code} (${String(view.id)})`).join(', ');
  const known = new Set(storeConfigs.map((view) => String(view.id)));
  const named = [
    ...settings.magento.import.storeViews.map((id) => ['magento.import.storeViews', String(id)] as const),
    ...Object.keys(settings.counterpoint.stores).map((id) => ['counterpoint.stores', id] as const),
  ];
  return [
    {
      area: 'shop',
      level: 'ok',
      message: `answers; store views ${views}; ${modules === null ? 'its modules may not be seen' : `${String(modules.length)} modules`}`,
    },
    ...named
      .filter(([, id]) => !known.has(id))
      .map(([key, id]): Finding => ({
        area: 'shop',
        level: 'problem',
        message: `${key} names store view ${id}, which the shop does not have. Its store views: ${views}.`,
      })),
    {
      area: 'shop',
      level: 'ok',
      message:
        candidates.length === 0
          ? `no order was placed since ${settings.magento.import.from}`
          : `orders stand in ${[...new Set(candidates.map((order) => order.status ?? '?'))].join(', ')}`,
    },
  ];
}

async function sample(settings: Settings, shop: Shop) {
  const { statuses, from, storeViews } = settings.magento.import;
  const { inCounterpoint, partiallyReleased, final } = settings.magento.statuses;
  const page = await shop.candidates({
    statuses: [...new Set([...statuses, inCounterpoint, partiallyReleased, final])],
    from: startOfStoreDay(from, settings.timezone),
    storeViews,
    pageSize: SAMPLE,
  });
  return { candidates: page.orders };
}

const checkTemporal = (): Promise<Finding[]> =>
  withEngine(async ({ connection, namespace }) => {
    const missing = await missingAttributes(connection, namespace);
    return [
      { area: 'temporal', level: 'ok', message: `answers, namespace ${namespace}` },
      ...(missing.length === 0
        ? []
        : [
            {
              area: 'temporal',
              level: 'problem',
              message: `search attributes ${missing.join(', ')} are missing. Run cantus setup.`,
            } as const,
          ]),
    ];
  });

async function missingAttributes(connection: Connection, namespace: string): Promise<string[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return Object.keys(SEARCH_ATTRIBUTES).filter((name) => !Object.hasOwn(customAttributes, name));
}

async function checkDatabase(store: Store): Promise<Finding[]> {
  const problems = await store.target.check();
  return problems.length === 0
    ? [{ area: 'counterpoint', level: 'ok', message: 'tables, columns and codes are as they should be' }]
    : problems.map((message) => ({ area: 'counterpoint', level: 'problem', message }));
}

/** Only the orders with such a SKU would wait, so the worker starts all the same. */
const checkItems = async (store: Store): Promise<Finding[]> =>
  (await store.target.checkItems()).map((message) => ({ area: 'counterpoint', level: 'warning', message }));

async function checkTaxes(settings: Settings, shop: Shop, store: Store): Promise<Finding[]> {
  const { candidates } = await sample(settings, shop);
  const orders: ShopOrder[] = [];
  for (const { entityId } of candidates) orders.push(await shop.order(entityId));
  const finding = compareShippingTax(shippingTaxOf(orders), await store.target.miscChargeTaxed());
  return [{ area: 'taxes', ...finding }];
}
