import type { TableDefinition } from './table-definition';

/** Stores, codes, customers and items. A long file, because it is a list: table by table, column by column. */
export const MASTER_TABLES: readonly TableDefinition[] = [
  {
    name: 'PS_STR',
    columns: `
      STR_ID varchar(10)
      DESCR varchar(50)
      DESCR_UPR varchar(50)?
      ADRS_1 varchar(40)?
      CITY varchar(20)?
      STATE varchar(10)?
      ZIP_COD varchar(15)?
      CNTRY varchar(20)?
      STR_NO smallint
      USE_PS varchar(1) = 'Y'
      LST_MAINT_DT datetime?
      LST_MAINT_USR_ID varchar(10)?
      LST_LCK_DT datetime?
      RS_UTC_DT datetime?
      RS_STAT int?
    `,
    key: 'STR_ID',
  },
  {
    name: 'PS_STR_CFG_PS',
    columns: `
      STR_ID varchar(10)
      STK_LOC_ID varchar(10)?
      PRC_LOC_ID varchar(10)?
      WALK_IN_CUST_NO varchar(15)?
      AR_TAX_COD varchar(10)?
      DFLT_TAX_COD_METH varchar(1) = 'S'
      TKT_NO_METH varchar(1) = 'S'
      NXT_TKT_NO varchar(15)?
      NXT_TKT_NO_AUTO varchar(1) = 'Y'
      ORD_NO_METH varchar(1) = 'S'
      NXT_ORD_NO varchar(15)?
      NXT_ORD_NO_AUTO varchar(1) = 'Y'
      USE_ORD varchar(1) = 'Y'
      USE_ORD_NO_AS_TKT_NO varchar(1) = 'Y'
      ORD_REL_STATE varchar(1) = 'S'
      BO_REL_STATE varchar(1) = 'S'
      SO_REL_STATE varchar(1) = 'S'
      SHOW_UNSHIPPED_ORD_LINS varchar(1) = 'Y'
      ORD_INSUFF_QTY_LIN_TYP varchar(1)?
      RECALC_PRC_ON_ORD_EDIT varchar(1) = 'N'
      USE_PRC_CHNG_REAS varchar(1) = 'N'
      USE_TKT_TAX_REAS varchar(1) = 'N'
      USE_MISC_1 varchar(1) = 'Y'
      USE_MISC_2 varchar(1) = 'N'
      USE_MISC_3 varchar(1) = 'N'
      USE_MISC_4 varchar(1) = 'N'
      USE_MISC_5 varchar(1) = 'N'
      MIN_ORD_DEP_AMT decimal(15,2)?
      MIN_ORD_DEP_PCT decimal(9,3)?
      ORD_DEP_RECVD_ACCT_NO varchar(20)?
      ORD_DEP_FORF_ACCT_NO varchar(20)?
      LST_MAINT_DT datetime?
      LST_MAINT_USR_ID varchar(10)?
      LST_LCK_DT datetime?
    `,
    key: 'STR_ID',
    parents: { PS_STR: 'STR_ID' },
  },
  {
    name: 'PS_STA',
    columns: `
      STR_ID varchar(10)
      STA_ID varchar(10)
      DESCR varchar(30)
      STA_NO smallint
      LST_MAINT_DT datetime?
      LST_MAINT_USR_ID varchar(10)?
    `,
    key: 'STR_ID STA_ID',
    parents: { PS_STR: 'STR_ID' },
  },
  {
    name: 'PS_STA_CFG_PS',
    columns: `
      STR_ID varchar(10)
      STA_ID varchar(10)
      NXT_TKT_NO varchar(15)?
      NXT_TKT_NO_AUTO varchar(1) = 'N'
      NXT_ORD_NO varchar(15)?
      NXT_ORD_NO_AUTO varchar(1) = 'N'
    `,
    key: 'STR_ID STA_ID',
    parents: { PS_STA: 'STR_ID STA_ID' },
  },
  {
    name: 'PS_DRW',
    columns: `
      STR_ID varchar(10)
      DRW_ID varchar(10)
      DESCR varchar(30)
    `,
    key: 'STR_ID DRW_ID',
    parents: { PS_STR: 'STR_ID' },
  },
  {
    name: 'PS_DRW_SESSION',
    columns: `
      STR_ID varchar(10)
      DRW_ID varchar(10)
      DRW_SESSION_ID bigint
      STAT varchar(1) = 'A'
      OPEN_DT datetime
      CLOSE_DT datetime?
    `,
    key: 'STR_ID DRW_ID DRW_SESSION_ID',
    parents: { PS_DRW: 'STR_ID DRW_ID' },
  },
  {
    name: 'SY_WRKGRP',
    columns: `
      WRKGRP_ID varchar(10)
      THIS_STR_ID varchar(10)?
      NXT_CUST_NO varchar(15)?
      NXT_CUST_NO_AUTO varchar(1) = 'N'
      TMPLT_CUST_NO varchar(15)?
    `,
    key: 'WRKGRP_ID',
  },
  {
    name: 'SY_USR',
    columns: `
      USR_ID varchar(10)
      NAM varchar(40)?
    `,
    key: 'USR_ID',
  },
  {
    name: 'SY_PAY_COD',
    columns: `
      PAY_COD varchar(10)
      PAY_TYP varchar(1)
      DESCR varchar(30)
      CURNCY_COD varchar(10) = 'HOME'
      EDC_AUTH_FLG varchar(1) = 'O'
      ALLOW_FOR_ORDS varchar(1) = 'Y'
      DFLT_DOC_FINAL_PMT varchar(1) = 'N'
    `,
    key: 'PAY_COD',
  },
  {
    name: 'SY_SHIP_VIA_COD',
    columns: `
      SHIP_VIA_COD varchar(10)
      DESCR varchar(30)?
    `,
    key: 'SHIP_VIA_COD',
  },
  {
    name: 'SY_TAX_COD',
    columns: `
      TAX_COD varchar(10)
      DESCR varchar(30)?
    `,
    key: 'TAX_COD',
  },
  {
    name: 'PS_DISC_COD',
    columns: `
      DISC_ID bigint
      DISC_COD varchar(10)
      DISC_DESCR varchar(30)?
      DISC_TYP varchar(1) = 'Q'
      DISC_AMT decimal(9,3)?
      APPLY_TO varchar(1) = 'H'
      MIN_DISCNTBL_AMT decimal(15,2)?
      DISC_VAL_FOR varchar(1) = 'I'
    `,
    key: 'DISC_ID',
  },
  {
    name: 'AR_CUST',
    columns: `
      CUST_NO varchar(15)
      NAM varchar(40)
      NAM_UPR varchar(40)
      FST_NAM varchar(15)?
      FST_NAM_UPR varchar(15)?
      LST_NAM varchar(25)?
      LST_NAM_UPR varchar(25)?
      SALUTATION varchar(10)?
      CUST_TYP varchar(1)
      CUST_NAM_TYP varchar(1) check CUST_NAM_TYP IN ('B','P')
      ADRS_1 varchar(40)?
      ADRS_2 varchar(40)?
      ADRS_3 varchar(40)?
      CITY varchar(20)?
      STATE varchar(10)?
      ZIP_COD varchar(15)?
      CNTRY varchar(20)?
      PHONE_1 varchar(25)?
      PHONE_2 varchar(25)?
      MBL_PHONE_1 varchar(25)?
      FAX_1 varchar(25)?
      CONTCT_1 varchar(40)?
      EMAIL_ADRS_1 varchar(50)?
      EMAIL_ADRS_2 varchar(50)?
      STR_ID varchar(10)
      SLS_REP varchar(10)
      CATEG_COD varchar(10)?
      TAX_COD varchar(10)?
      TERMS_COD varchar(10)?
      SHIP_VIA_COD varchar(10)?
      SHIP_ZONE_COD varchar(10)?
      COMMNT varchar(50)?
      PROF_COD_1 varchar(10)?
      PROF_ALPHA_1 varchar(30)?
      PROMPT_NAM_ADRS varchar(1) = 'N'
      ALLOW_AR_CHRG varchar(1) = 'N'
      ALLOW_TKTS varchar(1) = 'Y'
      ALLOW_ORDS varchar(1) = 'Y'
      ALLOW_LWYS varchar(1) = 'Y'
      USE_ORD_SHIP_TO varchar(1) = 'N'
      USE_LWY_SHIP_TO varchar(1) = 'N'
      REQ_PO_NO varchar(1) = 'N'
      NO_CR_LIM varchar(1) = 'Y'
      NO_MAX_CHK_AMT varchar(1) = 'Y'
      BAL_METH varchar(1) = 'O' check BAL_METH = 'O'
      BAL decimal(15,2) = 0
      UNPSTD_BAL decimal(15,2) = 0
      ORD_BAL decimal(15,2) = 0
      NO_OF_ORDS int = 0
      LWY_BAL decimal(15,2) = 0
      NO_OF_LWYS int = 0
      LST_AGE_FUTR_DOCS varchar(1) = 'Y'
      LST_AGE_METH varchar(1) = 'I'
      LST_AGE_NO_CUTOFF varchar(1) = 'N'
      LST_STMNT_METH varchar(1) = '!' check LST_STMNT_METH IN ('D','I','!')
      WRK_STMNT_ACTIV varchar(1) = 'N'
      IS_ECOMM_CUST varchar(1) = 'Y' check IS_ECOMM_CUST IN ('Y','N')
      ECOMM_NXT_PUB_UPDT varchar(1) = 'N'
      ECOMM_NXT_PUB_FULL varchar(1) = 'N'
      PROMPT_FOR_CUSTOM_FLDS varchar(1) = 'N'
      LOY_PTS_BAL int = 0
      TOT_LOY_PTS_EARND int = 0
      TOT_LOY_PTS_RDM int = 0
      TOT_LOY_PTS_ADJ int = 0
      EMAIL_STATEMENT varchar(1) = 'N'
      INCLUDE_IN_MARKETING_MAILOUTS varchar(1) = 'N'
      RPT_EMAIL varchar(1) = 'N'
      LST_MAINT_DT datetime?
      LST_MAINT_USR_ID varchar(10)?
      RS_UTC_DT datetime?
      RS_STAT int = 0
    `,
    key: 'CUST_NO',
    parents: { PS_STR: 'STR_ID' },
    indexes: ['EMAIL_ADRS_1'],
  },
  {
    name: 'AR_SHIP_ADRS',
    columns: `
      CUST_NO varchar(15)
      SHIP_ADRS_ID varchar(10)
      NAM varchar(40)
      NAM_UPR varchar(40)?
      FST_NAM varchar(15)?
      LST_NAM varchar(25)?
      ADRS_1 varchar(40)?
      ADRS_2 varchar(40)?
      ADRS_3 varchar(40)?
      CITY varchar(20)?
      STATE varchar(10)?
      ZIP_COD varchar(15)?
      CNTRY varchar(20)?
      PHONE_1 varchar(25)?
      CONTCT_1 varchar(40)?
      EMAIL_ADRS_1 varchar(50)?
      LST_MAINT_DT datetime?
      LST_MAINT_USR_ID varchar(10)?
    `,
    key: 'CUST_NO SHIP_ADRS_ID',
    parents: { AR_CUST: 'CUST_NO' },
  },
  {
    name: 'IM_LOC',
    columns: `
      LOC_ID varchar(10)
      DESCR varchar(30)
    `,
    key: 'LOC_ID',
  },
  {
    name: 'IM_ITEM',
    columns: `
      ITEM_NO varchar(20)
      DESCR varchar(30)
      LONG_DESCR varchar(50)?
      ITEM_TYP varchar(1) = 'I'
      TRK_METH varchar(1) = 'N'
      STAT varchar(1) = 'A'
      CATEG_COD varchar(10)?
      SUBCAT_COD varchar(10)?
      TAX_CATEG_COD varchar(10)?
      IS_TXBL varchar(1) = 'Y'
      IS_DISCNTBL varchar(1) = 'Y'
      IS_KIT_PAR varchar(1) = 'N'
      IS_ECOMM_ITEM varchar(1) = 'N'
      QTY_DECS int = 0
      PRC_DECS int = 2
      STK_UNIT varchar(15) = 'EACH'
      ALT_1_UNIT varchar(15)?
      ALT_1_NUMER decimal(11,0)?
      ALT_1_DENOM decimal(11,0)?
      ITEM_VEND_NO varchar(15)?
      BARCOD varchar(20)?
      WEIGHT decimal(15,4)?
      CUBE decimal(15,4)?
      PRC_1 decimal(15,4)
      REG_PRC decimal(15,4)?
      LST_COST decimal(15,4)?
      MIX_MATCH_COD varchar(10)?
      LST_MAINT_DT datetime?
      RS_UTC_DT datetime?
    `,
    key: 'ITEM_NO',
  },
  {
    name: 'IM_INV',
    columns: `
      ITEM_NO varchar(20)
      LOC_ID varchar(10)
      MIN_QTY decimal(15,4) = 0
      MAX_QTY decimal(15,4) = 0
      QTY_COMMIT decimal(15,4) = 0
      QTY_ON_HND decimal(15,4) = 0
      QTY_ON_PO decimal(15,4) = 0
      QTY_ON_BO decimal(15,4) = 0
      QTY_ON_XFER_OUT decimal(15,4) = 0
      QTY_ON_XFER_IN decimal(15,4) = 0
      QTY_ON_ORD decimal(15,4) = 0
      QTY_ON_LWY decimal(15,4) = 0
      QTY_ON_SO decimal(15,4) = 0
      LST_COST decimal(15,4) = 0
      GL_VAL decimal(15,2) = 0
      QTY_AVAIL = (QTY_ON_HND - QTY_COMMIT)
      AVG_COST = (case when QTY_ON_HND > 0 and GL_VAL >= 0 then cast(GL_VAL / QTY_ON_HND as decimal(15,4)) else 0 end)
      LST_MAINT_DT datetime?
      RS_UTC_DT datetime?
      RS_STAT int = 1
    `,
    key: 'ITEM_NO LOC_ID',
    parents: { IM_ITEM: 'ITEM_NO', IM_LOC: 'LOC_ID' },
  },
  {
    name: 'IM_INV_CELL',
    columns: `
      ITEM_NO varchar(20)
      LOC_ID varchar(10)
      DIM_1_UPR varchar(15)
      DIM_2_UPR varchar(15)
      DIM_3_UPR varchar(15)
      QTY_COMMIT decimal(15,4) = 0
      QTY_ON_HND decimal(15,4) = 0
      QTY_ON_ORD decimal(15,4) = 0
      QTY_AVAIL = (QTY_ON_HND - QTY_COMMIT)
    `,
    key: 'ITEM_NO LOC_ID DIM_1_UPR DIM_2_UPR DIM_3_UPR',
    parents: { IM_INV: 'ITEM_NO LOC_ID' },
  },
  {
    name: 'IM_BARCOD',
    columns: `
      ITEM_NO varchar(20)
      SEQ_NO int
      DIM_1_UPR varchar(15) = '*'
      DIM_2_UPR varchar(15) = '*'
      DIM_3_UPR varchar(15) = '*'
      BARCOD varchar(20)
      UNIT varchar(1) = '!'
    `,
    key: 'ITEM_NO SEQ_NO',
    parents: { IM_ITEM: 'ITEM_NO' },
  },
];
