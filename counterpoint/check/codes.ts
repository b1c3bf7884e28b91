import type { StoreIds } from '../../domain/settings';
import type { Columns } from '../../database/columns';
import { checkTotals } from './totals';
import type { Context } from '../context';
import { cell, type Row, type Statement } from '../../database/engine';
import { STORE_CONFIGURATION } from '../document/read-facts';
import { guessesOf } from '../guesses';
import { sql } from '../../database/kysely';
import { nextNumber } from '../document/numbers/counting';

const TAX_CODES = 'dbo.SY_TAX_COD';
/** DISC_TYP of codes whose amount or percentage is given with the order. */
const PROMPTED = ['B', 'Q'];

/** The codes the configuration names, looked up in Counterpoint's own tables. */
export async function checkCodes(context: Context, columns: Columns): Promise<string[]> {
  const { counterpoint, payments, shipping } = context.settings;
  const places = [counterpoint, ...Object.values(counterpoint.stores)].map(({ store, station, drawer }) => ({
    store,
    station,
    drawer,
  }));
  const payCodes = unique(Object.values(payments).flatMap((payment) => payment.payCode ?? []));
  const shipVia = unique(Object.values(shipping.shipVia));
  const discounts = unique([counterpoint.discountCode, ...Object.values(counterpoint.coupons)]);
  const taxCodes = unique([counterpoint.taxCode, counterpoint.noTaxCode]);
  const { db } = context.engine;
  const [payRows = [], shipRows = [], discountRows = [], users = [], workgroups = [], templates = [], taxRows = []] =
    await context.engine.read([
      db.selectFrom('dbo.SY_PAY_COD').select(['PAY_COD', 'PAY_TYP', 'ALLOW_FOR_ORDS']),
      db.selectFrom('dbo.SY_SHIP_VIA_COD').select('SHIP_VIA_COD'),
      db.selectFrom('dbo.PS_DISC_COD').select(['DISC_COD', 'DISC_TYP', 'APPLY_TO', 'DISC_VAL_FOR']),
      db.selectFrom('dbo.SY_USR').select('USR_ID').where('USR_ID', '=', counterpoint.user),
      db
        .selectFrom('dbo.SY_WRKGRP')
        .select(['NXT_CUST_NO', 'TMPLT_CUST_NO'])
        .where('WRKGRP_ID', '=', counterpoint.workgroup),
      db
        .selectFrom('dbo.AR_CUST')
        .select('CUST_NO')
        .where(
          'CUST_NO',
          'in',
          db
            .selectFrom('dbo.SY_WRKGRP')
            .select(sql<string>`${sql.ref('TMPLT_CUST_NO')}`.as('CUST_NO'))
            .where('WRKGRP_ID', '=', counterpoint.workgroup),
        ),
      columns.has(TAX_CODES)
        ? db.selectFrom(TAX_CODES).select('TAX_COD')
        : db
            .selectFrom('dbo.SY_USR')
            .select('USR_ID')
            .where(sql<boolean>`1 = 0`),
    ]);
  const stores: string[] = [];
  for (const place of places) stores.push(...(await checkStore(context, place)));
  return [
    ...stores,
    ...missing(payCodes, payRows, 'PAY_COD').map(
      (code) => `Pay code ${code} is not in Counterpoint (SY_PAY_COD). Add it or correct payments.`,
    ),
    ...payRows
      .filter((row) => payCodes.includes(text(row, 'PAY_COD')) && row['ALLOW_FOR_ORDS'] === 'N')
      .map((row) => `Pay code ${text(row, 'PAY_COD')} is not allowed for orders. Allow it in Counterpoint.`),
    ...wrongAccounts(context, payRows),
    ...purchaseOrders(context),
    ...missing(shipVia, shipRows, 'SHIP_VIA_COD').map(
      (code) => `Ship-via code ${code} is not in Counterpoint (SY_SHIP_VIA_COD). Add it or correct shipping.shipVia.`,
    ),
    ...missing(discounts, discountRows, 'DISC_COD').map(
      (code) =>
        `Discount code ${code} is not in Counterpoint (PS_DISC_COD). Add it or correct counterpoint.discountCode and coupons.`,
    ),
    ...discountRows
      .filter((row) => discounts.includes(text(row, 'DISC_COD')))
      .flatMap((row) => unfitDiscount(row, guessesOf(counterpoint).discountInStoreOnly)),
    ...(columns.has(TAX_CODES)
      ? missing(taxCodes, taxRows, 'TAX_COD').map(
          (code) =>
            `Tax code ${code} is not in Counterpoint (SY_TAX_COD). Add it or correct counterpoint.taxCode and noTaxCode.`,
        )
      : []),
    ...(users.length > 0
      ? []
      : [`User ${counterpoint.user} is not in Counterpoint (SY_USR). Add it or correct counterpoint.user.`]),
    ...customersCanBeMade(context, workgroups, templates),
    ...(await checkTotals(context)),
  ];
}

/** C5-58 and C5-54: what is on account has a pay code of A/R type. */
function wrongAccounts(context: Context, rows: readonly Row[]): string[] {
  return Object.entries(context.settings.payments).flatMap(([method, { kind, payCode }]) => {
    const row = rows.find((each) => text(each, 'PAY_COD') === payCode);
    if (kind !== 'ar' || row === undefined || row['PAY_TYP'] === 'A') return [];
    return [`Pay code ${payCode ?? ''} of payments.${method} is not of A/R type in Counterpoint. Map an A/R pay code.`];
  });
}

