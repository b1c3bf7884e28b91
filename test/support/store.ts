import { openStore, type Store } from '../../counterpoint';
import type { CounterpointSettings, Settings } from '../../domain/settings';
import { createClerk, type Clerk, type ClerkHabits, type SandboxDatabase } from '../../sandbox/counterpoint';
import { freshCounterpoint } from './postgres';

/** Settings of one instance on a sandbox database, with the reference's defaults. */
export function settings(
  connection: CounterpointSettings['connection'],
  counterpoint: Partial<CounterpointSettings> = {},
  instance = 'test',
): Settings {
  return {
    instance,
    environment: 'test',
    timezone: 'America/New_York',
    parties: { merchant: undefined, agency: undefined, maintainer: undefined },
    magento: {
      baseUrl: 'http://127.0.0.1:1',
      storeCode: 'all',
      auth: { kind: 'token', token: 't' },
      import: { statuses: ['pending'], from: '2026-01-01', storeViews: [], pageSize: 50 },
      statuses: {
        inCounterpoint: 'in_counterpoint',
        partiallyReleased: 'processing',
        final: 'complete',
        needsAttention: null,
        confirmedCancelled: null,
      },
      statusUpdates: 'auto',
      source: null,
      requestsPerSecond: 10,
      timeoutSeconds: 30,
    },
    counterpoint: {
      connection,
      store: 'WEB',
      station: '1',
      drawer: '1',
      user: 'WEB',
      workgroup: '1',
      stores: {},
      overrideReason: 'MAGENTO',
      taxCode: 'MAGENTO',
      noTaxCode: 'EXEMPT',
      taxAuthority: 'MAGENTO',
      taxRule: 'TAX',
      discountCode: 'WEBDISC',
      coupons: {},
      textPolicy: 'transliterate',
      customers: {
        match: ['link', 'email'],
        create: true,
        updateBilling: false,
        updateShipping: false,
        addShippingAddress: true,
      },
      commitInventory: true,
      cancel: { removeUntouched: true },
      ...counterpoint,
    },
    deposits: 'always',
    items: { map: {}, rules: [] },
    totals: {},
    payments: {
      checkmo: { payCode: 'CHECK', kind: 'cash' },
      cashondelivery: { payCode: 'COD', kind: 'cash' },
      banktransfer: { payCode: 'WIRE', kind: 'cash' },
      purchaseorder: { payCode: 'AR', kind: 'ar' },
      free: { kind: 'none' },
      paypal_express: { payCode: 'PAYPAL', kind: 'cash' },
      authnetcim: { payCode: 'CARD', kind: 'cash', capture: 'onRelease' },
    },
    shipping: { shipVia: { '*': 'BEST' }, carriers: { '*': { code: 'custom', title: 'Carrier' } } },
    tracking: { inCounterpoint: true, shipPostedWithoutNumber: false },
    captures: { retries: { attempts: 0, everyMinutes: 60 }, ambiguous: 'attention', pickupAt: null },
    ageLimits: {
      imported: 900,
      in_counterpoint: 259_200,
      partially_released: 604_800,
      invoiced: 259_200,
      shipped: 86_400,
    },
    silence: null,
    notifications: {},
    schedules: { import: 60, watchCounterpoint: 30, watchMagento: 300, census: '06:00' },
    hooks: { module: null, enabled: true },
  };
}

export interface StoreBench {
  readonly store: Store;
  readonly database: SandboxDatabase;
  readonly settings: Settings;
  clerk(habits?: Partial<ClerkHabits>): Clerk;
  /** Another store object on the same database, as a second worker has. */
  another(counterpoint?: Partial<CounterpointSettings>, instance?: string): Promise<Store>;
  close(): Promise<void>;
}

/** A prepared store on a fresh Counterpoint: of the test run's PostgreSQL, or of the engine `place` names. */
export async function storeBench(
  counterpoint: Partial<CounterpointSettings> = {},
  place: () => Promise<Place> = onPostgres,
): Promise<StoreBench> {
  const where = await place();
  const opened: Store[] = [];
  const open = async (over: Partial<CounterpointSettings>, instance?: string): Promise<Store> => {
    const store = await openStore(settings(where.connection, { ...counterpoint, ...over }, instance));
    opened.push(store);
    return store;
  };
  const store = await open({});
  await store.notebook.prepare();
  return {
    store,
    database: where.database,
    settings: settings(where.connection, counterpoint),
    clerk: (habits) => createClerk(where.database, habits),
    another: (over = {}, instance) => open(over, instance),
    async close() {
      await Promise.all(opened.map((each) => each.close()));
      await where.close();
    },
  };
}

export interface Place {
  readonly connection: CounterpointSettings['connection'];
  readonly database: SandboxDatabase;
  close(): Promise<void>;
}

export async function onPostgres(): Promise<Place> {
  const fresh = await freshCounterpoint();
  return {
    connection: { kind: 'sandbox', url: fresh.url, poolMax: 12 },
    database: fresh.database,
    close: () => fresh.close(),
  };
}
