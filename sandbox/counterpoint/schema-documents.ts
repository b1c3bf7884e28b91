import type { TableDefinition } from './table-definition';

/** Unposted documents, parents first. A long file, because it is a list: table by table, column by column. */
export const DOCUMENT_TABLES: readonly TableDefinition[] = [
  {
    name: 'PS_DOC_HDR',
    columns: `
      DOC_ID bigint
      DOC_TYP varchar(1) = 'T'
      TKT_TYP varchar(1)? = 'T'
      STR_ID varchar(10)
      STA_ID varchar(10)
      DRW_ID varchar(10)?
      DRW_SESSION_ID bigint?
      TKT_NO varchar(15)
      DOC_GUID uniqueidentifier
      CUST_NO varchar(15)?
      CUST_PO_NO varchar(20)?
      REF varchar(50)?
      USR_ID varchar(10)?
      SLS_REP varchar(10)?
      TKT_DT datetime?
      SHIP_DAT datetime?
      SHIP_VIA_COD varchar(10)?
      SHIP_ZONE_COD varchar(10)?
      TERMS_COD varchar(10)?
      STK_LOC_ID varchar(10)?
      PRC_LOC_ID varchar(10)?
      PFT_CTR varchar(20)?
      TAX_COD varchar(10)?
      NORM_TAX_COD varchar(10)?
      TAX_OVRD_REAS varchar(10)?
      TAX_EXEMPT_NO varchar(30)?
      BILL_TO_CONTACT_ID tinyint?
      SHIP_TO_CONTACT_ID tinyint?
      SAL_LINS int? = 0
      SAL_LIN_TOT decimal(15,2) = 0
      RET_LINS int? = 0
      RET_LIN_TOT decimal(15,2) = 0
      ORD_LINS int? = 0
      BO_LINS int? = 0
      SO_LINS int? = 0
      DS_LINS int? = 0
      GFC_LINS int? = 0
      SVC_LINS int? = 0
      TO_REL_LINS int? = 0
      TO_LEAVE_LINS int? = 0
      IS_REL_TKT varchar(1) = 'N'
      IS_DOC_COMMITTED varchar(1) = 'N'
      REQ_REPRICE varchar(1) = 'N'
      HAS_ENTD_LINS varchar(1) = 'N'
      HAS_PCKD_LINS varchar(1) = 'N'
      HAS_PCKVRFD_LINS varchar(1) = 'N'
      HAS_INVCD_LINS varchar(1) = 'N'
      HAS_RLSD_LINS varchar(1) = 'N'
      FOOD_STMP_AMT decimal(15,2) = 0
      FOOD_STMP_LINS int = 0
      FOOD_STMP_TAX_AMT decimal(15,2) = 0
      FOOD_STMP_NORM_TAX_AMT decimal(15,2) = 0
      TIMES_PRTD int? = 0
      VOID_USR_ID varchar(10)?
      VOID_REAS varchar(10)?
      ERR_REF varchar(255)?
      IS_OFFLINE bit = 0
      LST_MAINT_DT datetime?
      LST_MAINT_USR_ID varchar(10)?
      RS_UTC_DT datetime?
      RS_STAT int = 1
      ROW_TS rowversion
    `,
    key: 'DOC_ID',
    parents: { PS_STA: 'STR_ID STA_ID' },
    indexes: ['STR_ID TKT_NO', 'RS_UTC_DT'],
  },
  {
    name: 'PS_DOC_HDR_DOC_STAT',
    columns: `
      DOC_ID bigint
      LST_DOC_ACTIV varchar(1) = '!'
      DOC_AS_TKT_SEQ_NO int = 0
      DOC_STAT varchar(1) = 'O'
      TOT_DEP_RECEIVED decimal(15,2) = 0
      TOT_DEP_APPLIED decimal(15,2) = 0
      TOT_DEP_REFUNDED decimal(15,2) = 0
      TOT_DEP_FORFEIT decimal(15,2) = 0
      LST_DOC_EDIT_DT datetime?
      LST_DOC_EDIT_USR_ID varchar(10)?
      IS_SUSPENDED varchar(1) = 'N'
    `,
    key: 'DOC_ID',
    parents: { PS_DOC_HDR: 'DOC_ID' },
  },
  {
    name: 'PS_DOC_HDR_TOT',
    columns: `
      DOC_ID bigint
      TOT_TYP varchar(1)
      INITIAL_MIN_DUE decimal(15,2)
      HAS_TAX_OVRD varchar(1) = '!'
      TAX_AMT_SHIPPED decimal(15,2)
      LINS int? = 0
      TOT_GFC_AMT decimal(15,2) = 0
      TOT_SVC_AMT decimal(15,2) = 0
      SUB_TOT decimal(15,2) = 0
      TAX_OVRD_LINS int = 0
      TOT_EXT_COST decimal(15,2)?
      TOT_MISC decimal(15,2) = 0
      TAX_AMT decimal(15,2)
      NORM_TAX_AMT decimal(15,2) = 0
      TOT_TND decimal(15,2) = 0
      TOT_CHNG decimal(15,2) = 0
      TOT_WEIGHT money
      TOT_CUBE money
      TOT decimal(15,2) = 0
      AMT_DUE decimal(15,2) = 0
      TOT_HDR_DISC decimal(15,2)
      TOT_LIN_DISC decimal(15,2)
      TOT_HDR_DISCNTBL_AMT decimal(15,2) = 0
      TOT_TIP_AMT decimal(15,2) = 0
    `,
    key: 'DOC_ID TOT_TYP',
    parents: { PS_DOC_HDR: 'DOC_ID' },
  },
  {
    name: 'PS_DOC_HDR_MISC_CHRG',
    columns: `
      DOC_ID bigint
      TOT_TYP varchar(1)
      MISC_CHRG_NO int
      MISC_TYP varchar(1) = 'N'
      MISC_AMT decimal(15,2)
      MISC_PCT decimal(9,3)
      MISC_AMT_SHIPPED decimal(15,2) = 0
      MISC_TAX_AMT_ALLOC decimal(15,2) = 0
      MISC_NORM_TAX_AMT_ALLOC decimal(15,2) = 0
    `,
    key: 'DOC_ID TOT_TYP MISC_CHRG_NO',
    parents: { PS_DOC_HDR_TOT: 'DOC_ID TOT_TYP' },
  },
  {
    name: 'PS_DOC_HDR_ORIG_DOC',
    columns: `
      DOC_ID bigint
      ORIG_DOC_ID bigint
      ORIG_DOC_TYP varchar(1)?
      ORIG_STR_ID varchar(10)?
      ORIG_STA_ID varchar(10)?
      ORIG_TKT_NO varchar(15)?
      ORIG_DOC_GUID uniqueidentifier?
    `,
    key: 'DOC_ID ORIG_DOC_ID',
    parents: { PS_DOC_HDR: 'DOC_ID' },
    indexes: ['ORIG_DOC_ID'],
  },
  {
    name: 'PS_DOC_HDR_PROF',
    columns: `
      DOC_ID bigint
      PROF_ALPHA_1 varchar(30)?
      PROF_ALPHA_2 varchar(30)?
      PROF_ALPHA_3 varchar(30)?
      PROF_ALPHA_4 varchar(30)?
      PROF_ALPHA_5 varchar(30)?
      PROF_COD_1 varchar(10)?
      PROF_COD_2 varchar(10)?
      PROF_DAT_1 datetime?
      PROF_NO_1 decimal(15,4)?
    `,
    key: 'DOC_ID',
    parents: { PS_DOC_HDR: 'DOC_ID' },
  },
  {
    name: 'PS_DOC_CONTACT',
    columns: `
      DOC_ID bigint
      CONTACT_ID tinyint
      NAM varchar(40)?
      NAM_TYP varchar(1) = 'P'
      FST_NAM varchar(15)?
      LST_NAM varchar(25)?
      SALUTATION varchar(10)?
      ADRS_1 varchar(40)?
      ADRS_2 varchar(40)?
      ADRS_3 varchar(40)?
      CITY varchar(20)?
      STATE varchar(10)?
      ZIP_COD varchar(15)?
      CNTRY varchar(20)?
      PHONE_1 varchar(25)?
      PHONE_2 varchar(25)?
      FAX_1 varchar(25)?
      EMAIL_ADRS_1 varchar(50)?
      EMAIL_ADRS_2 varchar(50)?
      CONTCT_1 varchar(40)?
      CONTCT_2 varchar(40)?
      ADRS_ID varchar(10)?
    `,
    key: 'DOC_ID CONTACT_ID',
    parents: { PS_DOC_HDR: 'DOC_ID' },
  },
  {
    name: 'PS_DOC_LIN',
    columns: `
      DOC_ID bigint
      LIN_SEQ_NO int
      STR_ID varchar(10)
      STA_ID varchar(10)
      TKT_NO varchar(15)
      LIN_TYP varchar(1)
      LIN_GUID uniqueidentifier
      LINK_LIN_GUID uniqueidentifier?
      PAR_LIN_GUID uniqueidentifier?
      ITEM_NO varchar(20)
      DESCR varchar(250)?
      BARCOD varchar(20)?
      ITEM_TYP varchar(1) = 'I'
      TRK_METH varchar(1) = 'N'
      CATEG_COD varchar(10)?
      SUBCAT_COD varchar(10)?
      ITEM_VEND_NO varchar(15)?
      STK_LOC_ID varchar(10)?
      PRC_LOC_ID varchar(10)?
      QTY_SOLD decimal(15,4) = 1
      QTY_NUMER decimal(11,0) = 1
      QTY_DENOM decimal(11,0) = 1
      QTY_UNIT varchar(15)?
      SELL_UNIT varchar(1) = '0'
      QTY_RET decimal(15,4) = 0
      ORIG_QTY decimal(15,4)?
      QTY_SHIPPED decimal(15,4)? = 0
      QTY_TO_REL decimal(15,4)? = 0
      QTY_TO_LEAVE decimal(15,4)? = 0
      QTY_TO_FILL decimal(15,4)? = 0
      QTY_ENTD decimal(15,4)? = 0
      QTY_PCKD decimal(15,4)? = 0
      QTY_PCKVRFD decimal(15,4)? = 0
      QTY_INVCD decimal(15,4)? = 0
      PRC money?
      CALC_PRC money?
      REG_PRC money?
      PRC_1 money?
      UNIT_RETL_VAL money?
      UNIT_COST money?
      EXT_COST decimal(15,2)?
      EXT_PRC decimal(15,2)
      GROSS_EXT_PRC decimal(15,2)
      CALC_EXT_PRC decimal(15,2)
      DISP_EXT_PRC decimal(15,2)?
      GROSS_DISP_EXT_PRC decimal(15,2)?
      HAS_PRC_OVRD varchar(1) = 'N'
      PRC_OVRD_REAS varchar(10)?
      USR_ENTD_PRC varchar(1) = 'N'
      IS_DISCNTBL varchar(1) = 'Y'
      IS_TXBL varchar(1) = 'Y'
      NORM_IS_TXBL varchar(1) = 'Y'
      TAX_CATEG varchar(10)?
      TAX_AMT_ALLOC decimal(15,2) = 0
      NORM_TAX_AMT_ALLOC decimal(15,2) = 0
      MIX_MATCH_COD varchar(10)?
      COST_OF_SLS_PCT decimal(9,3)?
      QTY_DECS int? = 0
      PRC_DECS int? = 2
      UNIT_WEIGHT money?
      UNIT_CUBE money?
      DIM_1_UPR varchar(15)?
      DIM_2_UPR varchar(15)?
      DIM_3_UPR varchar(15)?
      IS_SINGLE_CELL varchar(1) = 'N'
      IS_KIT_PAR varchar(1) = 'N'
      IS_WEIGHED varchar(1) = 'N'
      SER_NO varchar(30)?
      RET_REAS varchar(10)?
      SLS_REP varchar(10)?
      REF varchar(50)?
    `,
    key: 'DOC_ID LIN_SEQ_NO',
    parents: { PS_DOC_HDR: 'DOC_ID' },
  },
  {
    name: 'PS_DOC_LIN_CELL',
    columns: `
      DOC_ID bigint
      LIN_SEQ_NO int
      DIM_1_UPR varchar(15)
      DIM_2_UPR varchar(15)
      DIM_3_UPR varchar(15)
      QTY_SOLD decimal(15,4)
      QTY_SHIPPED decimal(15,4)? = 0
    `,
    key: 'DOC_ID LIN_SEQ_NO DIM_1_UPR DIM_2_UPR DIM_3_UPR',
    parents: { PS_DOC_LIN: 'DOC_ID LIN_SEQ_NO' },
  },
  {
    name: 'PS_DOC_LIN_PRICE',
    columns: `
      DOC_ID bigint
      LIN_SEQ_NO int
      PRC_SEQ_NO int
      PRC_JUST_STR varchar(20)?
      PRC_GRP_TYP varchar(1) = '!'
      PRC_GRP_COD varchar(10)?
      PRC_RUL_SEQ_NO int = -1
      PRC_BRK_DESCR varchar(30)?
      QTY_PRCD decimal(15,4)
      UNIT_PRC money
      DIM_1_UPR varchar(15)?
      DIM_2_UPR varchar(15)?
      DIM_3_UPR varchar(15)?
    `,
    key: 'DOC_ID LIN_SEQ_NO PRC_SEQ_NO',
    parents: { PS_DOC_LIN: 'DOC_ID LIN_SEQ_NO' },
  },
  {
    name: 'PS_DOC_DISC',
    columns: `
      DOC_ID bigint
      DISC_SEQ_NO int
      LIN_SEQ_NO int?
      DISC_ID bigint
      APPLY_TO varchar(1)
      DISC_TYP varchar(1)
      DISC_AMT decimal(15,2)
      DISC_PCT decimal(9,3)
      DISC_AMT_SHIPPED decimal(15,2) = 0
    `,
    key: 'DOC_ID DISC_SEQ_NO',
    parents: { PS_DOC_HDR: 'DOC_ID', PS_DOC_LIN: 'DOC_ID LIN_SEQ_NO' },
  },
  {
    name: 'PS_DOC_PMT',
    columns: `
      DOC_ID bigint
      PMT_SEQ_NO int
      STR_ID varchar(10)
      STA_ID varchar(10)
      TKT_NO varchar(15)
      PAY_COD varchar(10)?
      PAY_COD_TYP varchar(1) = '!'
      DESCR varchar(30)?
      PMT_LIN_TYP varchar(1) = 'T'
      FINAL_PMT varchar(1) = 'N'
      AMT decimal(15,2)
      HOME_CURNCY_AMT decimal(15,2)
      PAY_DAT datetime?
      DEP_LIN_COPIED_TO_REL_DOC varchar(1) = 'N'
      CARD_NO varchar(30)?
      CARD_IS_NEW varchar(1) = 'N'
      SECURE_ECOMM_TRX varchar(1) = 'N'
      SWIPED varchar(1) = 'N'
      EDC_AUTH_FLG varchar(1)
      EDC_AUTH_COD varchar(10)?
      EDC_AUTH_RESP varchar(80)?
      CURNCY_COD varchar(10) = 'HOME'
      EXCH_RATE_NUMER decimal(15,4) = 1
      EXCH_RATE_DENOM decimal(15,4) = 1
      EXCH_LOSS decimal(15,2)
      ROUND_GAIN_LOSS decimal(15,2) = 0
      HOME_CURNCY_ROUND_GAIN_LOSS decimal(15,2) = 0
      TIP_AMT decimal(15,2) = 0
      GFC_AUTHED varchar(1) = 'N'
      IS_EBT_FOOD varchar(1) = 'N'
    `,
    key: 'DOC_ID PMT_SEQ_NO',
    parents: { PS_DOC_HDR: 'DOC_ID' },
  },
  {
    name: 'PS_DOC_PMT_APPLY',
    columns: `
      DOC_ID bigint
      PMT_SEQ_NO int
      APPL_TYP varchar(1)
      AMT decimal(15,2)
      HOME_CURNCY_AMT decimal(15,2)
      EXCH_LOSS decimal(15,2) = 0
    `,
    key: 'DOC_ID PMT_SEQ_NO APPL_TYP',
    parents: { PS_DOC_PMT: 'DOC_ID PMT_SEQ_NO' },
  },
  {
    name: 'PS_DOC_TAX',
    columns: `
      DOC_ID bigint
      AUTH_COD varchar(10)
      RUL_COD varchar(10)
      TAX_DOC_PART varchar(1) = 'S'
      LIN_AMT decimal(15,2)?
      TXBL_LIN_AMT decimal(15,2)?
      TXBL_MISC_CHG_AMT_1 decimal(15,2)?
      TXBL_MISC_CHG_AMT_2 decimal(15,2)?
      TXBL_MISC_CHG_AMT_3 decimal(15,2)?
      TXBL_MISC_CHG_AMT_4 decimal(15,2)?
      TXBL_MISC_CHG_AMT_5 decimal(15,2)?
      TXBL_GFC_AMT decimal(15,2)?
      TXBL_SVC_AMT decimal(15,2)?
      TXBL_TAX_AMT decimal(15,2)?
      TXBL_QTY decimal(15,4)?
      TAX_AMT decimal(15,2)?
      NORM_TAX_AMT decimal(15,2)?
      TAX_AMT_EXACT decimal(15,4)?
      NORM_TAX_AMT_EXACT decimal(15,4)?
      TOT_TXBL_AMT decimal(15,2)?
    `,
    key: 'DOC_ID AUTH_COD RUL_COD TAX_DOC_PART',
    parents: { PS_DOC_HDR: 'DOC_ID' },
  },
  {
    name: 'PS_DOC_NOTE',
    columns: `
      DOC_ID bigint
      NOTE_SEQ_NO int
      NOTE_ID varchar(20)
      NOTE_DAT datetime?
      USR_ID varchar(10)?
      NOTE varchar(max)?
      NOTE_TXT varchar(max)?
      LIN_GUID uniqueidentifier?
    `,
    key: 'DOC_ID NOTE_SEQ_NO',
    parents: { PS_DOC_HDR: 'DOC_ID' },
  },
  {
    name: 'PS_DOC_PKG_TRK_NO',
    columns: `
      DOC_ID bigint
      PKG_TRK_NO varchar(25)
    `,
    key: 'DOC_ID PKG_TRK_NO',
    parents: { PS_DOC_HDR: 'DOC_ID' },
  },
  {
    name: 'PS_DOC_AUDIT_LOG',
    columns: `
      DOC_ID bigint
      LOG_SEQ_NO int
      DOC_TYP varchar(1)
      DOC_GUID uniqueidentifier
      CURR_DT datetime
      CURR_STR_ID varchar(10)
      CURR_STA_ID varchar(10)
      CURR_DRW_ID varchar(10)
      CURR_USR_ID varchar(10)
      CURR_WKSTN_NAM varchar(128) = HOST_NAME()
      CURR_SERV_NAM varchar(128) = @@SERVERNAME
      CURR_DB_NAM varchar(128) = DB_NAME()
      ACTIV varchar(1) = 'N'
      LOG_ENTRY varchar(250)
    `,
    key: 'DOC_ID LOG_SEQ_NO',
    parents: { PS_DOC_HDR: 'DOC_ID' },
  },
  {
    name: 'PS_DOC_AUDIT_LOG_TOT',
    columns: `
      DOC_ID bigint
      LOG_SEQ_NO int
      TOT_TYP varchar(1)
      LINS int?
      SUB_TOT decimal(15,2) = 0
      TOT_MISC decimal(15,2) = 0
      TAX_AMT decimal(15,2) = 0
      NORM_TAX_AMT decimal(15,2) = 0
      TOT_EXT_COST decimal(15,2)?
      TOT_TND decimal(15,2) = 0
      TOT_CHNG decimal(15,2) = 0
      TOT decimal(15,2) = 0
      AMT_DUE decimal(15,2) = 0
      TOT_GFC_AMT decimal(15,2) = 0
      TOT_SVC_AMT decimal(15,2) = 0
      DEP_NET_CHANGE decimal(15,2) = 0
    `,
    key: 'DOC_ID LOG_SEQ_NO TOT_TYP',
    parents: { PS_DOC_AUDIT_LOG: 'DOC_ID LOG_SEQ_NO' },
  },
];
