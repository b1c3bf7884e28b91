import type { TableDefinition } from './table-definition';

/** Posted tickets and finished orders: header and totals in one row, the business date in the key. */
export const HISTORY_TABLES: readonly TableDefinition[] = [
  {
    name: 'PS_TKT_HIST',
    columns: `
      BUS_DAT datetime
      DOC_ID bigint
      DOC_GUID uniqueidentifier
      EVENT_NO varchar(15)?
      STR_ID varchar(10)
      STA_ID varchar(10)
      DRW_ID varchar(10)?
      DRW_SESSION_ID bigint?
      TKT_NO varchar(15)
      TKT_TYP varchar(1)?
      TKT_DT datetime?
      CUST_NO varchar(15)?
      CUST_PO_NO varchar(20)?
      REF varchar(50)?
      USR_ID varchar(10)?
      SLS_REP varchar(10)?
      SHIP_DAT datetime?
      SHIP_VIA_COD varchar(10)?
      TAX_COD varchar(10)?
      NORM_TAX_COD varchar(10)?
      HAS_TAX_OVRD varchar(1)?
      TAX_OVRD_REAS varchar(10)?
      BILL_TO_CONTACT_ID tinyint?
      SHIP_TO_CONTACT_ID tinyint?
      LINS int?
      SAL_LINS int?
      RET_LINS int?
      SUB_TOT decimal(15,2)
      TOT_MISC decimal(15,2)
      TAX_AMT decimal(15,2)
      NORM_TAX_AMT decimal(15,2)
      TOT decimal(15,2)
      TOT_TND decimal(15,2)
      TOT_CHNG decimal(15,2)
      TOT_HDR_DISC decimal(15,2)
      TOT_LIN_DISC decimal(15,2)
      RS_UTC_DT datetime?
    `,
    key: 'BUS_DAT DOC_ID',
    indexes: ['DOC_ID', 'STR_ID TKT_NO'],
  },
  {
    name: 'PS_TKT_HIST_LIN',
    columns: `
      BUS_DAT datetime
      DOC_ID bigint
      LIN_SEQ_NO int
      EVENT_NO varchar(15)?
      STR_ID varchar(10)
      STA_ID varchar(10)
      TKT_NO varchar(15)
      LIN_TYP varchar(1)
      LIN_GUID uniqueidentifier
      LINK_LIN_GUID uniqueidentifier?
      PAR_LIN_GUID uniqueidentifier?
      ITEM_NO varchar(20)
      DESCR varchar(250)?
      CELL_DESCR varchar(50)?
      QTY_SOLD decimal(15,4)
      QTY_NUMER decimal(11,0) = 1
      QTY_DENOM decimal(11,0) = 1
      SELL_UNIT varchar(1) = '0'
      PRC money?
      EXT_PRC decimal(15,2)
      GROSS_EXT_PRC decimal(15,2)
      TAX_AMT_ALLOC decimal(15,2) = 0
      DIM_1_UPR varchar(15)?
      DIM_2_UPR varchar(15)?
      DIM_3_UPR varchar(15)?
      REF varchar(50)?
    `,
    key: 'BUS_DAT DOC_ID LIN_SEQ_NO',
    parents: { PS_TKT_HIST: 'BUS_DAT DOC_ID' },
  },
  {
    name: 'PS_TKT_HIST_ORIG_DOC',
    columns: `
      BUS_DAT datetime
      DOC_ID bigint
      ORIG_DOC_ID bigint
      ORIG_DOC_TYP varchar(1)?
      ORIG_STR_ID varchar(10)?
      ORIG_STA_ID varchar(10)?
      ORIG_TKT_NO varchar(15)?
    `,
    key: 'BUS_DAT DOC_ID ORIG_DOC_ID',
    parents: { PS_TKT_HIST: 'BUS_DAT DOC_ID' },
    indexes: ['ORIG_DOC_ID'],
  },
  {
    name: 'PS_TKT_HIST_MISC_CHRG',
    columns: `
      BUS_DAT datetime
      DOC_ID bigint
      TOT_TYP varchar(1)
      MISC_CHRG_NO int
      MISC_TYP varchar(1)
      MISC_AMT decimal(15,2)
    `,
    key: 'BUS_DAT DOC_ID TOT_TYP MISC_CHRG_NO',
  },
  {
    name: 'PS_TKT_HIST_PKG_TRK_NO',
    columns: `
      BUS_DAT datetime
      DOC_ID bigint
      PKG_TRK_NO varchar(25)
    `,
    key: 'BUS_DAT DOC_ID PKG_TRK_NO',
  },
  {
    name: 'PS_ORD_HIST',
    columns: `
      BUS_DAT datetime
      DOC_ID bigint
      DOC_GUID uniqueidentifier
      EVENT_NO varchar(15)?
      STR_ID varchar(10)
      STA_ID varchar(10)
      TKT_NO varchar(15)
      TKT_DT datetime?
      CUST_NO varchar(15)?
      USR_ID varchar(10)?
      STK_LOC_ID varchar(10)?
      TAX_OVRD_REAS varchar(10)?
      SUB_TOT decimal(15,2)
      TAX_AMT decimal(15,2)
      TOT decimal(15,2)
      TOT_EXT_COST decimal(15,2)?
      TOT_TND decimal(15,2)
      TOT_CHNG decimal(15,2)
    `,
    key: 'BUS_DAT DOC_ID',
    indexes: ['DOC_ID', 'STR_ID TKT_NO'],
  },
  {
    name: 'PS_ORD_HIST_LIN',
    columns: `
      BUS_DAT datetime
      DOC_ID bigint
      LIN_SEQ_NO int
      STR_ID varchar(10)
      TKT_NO varchar(15)
      LIN_TYP varchar(1)
      LIN_GUID uniqueidentifier
      ITEM_NO varchar(20)
      DESCR varchar(250)?
      CELL_DESCR varchar(50)?
      STK_LOC_ID varchar(10)?
      QTY_SOLD decimal(15,4)
      ORIG_QTY decimal(15,4)?
      QTY_SHIPPED decimal(15,4)?
      PRC money?
      EXT_PRC decimal(15,2)
      REF varchar(50)?
    `,
    key: 'BUS_DAT DOC_ID LIN_SEQ_NO',
    parents: { PS_ORD_HIST: 'BUS_DAT DOC_ID' },
  },
  {
    name: 'PS_ORD_HIST_AUDIT_LOG',
    columns: `
      BUS_DAT datetime
      DOC_ID bigint
      LOG_SEQ_NO int
      DOC_TYP varchar(1)
      DOC_GUID uniqueidentifier
      CURR_DT datetime
      CURR_USR_ID varchar(10)?
      ACTIV varchar(1)
      LOG_ENTRY varchar(250)?
    `,
    key: 'BUS_DAT DOC_ID LOG_SEQ_NO',
  },
];
