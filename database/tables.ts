import type { BigintColumn, DecimalColumn, TimeColumn } from './column-types';
import type { OwnTables } from './own-tables';

/**
 * The columns our queries read or compare, as the drivers deliver them. Not the tables: those have many more columns, and
 * rows are written by `document-rows` through the catalogue of the real database.
 */

interface DocumentKey {
  DOC_ID: BigintColumn;
}
interface PostedKey extends DocumentKey {
  BUS_DAT: TimeColumn;
}

interface Header extends DocumentKey {
  DOC_TYP: string;
  STR_ID: string;
  STA_ID: string;
  TKT_NO: string;
  DOC_GUID: string;
  CUST_NO: string | null;
  SHIP_VIA_COD: string | null;
  IS_REL_TKT: string;
  VOID_USR_ID: string | null;
  LST_MAINT_DT: TimeColumn | null;
}
interface Line extends DocumentKey {
  LIN_SEQ_NO: number;
  LIN_TYP: string;
  LIN_GUID: string;
  LINK_LIN_GUID: string | null;
  ITEM_NO: string;
  QTY_SOLD: DecimalColumn;
  QTY_NUMER: DecimalColumn | null;
  QTY_DENOM: DecimalColumn | null;
  ORIG_QTY: DecimalColumn | null;
  QTY_SHIPPED: DecimalColumn | null;
  PRC: DecimalColumn | null;
  EXT_PRC: DecimalColumn;
  GROSS_EXT_PRC: DecimalColumn;
  TAX_AMT_ALLOC: DecimalColumn;
}
interface Totals extends DocumentKey {
  TOT_TYP: string;
  SUB_TOT: DecimalColumn;
  TAX_AMT: DecimalColumn;
  TOT_MISC: DecimalColumn;
  TOT: DecimalColumn;
  TOT_TND: DecimalColumn;
  AMT_DUE: DecimalColumn;
  TOT_LIN_DISC: DecimalColumn;
}
interface AuditEntry extends DocumentKey {
  LOG_SEQ_NO: number;
  DOC_TYP: string;
  ACTIV: string;
}
interface OrigDoc extends DocumentKey {
  ORIG_DOC_ID: BigintColumn;
}
interface Payment extends DocumentKey {
  PMT_SEQ_NO: number;
  PAY_COD: string | null;
  AMT: DecimalColumn;
  FINAL_PMT: string;
}
interface Tracking extends DocumentKey {
  PKG_TRK_NO: string;
}
interface PostedTicket extends PostedKey {
  DOC_GUID: string;
  STR_ID: string;
  TKT_NO: string;
  SHIP_VIA_COD: string | null;
  SUB_TOT: DecimalColumn;
  TOT_MISC: DecimalColumn;
  TAX_AMT: DecimalColumn;
}
interface OrderHistory extends PostedKey {
  DOC_GUID: string;
  STR_ID: string;
  TKT_NO: string;
}

