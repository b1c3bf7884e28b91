import type { DocumentDraft } from '../../domain/document/draft';
import { clauses, listed } from '../../domain/text/listing';
import { isPositive } from '../../domain/money';
import { lengthOf } from '../../domain/text/fitting';
import type { Columns } from '../../database/columns';
import type { ItemProblem } from '../items/choose-items';
import type { Context } from '../context';
import { tendersOf } from './plan';
import type { Facts } from './read-facts';
import { tooLong } from './rows/fit-rows';
import { RELEASE_SUFFIX_LENGTH } from '../guesses';
import { refuse, setUpLacks } from '../refusals';
import type { StoreConfiguration } from '../../database/tables';

export interface CheckedSetUp {
  readonly store: StoreConfiguration;
  readonly storeNo: number;
  readonly stationNo: number;
  /** Open drawer session; null only where no deposit ticket is needed. */
  readonly session: string | null;
}

/**
 * Whether Counterpoint can take this draft as it is: everything a person has to correct first is found before a row is
 * written.
 * @throws CantusError refused or misconfigured, naming order, field and remedy.
 */
export function checkDraft(context: Context, draft: DocumentDraft, facts: Facts, columns: Columns): CheckedSetUp {
  const setUp = checkSetUp(draft, facts);
  checkNumber(draft, facts, setUp.store, columns);
  checkItems(draft, facts);
  checkCodes(context, draft, facts);
  return setUp;
}

function checkSetUp(draft: DocumentDraft, facts: Facts): CheckedSetUp {
  const { ids, order } = draft;
  const { store, storeNo, stationNo } = facts;
  if (store === null || storeNo === null) {
    throw setUpLacks(order, {
      code: 'storeMissing',
      field: 'counterpoint.store',
      what: `store ${ids.store} is not in Counterpoint`,
      remedy: 'Correct counterpoint.store.',
    });
  }
  if (stationNo === null) {
    throw setUpLacks(order, {
      code: 'stationMissing',
      field: 'counterpoint.station',
      what: `station ${ids.station} of store ${ids.store} is not in Counterpoint`,
      remedy: 'Correct counterpoint.station.',
    });
  }
  if (store.USE_MISC_1 !== 'Y' && isPositive(draft.shipping.amount)) {
    throw setUpLacks(order, {
      code: 'miscChargeDisabled',
      field: 'PS_STR_CFG_PS.USE_MISC_1',
      what: `misc charge 1 is not enabled for store ${ids.store}, and the order has shipping`,
      remedy: 'Enable misc charge 1 in the store configuration, then retry.',
    });
  }
  const enabled = [store.USE_MISC_1, store.USE_MISC_2, store.USE_MISC_3, store.USE_MISC_4, store.USE_MISC_5];
  const off = draft.charges.find(({ number }) => enabled[number - 1] !== 'Y');
  if (off !== undefined) {
    throw setUpLacks(order, {
      code: 'miscChargeDisabled',
      field: `PS_STR_CFG_PS.USE_MISC_${String(off.number)}`,
      what: `misc charge ${String(off.number)} is not enabled for store ${ids.store}, and the order carries ${off.field} on it`,
      remedy: `Enable misc charge ${String(off.number)} in the store configuration, or give the total another place in totals, then retry.`,
    });
  }
  const needsSession = isPositive(tendersOf(draft, facts.payCodes).deposit);
  if (needsSession && facts.session === null) {
    throw setUpLacks(order, {
      code: 'drawerClosed',
      field: 'PS_DRW_SESSION',
      what: `drawer ${ids.drawer} of store ${ids.store} has no open session for the deposit ticket`,
      remedy: 'Open the drawer in Counterpoint; the order then goes on by itself.',
    });
  }
  return { store, storeNo, stationNo, session: facts.session };
}

