/** The configuration of the sandbox's one merchant: quick schedules, otherwise the reference's own values. */
export function sandboxConfiguration(instance: string, shopUrl: string, databaseUrl: string): Record<string, unknown> {
  return {
    instance,
    environment: 'test',
    timezone: 'America/New_York',
    parties: {
      merchant: { name: 'Sandbox Outdoor' },
      agency: { name: 'Sandbox Agency' },
      maintainer: { name: 'Cantus' },
    },
    magento: {
      baseUrl: shopUrl,
      auth: { kind: 'token', token: '${SANDBOX_SHOP_TOKEN}' },
      import: { statuses: ['pending', 'processing'], from: '2025-01-01' },
      requestsPerSecond: 100,
      timeoutSeconds: 10,
    },
    counterpoint: {
      connection: { kind: 'sandbox', url: databaseUrl },
      store: 'WEB',
      station: '1',
      drawer: '1',
      user: 'WEB',
      taxCode: 'MAGENTO',
      noTaxCode: 'EXEMPT',
    },
    payments: {
      checkmo: { payCode: 'CHECK', kind: 'cash' },
      cashondelivery: { payCode: 'COD', kind: 'cash' },
      banktransfer: { payCode: 'WIRE', kind: 'cash' },
      purchaseorder: { payCode: 'AR', kind: 'ar' },
      free: { kind: 'none' },
      paypal_express: { payCode: 'PAYPAL', kind: 'cash' },
      authnetcim: { payCode: 'CARD', kind: 'cash', authorizationDays: 30 },
      testgateway: { payCode: 'CARD', kind: 'cash' },
    },
    shipping: {
      shipVia: { ups_GND: 'UPSG', '*': 'BEST' },
      carriers: { UPSG: { code: 'ups', title: 'UPS' }, '*': { code: 'custom', title: 'Carrier' } },
    },
    schedules: { import: '2s', watchCounterpoint: '1s', watchMagento: '2s' },
  };
}

/** Sections are merged key by key; everything else is replaced. */
export function merge(
  base: Readonly<Record<string, unknown>>,
  over: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = merged[key];
    merged[key] = isRecord(before) && isRecord(value) ? merge(before, value) : value;
  }
  return merged;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