/** C5-58: a purchase order is on account by its nature. Under a fallback alone the shop may have none: the order waits. */
function purchaseOrders({ settings: { payments } }: Context): string[] {
  const kind = payments['purchaseorder']?.kind;
  return kind === undefined || kind === 'ar'
    ? []
    : [
        `Purchase orders are mapped to a pay code of kind ${kind}. Map payments.purchaseorder to an A/R pay code (kind: ar).`,
      ];
}

/** C5-28, C5-29: prompted, for lines, and valid online. */
function unfitDiscount(row: Row, inStoreOnly: string): string[] {
  const code = text(row, 'DISC_COD');
  return [
    ...(PROMPTED.includes(text(row, 'DISC_TYP'))
      ? []
      : [`Discount code ${code} is a fixed one. Use a code with prompted amount or prompted percent.`]),
    ...(row['APPLY_TO'] === 'L'
      ? []
      : [`Discount code ${code} is for whole documents. Use a code that applies to lines.`]),
    ...(row['DISC_VAL_FOR'] === inStoreOnly
      ? [`Discount code ${code} is valid in stores only. Make it valid online.`]
      : []),
  ];
}

async function checkStore(context: Context, { store, station, drawer }: StoreIds): Promise<string[]> {
  const { db } = context.engine;
  const configurationQuery: Statement = db
    .selectFrom('dbo.PS_STR_CFG_PS')
    .select(STORE_CONFIGURATION)
    .where('STR_ID', '=', store);
  const [stores = [], configurations = [], stations = [], stationConfigurations = [], drawers = [], sessions = []] =
    await context.engine.read([
      db.selectFrom('dbo.PS_STR').select('STR_NO').where('STR_ID', '=', store),
      configurationQuery,
      db.selectFrom('dbo.PS_STA').select('STA_NO').where('STR_ID', '=', store).where('STA_ID', '=', station),
      db.selectFrom('dbo.PS_STA_CFG_PS').select('NXT_TKT_NO').where('STR_ID', '=', store).where('STA_ID', '=', station),
      db.selectFrom('dbo.PS_DRW').select('DRW_ID').where('STR_ID', '=', store).where('DRW_ID', '=', drawer),
      db
        .selectFrom('dbo.PS_DRW_SESSION')
        .select('DRW_SESSION_ID')
        .where('STR_ID', '=', store)
        .where('DRW_ID', '=', drawer)
        .where('STAT', '=', guessesOf(context.settings.counterpoint).openSession),
    ]);
  if (stores.length === 0) return [`Store ${store} is not in Counterpoint (PS_STR). Correct counterpoint.store.`];
  const [configuration] = configurations;
  if (configuration === undefined)
    return [`Store ${store} has no configuration (PS_STR_CFG_PS). Configure it in Counterpoint.`];
  const numbers = configuration['TKT_NO_METH'] === 'S' ? configuration : stationConfigurations[0];
  return [
    ...(stations.length > 0
      ? []
      : [`Station ${station} of store ${store} is not in Counterpoint (PS_STA). Correct counterpoint.station.`]),
    ...(drawers.length > 0
      ? []
      : [`Drawer ${drawer} of store ${store} is not in Counterpoint (PS_DRW). Correct counterpoint.drawer.`]),
    ...(sessions.length > 0
      ? []
      : [
          `Drawer ${drawer} of store ${store} has no open session, so no deposit ticket can be written. Open the drawer.`,
        ]),
    ...(configuration['USE_ORD'] === 'Y' ? [] : [`Orders are not enabled for store ${store} (USE_ORD). Enable them.`]),
    ...(configuration['USE_MISC_1'] === 'Y'
      ? []
      : [`Misc charge 1 is not enabled for store ${store} (USE_MISC_1); it carries the shipping. Enable it.`]),
    ...(configuration['RECALC_PRC_ON_ORD_EDIT'] === 'N'
      ? []
      : [
          `Store ${store} recalculates prices when an order is edited (RECALC_PRC_ON_ORD_EDIT). Turn it off, or edits change imported prices.`,
        ]),
    ...(configuration['USE_ORD_NO_AS_TKT_NO'] === 'Y'
      ? []
      : [`Store ${store} does not name release tickets after their order (USE_ORD_NO_AS_TKT_NO). Turn it on.`]),
    ...(nextNumber(text(numbers ?? {}, 'NXT_TKT_NO')) === null
      ? [`Store ${store} has no next ticket number (NXT_TKT_NO) to count on. Set it.`]
      : []),
  ];
}

function customersCanBeMade(context: Context, workgroups: readonly Row[], templates: readonly Row[]): string[] {
  const { customers, workgroup } = context.settings.counterpoint;
  if (!customers.create) return [];
  const [row] = workgroups;
  if (row === undefined)
    return [`Workgroup ${workgroup} is not in Counterpoint (SY_WRKGRP). Correct counterpoint.workgroup.`];
  return [
    ...(nextNumber(text(row, 'NXT_CUST_NO')) === null
      ? [`Workgroup ${workgroup} has no next customer number (NXT_CUST_NO). Set it.`]
      : []),
    ...(templates.length > 0
      ? []
      : [`Workgroup ${workgroup} has no template customer (TMPLT_CUST_NO) that exists. Name one.`]),
  ];
}

const unique = (values: readonly string[]): string[] => [...new Set(values)];
const text = (row: Row, column: string): string => cell(row, column).trimEnd();
const missing = (codes: readonly string[], rows: readonly Row[], column: string): string[] => {
  const known = new Set(rows.map((row) => text(row, column).toUpperCase()));
  return codes.filter((code) => !known.has(code.toUpperCase()));
};
