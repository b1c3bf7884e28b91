import type { Row, SandboxDatabase } from './database';

export interface SeedItem {
  readonly itemNo: string;
  readonly description: string;
  readonly price: string;
  readonly weight?: string;
  readonly type?: 'I' | 'N' | 'S';
  readonly taxable?: boolean;
  /** Grid cells by barcode: the shop's SKU → its dimensions. */
  readonly cells?: Readonly<Record<string, readonly [string, string?, string?]>>;
  readonly onHand?: number;
  /** Status, where the item is not active. */
  readonly status?: string;
  readonly kit?: boolean;
  /** Alternate unit 1: its barcode, its name, and how many stocking units it holds. */
  readonly alternate?: { readonly barcode: string; readonly unit: string; readonly holds: number };
  /** Further barcodes of the item itself. */
  readonly barcodes?: readonly string[];
}

export interface SeedOptions {
  /** SKUs beside the standard ones, each becoming a plain item. */
  readonly skus?: readonly string[];
  readonly items?: readonly SeedItem[];
}

/** The articles of the sample orders and of the sandbox shop. */
export const STANDARD_ITEMS: readonly SeedItem[] = [
  {
    itemNo: 'S1',
    description: 'Simple one',
    price: '10.00',
    weight: '1',
    alternate: { barcode: 'S1-CASE12', unit: 'CASE12', holds: 12 },
  },
  { itemNo: 'S2', description: 'Simple two', price: '7.37', weight: '1' },
  { itemNo: 'S3', description: 'Simple three', price: '25.00', weight: '2' },
  { itemNo: 'C-Red', description: 'Configurable, red', price: '20.00', weight: '1' },
  { itemNo: 'C-Blue', description: 'Configurable, blue', price: '20.00', weight: '1' },
  { itemNo: 'V1', description: 'Virtual one', price: '15.00', type: 'S' },
  { itemNo: 'BD-T', description: 'Bundle', price: '17.37', weight: '2' },
  { itemNo: 'BD-T-S1-S2', description: 'Bundle of two', price: '17.37', weight: '2' },
  { itemNo: 'MUG-BLUE', description: 'Mug blue', price: '12.50', weight: '0.9' },
  {
    itemNo: 'TEE',
    description: 'Tee shirt',
    price: '24.00',
    weight: '0.4',
    cells: { 'TEE-RED-M': ['RED', 'M'], 'TEE-RED-L': ['RED', 'L'] },
  },
  { itemNo: 'MUG-GIFT', description: 'Mug and tea', price: '19.00', kit: true },
  { itemNo: 'MUG-OLD', description: 'Mug of last year', price: '9.00', status: 'I' },
  { itemNo: 'TEA-GREEN', description: 'Green tea', price: '6.00', barcodes: ['4006381333931'] },
  { itemNo: 'TEA-BLACK', description: 'Black tea', price: '6.00', barcodes: ['4006381333931'] },
  { itemNo: 'CHAIR-OAK', description: 'Oak chair', price: '86.00', weight: '14' },
  { itemNo: 'TABLE-OAK-6', description: 'Oak table for six', price: '410.00', weight: '72' },
  { itemNo: 'SAMPLE-CLOTH', description: 'Cloth sample', price: '0.00', weight: '0.1' },
  { itemNo: 'CONSULT-15', description: 'Consultation, 15 minutes', price: '0.00', type: 'S' },
];

export const SEED = {
  store: 'WEB',
  station: '1',
  drawer: '1',
  user: 'WEB',
  workgroup: '1',
  location: 'MAIN',
  templateCustomer: 'TEMPLATE',
} as const;

const PAY_CODES: readonly (readonly [code: string, type: string, text: string])[] = [
  ['CHECK', 'C', 'Check'],
  ['COD', 'B', 'Cash on delivery'],
  ['WIRE', 'C', 'Bank transfer'],
  ['AR', 'A', 'A/R charge'],
  ['PAYPAL', 'O', 'PayPal'],
  ['CARD', 'R', 'Credit card'],
  ['GIFTCARD', 'G', 'Gift card'],
  ['CREDIT', 'S', 'Store credit'],
  ['CASH', 'B', 'Cash'],
];

/** Fills the code tables with a web store as an agency would have set it up. */
export async function seedCounterpoint(database: SandboxDatabase, options: SeedOptions = {}): Promise<void> {
  await database.transaction(async (tx) => {
    await seedStore(tx);
    await seedCodes(tx);
    await seedCustomers(tx);
    const extra = (options.skus ?? []).map((sku): SeedItem => ({
      itemNo: sku,
      description: sku.slice(0, 30),
      price: '10.00',
    }));
    const known = new Set<string>();
    for (const item of [...STANDARD_ITEMS, ...(options.items ?? []), ...extra]) {
      if (known.has(item.itemNo)) continue;
      known.add(item.itemNo);
      await seedItem(tx, item);
    }
  });
}

