import type { CounterpointSettings, Settings } from '../../../domain/settings';

const COUNTERPOINT: CounterpointSettings = {
  connection: { kind: 'sandbox', url: 'postgres://127.0.0.1:1/none', poolMax: 1 },
  store: 'WEB',
  station: '1',
  drawer: '1',
  user: 'WEB',
  workgroup: '1',
  stores: { '2': { store: 'WEB2', station: '7', drawer: '9' } },
  overrideReason: 'MAGENTO',
  taxCode: 'TAXED',
  noTaxCode: 'EXEMPT',
  taxAuthority: 'MAGENTO',
  taxRule: 'TAX',
  discountCode: 'WEBDISC',
  coupons: { SPRING10: 'SPRING' },
  textPolicy: 'transliterate',
  customers: {
    match: ['link', 'email'],
    create: true,
    updateBilling: false,
    updateShipping: false,
    addShippingAddress: true,
  },
  commitInventory: true,
  cancel: { removeUntouched: false },
};

const SETTINGS: Settings = {
  instance: 'document-tests',
  environment: 'test',
  timezone: 'America/New_York',
  parties: { merchant: undefined, agency: undefined, maintainer: undefined },
  magento: {
    baseUrl: 'https://shop.example',
    storeCode: 'all',
    auth: { kind: 'token', token: 'none' },
    import: { statuses: ['pending', 'processing'], from: '2026-01-01', storeViews: [], pageSize: 50 },
    statuses: {
      inCounterpoint: 'in_counterpoint',
      partiallyReleased: 'processing',
      final: 'complete',
      needsAttention: 'needs_attention',
      confirmedCancelled: 'confirmed_cancelled',
    },
    statusUpdates: 'auto',
    source: null,
    requestsPerSecond: 10,
    timeoutSeconds: 30,
  },
  counterpoint: COUNTERPOINT,
  deposits: 'always',
  items: { map: {}, rules: [] },
  totals: {},
  payments: {
    checkmo: { payCode: 'CHECK', kind: 'cash' },
    cashondelivery: { payCode: 'COD', kind: 'cash' },
    banktransfer: { payCode: 'WIRE', kind: 'cash' },
    ccsave: { payCode: 'SAVEDCC', kind: 'cash' },
    purchaseorder: { payCode: 'AR', kind: 'ar' },
    free: { kind: 'none' },
    paypal_express: { payCode: 'PAYPAL', kind: 'cash' },
    paypal_standard: { payCode: 'PAYPAL', kind: 'cash' },
    payflowpro: { payCode: 'PAYPAL', kind: 'cash' },
    authnetcim: { payCode: 'CARD', kind: 'cash', capture: 'onRelease', authorizationDays: 30 },
    authorizenet_acceptjs: { payCode: 'CARD', kind: 'cash' },
    authorizenet_directpost: { payCode: 'CARD', kind: 'cash' },
    giftcardaccount: { payCode: 'GIFTCARD', kind: 'cash' },
    customerbalance: { payCode: 'CREDIT', kind: 'cash' },
    reward: { payCode: 'POINTS', kind: 'cash' },
  },
  shipping: {
    shipVia: { ups_GND: 'UPSG', ups_03: 'UPSG', '*': 'BEST' },
    carriers: { '*': { code: 'custom', title: 'Carrier' } },
  },
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

type Changes = Partial<Omit<Settings, 'counterpoint'>> & { readonly counterpoint?: Partial<CounterpointSettings> };

/** A complete configuration with these keys changed. */
export const settingsWith = (changes: Changes = {}): Settings => ({
  ...SETTINGS,
  ...changes,
  counterpoint: { ...COUNTERPOINT, ...changes.counterpoint },
});
