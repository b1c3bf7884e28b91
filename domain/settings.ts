import type { ItemSettings } from './item-rules';
import type { Money } from './money';

/** One instance's configuration after validation; the shape of config-reference.yaml. Durations are seconds. */
export interface Settings {
  readonly instance: string;
  readonly environment: 'test' | 'live';
  readonly timezone: string;
  readonly parties: Readonly<Record<'merchant' | 'agency' | 'maintainer', Party | undefined>>;
  readonly magento: MagentoSettings;
  readonly counterpoint: CounterpointSettings;
  readonly deposits: 'always' | 'whenPaid';
  readonly items: ItemSettings;
  /** A total beside goods, shipping, tax and discount → its place on the document. */
  readonly totals: Readonly<Record<string, TotalPlace>>;
  readonly payments: Readonly<Record<string, PaymentSetting>>;
  readonly shipping: {
    readonly shipVia: Readonly<Record<string, string>>;
    readonly carriers: Readonly<Record<string, Carrier>>;
  };
  readonly tracking: { readonly inCounterpoint: boolean; readonly shipPostedWithoutNumber: boolean };
  readonly captures: {
    readonly retries: { readonly attempts: number; readonly everyMinutes: number };
    readonly ambiguous: 'attention' | 'retry';
    /** Local time of day "HH:MM" of the carrier's pickup. */
    readonly pickupAt: string | null;
  };
  /** Seconds an order may stay in a state. */
  readonly ageLimits: Readonly<
    Record<'imported' | 'in_counterpoint' | 'partially_released' | 'invoiced' | 'shipped', number>
  >;
  readonly silence: { readonly expectOrderEvery: number; readonly between: string } | null;
  readonly notifications: {
    readonly email?: {
      readonly smtp: string;
      readonly from: string;
      readonly to: readonly ('merchant' | 'agency' | 'maintainer')[];
    };
    readonly webhook?: { readonly url: string };
  };
  readonly schedules: {
    readonly import: number;
    readonly watchCounterpoint: number;
    readonly watchMagento: number;
    /** Local time of day "HH:MM". */
    readonly census: string;
  };
  readonly hooks: { readonly module: string | null; readonly enabled: boolean };
}

/** A payment beside the order's own, a misc charge of the document, or a line with this item. */
export type TotalPlace = { readonly payCode: string } | { readonly miscCharge: number } | { readonly item: string };

export interface Party {
  readonly name: string;
  readonly email?: string;
}

export interface MagentoSettings {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly storeCode: string;
  readonly auth:
    | { readonly kind: 'token'; readonly token: string }
    | {
        readonly kind: 'oauth1';
        readonly consumerKey: string;
        readonly consumerSecret: string;
        readonly accessToken: string;
        readonly accessTokenSecret: string;
      };
  readonly import: {
    readonly statuses: readonly string[];
    /** Local day "YYYY-MM-DD"; nothing placed before it is imported. */
    readonly from: string;
    readonly storeViews: readonly number[];
    readonly pageSize: number;
  };
  readonly statuses: {
    readonly inCounterpoint: string;
    readonly partiallyReleased: string;
    readonly final: string;
    readonly needsAttention: string | null;
    readonly confirmedCancelled: string | null;
  };
  readonly statusUpdates: 'comment' | 'save' | 'auto';
  /** Inventory source code of shipments: one, or by Counterpoint location with `*` for all others; null: the shop's choice. */
  readonly source: string | Readonly<Record<string, string>> | null;
  readonly requestsPerSecond: number;
  readonly timeoutSeconds: number;
}

export interface StoreIds {
  readonly store: string;
  readonly station: string;
  readonly drawer: string;
}

export interface CounterpointSettings extends StoreIds {
  readonly connection:
    | {
        readonly kind: 'sqlserver';
        readonly server: string;
        readonly port: number;
        readonly database: string;
        readonly user: string;
        readonly password: string;
        readonly encrypt: boolean;
        readonly trustServerCertificate: boolean;
        readonly poolMax: number;
      }
    | { readonly kind: 'sandbox'; readonly url: string; readonly poolMax: number };
  readonly user: string;
  readonly workgroup: string;
  /** By shop store view id. */
  readonly stores: Readonly<Record<string, StoreIds>>;
  readonly overrideReason: string;
  readonly taxCode: string;
  readonly noTaxCode: string;
  readonly taxAuthority: string;
  readonly taxRule: string;
  readonly discountCode: string;
  readonly coupons: Readonly<Record<string, string>>;
  readonly textPolicy: 'transliterate' | 'reject';
  readonly customers: {
    readonly match: readonly ('link' | 'email')[];
    readonly create: boolean;
    readonly updateBilling: boolean;
    readonly updateShipping: boolean;
    readonly addShippingAddress: boolean;
  };
  readonly commitInventory: boolean;
  readonly cancel: { readonly removeUntouched: boolean };
  /** What a real database shows to be otherwise than guessed (`cantus doctor --probe`). */
  readonly guesses?: Partial<Guesses>;
}

/** Letters and places of Counterpoint's that are not documented; counterpoint/guesses.ts has each with its default. */
export interface Guesses {
  readonly taxOverridden: string;
  readonly depositAppliesTo: string;
  readonly closedStatus: readonly string[];
  readonly openSession: string;
  readonly linesStartSelected: string;
  readonly discountInStoreOnly: string;
  readonly miscChargeTaxed: string | null;
}

export interface PaymentSetting {
  readonly payCode?: string;
  readonly kind: 'cash' | 'ar' | 'none';
  readonly capture?: 'onRelease' | 'atSale' | 'never';
  readonly authorizationDays?: number;
}

export interface Carrier {
  readonly code: string;
  readonly title: string;
}

export type { Money };