export interface Database extends OwnTables {
  'dbo.PS_DOC_HDR': Header;
  'dbo.PS_DOC_HDR_DOC_STAT': DocumentKey & { DOC_STAT: string; TOT_DEP_RECEIVED: DecimalColumn; LST_DOC_ACTIV: string };
  'dbo.PS_DOC_HDR_TOT': Totals;
  'dbo.PS_DOC_HDR_MISC_CHRG': DocumentKey & { TOT_TYP: string; MISC_CHRG_NO: number; MISC_AMT: DecimalColumn };
  'dbo.PS_DOC_HDR_ORIG_DOC': OrigDoc;
  'dbo.PS_DOC_LIN': Line;
  'dbo.PS_DOC_DISC': DocumentKey & { DISC_SEQ_NO: number; LIN_SEQ_NO: number | null; DISC_AMT: DecimalColumn };
  'dbo.PS_DOC_TAX': DocumentKey & { AUTH_COD: string; TAX_DOC_PART: string; TAX_AMT: DecimalColumn | null };
  'dbo.PS_DOC_PMT': Payment;
  'dbo.PS_DOC_PKG_TRK_NO': Tracking;
  'dbo.PS_DOC_AUDIT_LOG': AuditEntry;
  'dbo.PS_TKT_HIST': PostedTicket;
  'dbo.PS_TKT_HIST_LIN': Line & PostedKey;
  'dbo.PS_TKT_HIST_ORIG_DOC': OrigDoc & PostedKey;
  'dbo.PS_TKT_HIST_PKG_TRK_NO': Tracking & PostedKey;
  'dbo.PS_ORD_HIST': OrderHistory;
  'dbo.PS_ORD_HIST_LIN': Line & PostedKey;
  'dbo.PS_ORD_HIST_AUDIT_LOG': AuditEntry & PostedKey;
  'dbo.PS_STR': { STR_ID: string; STR_NO: number };
  'dbo.PS_STA': { STR_ID: string; STA_ID: string; STA_NO: number };
  'dbo.PS_DRW': { STR_ID: string; DRW_ID: string };
  'dbo.PS_DRW_SESSION': { STR_ID: string; DRW_ID: string; DRW_SESSION_ID: BigintColumn; STAT: string };
  'dbo.PS_STR_CFG_PS': StoreConfiguration;
  'dbo.PS_STA_CFG_PS': { STR_ID: string; STA_ID: string; NXT_TKT_NO: string | null };
  'dbo.SY_WRKGRP': { WRKGRP_ID: string; NXT_CUST_NO: string | null; TMPLT_CUST_NO: string | null };
  'dbo.SY_USR': { USR_ID: string };
  'dbo.SY_PAY_COD': PayCode;
  'dbo.SY_SHIP_VIA_COD': { SHIP_VIA_COD: string };
  'dbo.SY_TAX_COD': { TAX_COD: string };
  'dbo.PS_DISC_COD': DiscountCode;
  'dbo.AR_CUST': Customer;
  'dbo.AR_SHIP_ADRS': ShipAddress;
  'dbo.IM_ITEM': Item;
  'dbo.IM_BARCOD': {
    ITEM_NO: string;
    SEQ_NO: number;
    BARCOD: string;
    DIM_1_UPR: string;
    DIM_2_UPR: string;
    DIM_3_UPR: string;
  };
  'dbo.IM_INV': { ITEM_NO: string; LOC_ID: string; QTY_COMMIT: DecimalColumn; QTY_ON_ORD: DecimalColumn };
  'dbo.IM_INV_CELL': {
    ITEM_NO: string;
    LOC_ID: string;
    DIM_1_UPR: string;
    DIM_2_UPR: string;
    DIM_3_UPR: string;
    QTY_COMMIT: DecimalColumn;
    QTY_ON_ORD: DecimalColumn;
  };
}

export interface StoreConfiguration {
  STR_ID: string;
  STK_LOC_ID: string | null;
  PRC_LOC_ID: string | null;
  TKT_NO_METH: string;
  NXT_TKT_NO: string | null;
  USE_ORD_NO_AS_TKT_NO: string;
  ORD_REL_STATE: string;
  USE_ORD: string;
  RECALC_PRC_ON_ORD_EDIT: string;
  USE_MISC_1: string;
  USE_MISC_2: string;
  USE_MISC_3: string;
  USE_MISC_4: string;
  USE_MISC_5: string;
}

export interface PayCode {
  PAY_COD: string;
  PAY_TYP: string;
  DESCR: string | null;
  CURNCY_COD: string;
  EDC_AUTH_FLG: string;
  ALLOW_FOR_ORDS: string;
}

export interface DiscountCode {
  DISC_ID: BigintColumn;
  DISC_COD: string;
  DISC_TYP: string;
  APPLY_TO: string;
  DISC_VAL_FOR: string;
}

export interface Customer {
  CUST_NO: string;
  CUST_TYP: string;
  IS_ECOMM_CUST: string;
  EMAIL_ADRS_1: string | null;
}

export interface ShipAddress {
  CUST_NO: string;
  SHIP_ADRS_ID: string;
  NAM: string;
  ADRS_1: string | null;
  ADRS_2: string | null;
  /** Absent where the table has none. */
  ADRS_3?: string | null;
  CITY: string | null;
  STATE: string | null;
  ZIP_COD: string | null;
  CNTRY: string | null;
}

export interface Item {
  ITEM_NO: string;
  ITEM_TYP: string;
  TRK_METH: string;
  CATEG_COD: string | null;
  SUBCAT_COD: string | null;
  TAX_CATEG_COD: string | null;
  ITEM_VEND_NO: string | null;
  MIX_MATCH_COD: string | null;
  BARCOD: string | null;
  IS_TXBL: string;
  IS_DISCNTBL: string;
  IS_KIT_PAR: string;
  QTY_DECS: number;
  PRC_DECS: number;
  STK_UNIT: string;
  WEIGHT: DecimalColumn | null;
  CUBE: DecimalColumn | null;
  REG_PRC: DecimalColumn | null;
  LST_COST: DecimalColumn | null;
}
