import { z } from 'zod';
import type { Settings } from '../domain/settings';
import { items } from './item-rules';
import {
  baseUrl,
  day,
  duration,
  flag,
  hours,
  oneOf,
  positiveNumber,
  section,
  table,
  text,
  timeOfDay,
  timezone,
  url,
  wholeNumber,
} from './values';

/**
 * The configuration format; config-reference.yaml shows it with every default. A long file, because a format is read as
 * one piece: which key stands where, and what it is when nobody says.
 */

export const PARTIES = ['merchant', 'agency', 'maintainer'] as const;

const email = () => text('an e-mail address', /^[^\s@]+@[^\s@]+$/);
const party = section({ name: text(), email: email().exactOptional() });

const parties = section({
  merchant: party.optional(),
  agency: party.optional(),
  maintainer: party.optional(),
}).transform(({ merchant, agency, maintainer }) => ({ merchant, agency, maintainer }));

const AUTH_KINDS = 'kind: token with a token, or kind: oauth1 with its four keys';

const auth = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('token'), token: text() }, { error: 'the keys kind, token' }),
    z.strictObject(
      {
        kind: z.literal('oauth1'),
        consumerKey: text(),
        consumerSecret: text(),
        accessToken: text(),
        accessTokenSecret: text(),
      },
      { error: 'the keys kind, consumerKey, consumerSecret, accessToken, accessTokenSecret' },
    ),
  ],
  { error: AUTH_KINDS },
);

const SOURCE = 'an inventory source code, a table from Counterpoint location to source code, or null';

/** Magento's source codes hold no blanks; a location may be written as a number. */
const source = z.union(
  [text(SOURCE, /^\S+$/), z.record(z.string(), text(SOURCE, /^\S+$/)).refine((codes) => Object.keys(codes).length > 0)],
  { error: SOURCE },
);

const magento = section({
  baseUrl: baseUrl(),
  storeCode: text('a store code: letters, digits and underscores', /^\w+$/).default('all'),
  auth,
  import: section({
    statuses: z.array(text(), { error: 'a list of shop statuses' }).min(1, { error: 'at least one shop status' }),
    from: day(),
    storeViews: z.array(wholeNumber({ min: 0, max: 65_535 }), { error: 'a list of store view ids' }).default([]),
    pageSize: wholeNumber({ min: 1, max: 300 }).default(50),
  }),
  statuses: section({
    inCounterpoint: text().default('in_counterpoint'),
    partiallyReleased: text().default('processing'),
    final: text().default('complete'),
    needsAttention: text('a status or null').nullable().default('needs_attention'),
    confirmedCancelled: text('a status or null').nullable().default('confirmed_cancelled'),
  }),
  statusUpdates: oneOf(['comment', 'save', 'auto']).default('auto'),
  source: source.nullable().default(null),
  requestsPerSecond: positiveNumber(1_000).default(10),
  timeoutSeconds: wholeNumber({ min: 1, max: 600 }).default(30),
});

const poolMax = wholeNumber({ min: 1, max: 100 }).default(10);

const connection = z.discriminatedUnion(
  'kind',
  [
    z.strictObject(
      {
        kind: z.literal('sqlserver'),
        server: text(),
        port: wholeNumber({ min: 1, max: 65_535 }).default(1_433),
        database: text(),
        user: text(),
        password: text(),
        encrypt: flag().default(true),
        trustServerCertificate: flag().default(false),
        poolMax,
      },
      { error: 'the keys kind, server, port, database, user, password, encrypt, trustServerCertificate, poolMax' },
    ),
    z.strictObject(
      { kind: z.literal('sandbox'), url: url(['postgres', 'postgresql']), poolMax },
      { error: 'the keys kind, url, poolMax' },
    ),
  ],
  { error: 'kind: sqlserver with server, database, user and password, or kind: sandbox with url' },
);

const storeIds = { store: text(), station: text(), drawer: text() };

/** What a one-letter code column holds. */
const letter = () => text('one character', /^.$/);

const counterpoint = section({
  connection,
  ...storeIds,
  user: text(),
  workgroup: text().default('1'),
  stores: table(
    section(storeIds),
    'a table from store view id to store, station and drawer',
    z.string().regex(/^\d+$/, { error: 'a store view id' }),
  ),
  overrideReason: text().default('MAGENTO'),
  taxCode: text(),
  noTaxCode: text(),
  taxAuthority: text().default('MAGENTO'),
  taxRule: text().default('TAX'),
  discountCode: text().default('WEBDISC'),
  coupons: table(text(), 'a table from coupon code to discount code'),
  textPolicy: oneOf(['transliterate', 'reject']).default('transliterate'),
  customers: section({
    match: z
      .array(oneOf(['link', 'email']), { error: 'a list of link and email' })
      .min(1, { error: 'at least one of link, email' })
      .default(['link', 'email']),
    create: flag().default(true),
    updateBilling: flag().default(false),
    updateShipping: flag().default(false),
    addShippingAddress: flag().default(true),
  }),
  commitInventory: flag().default(true),
  cancel: section({ removeUntouched: flag().default(false) }),
  guesses: section({
    taxOverridden: letter().exactOptional(),
    depositAppliesTo: letter().exactOptional(),
    closedStatus: z.array(letter(), { error: 'a list of letters' }).exactOptional(),
    openSession: letter().exactOptional(),
    linesStartSelected: letter().exactOptional(),
    discountInStoreOnly: letter().exactOptional(),
    miscChargeTaxed: text('TABLE.COLUMN, such as PS_STR_CFG_PS.TAX_MISC_1', /^\w+\.\w+$/)
      .nullable()
      .exactOptional(),
  }),
});