/** The number is never shortened: release tickets are named after it, so room for their suffix is needed. */
function checkNumber(draft: DocumentDraft, facts: Facts, store: StoreConfiguration, columns: Columns): void {
  const column = columns.column('dbo.PS_DOC_HDR', 'TKT_NO')?.length ?? lengthOf(draft.ticketNo);
  const allowed = store.USE_ORD_NO_AS_TKT_NO === 'Y' ? column - RELEASE_SUFFIX_LENGTH : column;
  const found = lengthOf(draft.ticketNo);
  if (found > allowed) throw tooLong(draft.order, 'PS_DOC_HDR.TKT_NO', found, allowed);
  if (!facts.numberTaken) return;
  throw refuse(draft.order, {
    reason: 'numberTaken',
    field: 'PS_DOC_HDR.TKT_NO',
    what:
      facts.takenBy === null
        ? `another document of store ${draft.ids.store} already has the number ${draft.ticketNo}`
        : `order ${facts.takenBy} of the shop has the same number ${draft.ticketNo}, and its document stands in the same store ${draft.ids.store}`,
    remedy:
      facts.takenBy !== null
        ? `Give the store view of order ${draft.order} a Counterpoint store of its own (counterpoint.stores) and retry, or enter it by hand and skip it here.`
        : 'Find out in Counterpoint whether the order was entered by hand; skip it here, or renumber the other document and retry.',
  });
}

/** All lines that stop the order, told at once with the shop's SKU: unknown ones first. */
function checkItems(draft: DocumentDraft, { itemProblems }: Facts): void {
  const [first] = itemProblems;
  if (first === undefined) return;
  const unknown = itemProblems.filter(({ code }) => code === 'unknownSku');
  const names = listed([...new Set(unknown.map((each) => `"${each.sku}"${ofSku(each, each.sku)}`))]);
  const others = itemProblems
    .filter(({ code }) => code !== 'unknownSku')
    .map((each) => `${each.what}${ofSku(each, each.what)}`);
  const whats = [...(unknown.length === 0 ? [] : [`Counterpoint has no item or barcode ${names}`]), ...new Set(others)];
  throw refuse(draft.order, {
    reason: 'unknownSku',
    code: unknown[0]?.code ?? first.code,
    field: 'items.sku',
    what: clauses(whats),
    remedy: [...new Set([...unknown, ...itemProblems].map(({ remedy }) => remedy))].join(' '),
  });
}

/** The text a person has to name in a repair: the shop's own. */
function ofSku({ sku, of, by }: ItemProblem, said: string): string {
  if (of !== undefined) return ` (${by} for SKU "${of}")`;
  return by === 'repair' || said === sku || said.includes(`"${sku}"`) ? '' : ` (SKU "${sku}")`;
}

function checkCodes(context: Context, draft: DocumentDraft, facts: Facts): void {
  const { payment, shipVia, order } = draft;
  const payCodes = [payment.payCode, ...payment.others.map((other) => other.payCode)].filter((code) => code !== null);
  for (const code of payCodes) {
    const row = facts.payCodes.get(code);
    if (row === undefined)
      throw refuse(order, {
        reason: 'unmappedPayment',
        field: 'PS_DOC_PMT.PAY_COD',
        what: `Counterpoint has no pay code ${code}`,
        remedy: 'Add the pay code in Counterpoint or correct payments in the configuration, then retry.',
      });
    if (row.ALLOW_FOR_ORDS === 'N')
      throw refuse(order, {
        reason: 'unmappedPayment',
        field: 'SY_PAY_COD.ALLOW_FOR_ORDS',
        what: `pay code ${code} is not allowed for orders`,
        remedy: 'Allow the pay code for orders in Counterpoint, then retry.',
      });
  }
  if (shipVia !== null && !facts.shipViaKnown) {
    throw refuse(order, {
      reason: 'unmappedShipping',
      field: 'PS_DOC_HDR.SHIP_VIA_COD',
      what: `Counterpoint has no ship-via code ${shipVia}`,
      remedy: 'Add the ship-via code in Counterpoint or correct shipping.shipVia, then retry.',
    });
  }
  for (const { discountCode } of draft.lines) {
    if (discountCode === null || facts.discounts.has(discountCode)) continue;
    const { discountCode: configured } = context.settings.counterpoint;
    throw setUpLacks(order, {
      code: 'discountCodeMissing',
      field: 'counterpoint.discountCode',
      what: `Counterpoint has no discount code ${discountCode}`,
      remedy: `Add it, or correct counterpoint.discountCode (now ${configured}) and coupons.`,
    });
  }
}
