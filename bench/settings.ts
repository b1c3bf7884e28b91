import { configSchema } from '../config/schema';
import type { Settings } from '../domain/settings';

/** The configuration of the sandbox's web store, with a pay code for every method of the order factory. */
export const benchSettings = (url: string, writers: number): Settings =>
  configSchema.parse({
    instance: 'bench',
    environment: 'test',
    timezone: 'America/New_York',
    magento: {
      baseUrl: 'http://127.0.0.1:1',
      auth: { kind: 'token', token: 'none' },
      import: { statuses: ['pending'], from: '2026-01-01' },
    },
    counterpoint: {
      connection: { kind: 'sandbox', url, poolMax: writers + 1 },
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
      giftcardaccount: { payCode: 'GIFTCARD', kind: 'cash' },
      customerbalance: { payCode: 'CREDIT', kind: 'cash' },
      reward: { payCode: 'CREDIT', kind: 'cash' },
      '*': { payCode: 'CARD', kind: 'cash' },
    },
    shipping: { shipVia: { '*': 'BEST' } },
  });