const payment = section({
  payCode: text().exactOptional(),
  kind: oneOf(['cash', 'ar', 'none']),
  capture: oneOf(['onRelease', 'atSale', 'never']).exactOptional(),
  authorizationDays: wholeNumber({ min: 1, max: 365 }).exactOptional(),
}).superRefine((value, context) => {
  if (value.kind === 'none' || value.payCode !== undefined) return;
  context.addIssue({ code: 'custom', path: ['payCode'], message: 'a pay code, unless kind is none' });
});

const PAYMENTS: z.input<typeof paymentTable> = {
  checkmo: { payCode: 'CHECK', kind: 'cash' },
  cashondelivery: { payCode: 'COD', kind: 'cash' },
  banktransfer: { payCode: 'WIRE', kind: 'cash' },
  purchaseorder: { payCode: 'AR', kind: 'ar' },
  free: { kind: 'none' },
  paypal_express: { payCode: 'PAYPAL', kind: 'cash' },
  authnetcim: { payCode: 'CARD', kind: 'cash', capture: 'onRelease', authorizationDays: 30 },
};
const paymentTable = table(payment, 'a table from payment method to pay code and kind');

const carrier = section({ code: text(), title: text() });

const shipping = section({
  shipVia: table(text(), 'a table from shipping method to ship-via code').prefault({
    ups_GND: 'UPSG',
    flatrate_flatrate: 'BEST',
    '*': 'BEST',
  }),
  carriers: table(carrier, 'a table from ship-via code to carrier code and title').prefault({
    UPSG: { code: 'ups', title: 'UPS' },
    '*': { code: 'custom', title: 'Carrier' },
  }),
});

/** `email: null` reads as well as leaving the key out. */
const omitted = <Value extends z.ZodType>(value: Value) =>
  z.preprocess((given) => given ?? undefined, value.optional());

const notifications = section({
  email: omitted(
    section({
      smtp: url(['smtp', 'smtps']),
      from: text(),
      to: z
        .array(oneOf(PARTIES), { error: `a list of ${PARTIES.join(', ')}` })
        .min(1, { error: `at least one of ${PARTIES.join(', ')}` })
        .default(['merchant', 'agency']),
    }),
  ),
  webhook: omitted(section({ url: url(['http', 'https']) })),
}).transform(({ email, webhook }) => ({
  ...(email === undefined ? {} : { email }),
  ...(webhook === undefined ? {} : { webhook }),
}));

const silence = section({
  expectOrderEvery: duration().prefault('6h'),
  between: hours().default('08:00-22:00'),
})
  .nullable()
  .prefault({});

const TOTAL_PLACE = 'one of { payCode: CODE }, { miscCharge: 1 to 5 }, { item: ITEM_NO }';
const totalPlace = z.union(
  [
    z.strictObject({ payCode: text() }),
    z.strictObject({ miscCharge: wholeNumber({ min: 1, max: 5 }) }),
    z.strictObject({ item: text() }),
  ],
  { error: TOTAL_PLACE },
);

export const configSchema = section({
  instance: text('lower-case letters, digits and hyphens, such as acme-live', /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/),
  environment: oneOf(['test', 'live']).default('live'),
  timezone: timezone(),
  parties,
  magento,
  counterpoint,
  deposits: oneOf(['always', 'whenPaid']).default('always'),
  items,
  totals: table(totalPlace, 'a table from the name of a total to its place'),
  payments: paymentTable.prefault(PAYMENTS),
  shipping,
  tracking: section({ inCounterpoint: flag().default(true), shipPostedWithoutNumber: flag().default(false) }),
  captures: section({
    retries: section({
      attempts: wholeNumber({ min: 0, max: 100 }).default(0),
      everyMinutes: wholeNumber({ min: 1, max: 10_080 }).default(60),
    }),
    ambiguous: oneOf(['attention', 'retry']).default('attention'),
    pickupAt: timeOfDay().nullable().default('16:00'),
  }),
  ageLimits: section({
    imported: duration().prefault('15m'),
    in_counterpoint: duration().prefault('3d'),
    partially_released: duration().prefault('7d'),
    invoiced: duration().prefault('3d'),
    shipped: duration().prefault('1d'),
  }),
  silence,
  notifications,
  schedules: section({
    import: duration().prefault('60s'),
    watchCounterpoint: duration().prefault('30s'),
    watchMagento: duration().prefault('5m'),
    census: timeOfDay().default('06:00'),
  }),
  hooks: section({ module: text('a file or null').nullable().default(null), enabled: flag().default(true) }),
}) satisfies z.ZodType<Settings>;
