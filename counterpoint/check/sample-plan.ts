import type { DocumentDraft, DraftContact } from '../../domain/document/draft';
import type { Settings } from '../../domain/settings';
import type { Moment } from '../context';
import type { DocumentPlan } from '../document/plan';
import type { ItemFact } from '../items/choose-items';
import type { Facts } from '../document/read-facts';
import { stockingUnit } from '../items/selling-unit';
import type { PayCode, StoreConfiguration } from '../../database/tables';

/**
 * A document that touches every table and column we write: what the check at start compares with the real columns, so that
 * the list of written columns is the row builders' own and cannot drift from them.
 */
export function samplePlan(settings: Settings): DocumentPlan {
  const contact: DraftContact = {
    name: 'x',
    kind: 'person',
    firstName: 'x',
    lastName: 'x',
    contact: 'x',
    address: ['x', 'x', 'x'],
    city: 'x',
    state: 'x',
    postcode: 'x',
    country: 'x',
    phone: 'x',
    email: 'x',
  };
  const line = {
    itemId: 1,
    sku: 'x',
    description: 'x',
    quantity: '1',
    grossPrice: '2.00',
    netPrice: '1.00',
    gross: '2.00',
    discount: '1.00',
    net: '1.00',
    tax: '0.10',
    taxable: true,
    discountCode: 'x',
  } as const;
  const { store, station, drawer } = settings.counterpoint;
  const draft: DocumentDraft = {
    order: 'x',
    entityId: 1,
    ids: { store, station, drawer },
    ticketNo: 'x',
    placedAt: '2026-01-01T00:00:00',
    reference: 'x',
    customer: { email: 'x', shopCustomerId: 1, mustExist: false },
    billing: contact,
    shipTo: contact,
    shipVia: 'x',
    customerPoNo: 'x',
    taxExemptNo: 'x',
    lines: [line],
    shipping: { amount: '1.00', tax: '0.00' },
    charges: [],
    tax: {
      code: 'x',
      taxable: true,
      total: '0.10',
      rows: [
        {
          authority: 'x',
          rule: 'x',
          amount: '0.10',
          taxableLines: '1.00',
          taxableShipping: '0.00',
          taxableCharges: [],
        },
      ],
    },
    totals: { gross: '2.00', discount: '1.00', net: '1.00', misc: '1.00', tax: '0.10', total: '2.10' },
    payment: { kind: 'cash', payCode: 'x', deposit: '2.10', others: [], toBeConfirmed: false },
    notes: [{ id: 'x', text: 'x' }],
  };
  const payCode: PayCode = {
    PAY_COD: 'x',
    PAY_TYP: 'x',
    DESCR: 'x',
    CURNCY_COD: 'x',
    EDC_AUTH_FLG: 'x',
    ALLOW_FOR_ORDS: 'Y',
  };
  const fact: ItemFact = {
    item: {
      ITEM_NO: 'x',
      ITEM_TYP: 'I',
      TRK_METH: 'G',
      CATEG_COD: 'x',
      SUBCAT_COD: 'x',
      TAX_CATEG_COD: 'x',
      ITEM_VEND_NO: 'x',
      MIX_MATCH_COD: 'x',
      BARCOD: 'x',
      IS_TXBL: 'Y',
      IS_DISCNTBL: 'Y',
      IS_KIT_PAR: 'N',
      QTY_DECS: 0,
      PRC_DECS: 2,
      STK_UNIT: 'x',
      WEIGHT: '1',
      CUBE: '1',
      REG_PRC: '1',
      LST_COST: '1',
    },
    barcode: 'x',
    cell: { DIM_1_UPR: 'x', DIM_2_UPR: '*', DIM_3_UPR: '*' },
    unit: stockingUnit('x'),
  };
  const configuration: StoreConfiguration = {
    STR_ID: store,
    STK_LOC_ID: 'x',
    PRC_LOC_ID: 'x',
    TKT_NO_METH: 'S',
    NXT_TKT_NO: '1',
    USE_ORD_NO_AS_TKT_NO: 'Y',
    ORD_REL_STATE: 'S',
    USE_ORD: 'Y',
    RECALC_PRC_ON_ORD_EDIT: 'N',
    USE_MISC_1: 'Y',
    USE_MISC_2: 'N',
    USE_MISC_3: 'N',
    USE_MISC_4: 'N',
    USE_MISC_5: 'N',
  };
  const facts: Facts = {
    link: null,
    storeNo: 1,
    stationNo: 1,
    store: configuration,
    stationTicketNo: '1',
    session: '1',
    numberTaken: false,
    takenBy: null,
    items: new Map([[line, fact]]),
    itemProblems: [],
    payCodes: new Map([['x', payCode]]),
    discounts: new Map([['x', { DISC_ID: '1', DISC_COD: 'x', DISC_TYP: 'B', APPLY_TO: 'L', DISC_VAL_FOR: 'I' }]]),
    shipViaKnown: true,
    linked: null,
    byEmail: [],
    shipAddresses: [],
    nextCustomerNo: '1',
    templateCustomer: 'x',
  };
  const moment: Moment = { utc: '2026-01-01T00:00:00Z', wall: '2026-01-01T00:00:00' };
  return {
    draft,
    settings: settings.counterpoint,
    store: configuration,
    facts,
    moment,
    deposit: '2.10',
    selected: true,
    tenders: [{ code: payCode, amount: '2.10', final: false }],
    ids: {
      docId: '1',
      guid: 'x',
      lineGuids: ['x'],
      custNo: 'x',
      shipAddressId: 'x',
      deposit: { docId: '2', guid: 'x', ticketNo: 'x', session: '1', lineGuids: ['x'] },
    },
    lines: [{ line, fact, guid: 'x', sequence: 1 }],
  };
}