async function seedStore(tx: SandboxDatabase): Promise<void> {
  await tx.insert('PS_STR', { STR_ID: SEED.store, DESCR: 'Web store', STR_NO: 2 });
  await tx.insert('PS_STR_CFG_PS', {
    STR_ID: SEED.store,
    STK_LOC_ID: SEED.location,
    PRC_LOC_ID: SEED.location,
    WALK_IN_CUST_NO: 'CASH',
    NXT_TKT_NO: 'W-000100',
    NXT_ORD_NO: '100000',
    ORD_DEP_RECVD_ACCT_NO: '2300',
    ORD_DEP_FORF_ACCT_NO: '4900',
  });
  await tx.insert('PS_STA', { STR_ID: SEED.store, STA_ID: SEED.station, DESCR: 'Web station', STA_NO: 1 });
  await tx.insert('PS_STA_CFG_PS', { STR_ID: SEED.store, STA_ID: SEED.station });
  await tx.insert('PS_DRW', { STR_ID: SEED.store, DRW_ID: SEED.drawer, DESCR: 'Web drawer' });
  await tx.insert('PS_DRW_SESSION', {
    STR_ID: SEED.store,
    DRW_ID: SEED.drawer,
    DRW_SESSION_ID: '20111',
    STAT: 'A',
    OPEN_DT: '2026-11-01T08:00:00',
  });
  await tx.insert('SY_WRKGRP', {
    WRKGRP_ID: SEED.workgroup,
    THIS_STR_ID: SEED.store,
    NXT_CUST_NO: 'W00100',
    NXT_CUST_NO_AUTO: 'Y',
    TMPLT_CUST_NO: SEED.templateCustomer,
  });
  await tx.insert('SY_USR', { USR_ID: SEED.user, NAM: 'Web orders' });
  await tx.insert('IM_LOC', { LOC_ID: SEED.location, DESCR: 'Main warehouse' });
}

async function seedCodes(tx: SandboxDatabase): Promise<void> {
  for (const [code, type, text] of PAY_CODES)
    await tx.insert('SY_PAY_COD', { PAY_COD: code, PAY_TYP: type, DESCR: text });
  for (const code of ['UPSG', 'BEST', 'USPS', 'FEDEX'])
    await tx.insert('SY_SHIP_VIA_COD', { SHIP_VIA_COD: code, DESCR: code });
  for (const code of ['MAGENTO', 'EXEMPT']) await tx.insert('SY_TAX_COD', { TAX_COD: code, DESCR: code });
  await tx.insert('PS_DISC_COD', {
    DISC_ID: '101',
    DISC_COD: 'WEBDISC',
    DISC_DESCR: 'Web discount',
    DISC_TYP: 'B',
    APPLY_TO: 'L',
  });
  await tx.insert('PS_DISC_COD', {
    DISC_ID: '102',
    DISC_COD: 'WEBPCT',
    DISC_DESCR: 'Web discount in percent',
    DISC_TYP: 'Q',
    APPLY_TO: 'L',
  });
}

async function seedCustomers(tx: SandboxDatabase): Promise<void> {
  const customer = (row: Row): Row => ({
    CUST_TYP: 'C',
    CUST_NAM_TYP: 'P',
    STR_ID: SEED.store,
    SLS_REP: SEED.user,
    ...row,
  });
  await tx.insert(
    'AR_CUST',
    customer({
      CUST_NO: SEED.templateCustomer,
      NAM: 'Web template',
      NAM_UPR: 'WEB TEMPLATE',
      CATEG_COD: 'WEB',
      TERMS_COD: 'NET0',
      IS_ECOMM_CUST: 'Y',
    }),
  );
  await tx.insert(
    'AR_CUST',
    customer({ CUST_NO: 'CASH', NAM: 'Cash customer', NAM_UPR: 'CASH CUSTOMER', IS_ECOMM_CUST: 'N' }),
  );
  await tx.insert(
    'AR_CUST',
    customer({
      CUST_NO: 'AR001',
      NAM: 'Account Company',
      NAM_UPR: 'ACCOUNT COMPANY',
      CUST_NAM_TYP: 'B',
      CUST_TYP: 'A',
      ALLOW_AR_CHRG: 'Y',
      EMAIL_ADRS_1: 'accounts@company.example',
      IS_ECOMM_CUST: 'N',
    }),
  );
}

/** Adds one article with its stock at the web store's location. */
export async function seedItem(tx: SandboxDatabase, item: SeedItem): Promise<void> {
  const grid = item.cells !== undefined;
  await tx.insert('IM_ITEM', {
    ITEM_NO: item.itemNo,
    DESCR: item.description.slice(0, 30),
    LONG_DESCR: item.description.slice(0, 50),
    ITEM_TYP: item.type ?? 'I',
    TRK_METH: grid ? 'G' : 'N',
    STAT: item.status ?? 'A',
    IS_KIT_PAR: item.kit === true ? 'Y' : 'N',
    CATEG_COD: 'WEB',
    IS_TXBL: item.taxable === false ? 'N' : 'Y',
    STK_UNIT: 'EACH',
    ...(item.alternate === undefined
      ? {}
      : { ALT_1_UNIT: item.alternate.unit, ALT_1_NUMER: item.alternate.holds, ALT_1_DENOM: 1 }),
    WEIGHT: item.weight ?? '0',
    PRC_1: item.price,
    REG_PRC: item.price,
    LST_COST: '4.0000',
    BARCOD: null,
  });
  if ((item.type ?? 'I') !== 'I') return;
  const onHand = String(item.onHand ?? 100);
  await tx.insert('IM_INV', { ITEM_NO: item.itemNo, LOC_ID: SEED.location, QTY_ON_HND: onHand });
  let sequence = 0;
  const barcode = (row: Row): Promise<void> => {
    sequence += 1;
    return tx.insert('IM_BARCOD', { ITEM_NO: item.itemNo, SEQ_NO: sequence, ...row });
  };
  if (item.alternate !== undefined) await barcode({ BARCOD: item.alternate.barcode, UNIT: '1' });
  for (const code of item.barcodes ?? []) await barcode({ BARCOD: code });
  for (const [code, [first, second, third]] of Object.entries(item.cells ?? {})) {
    const cell = { DIM_1_UPR: first, DIM_2_UPR: second ?? '*', DIM_3_UPR: third ?? '*' };
    await barcode({ BARCOD: code, ...cell });
    await tx.insert('IM_INV_CELL', { ITEM_NO: item.itemNo, LOC_ID: SEED.location, ...cell, QTY_ON_HND: onHand });
  }
}
