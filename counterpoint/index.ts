export type {
  CreatedDocument,
  Intent,
  IntentKind,
  KeptItemRule,
  ParkedRecord,
  Store,
  StoreChange,
  StoreOptions,
} from './store';
export type { OrderTaxes, Receipt } from '../notebook/figures';
export type { ProbeAnswer, ProbeReport } from './check/probe';
export { openStore } from './open-store';
export { roundTrips, statementsSent } from '../database/engine';
