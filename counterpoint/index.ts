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
export type { OrderTaxes, Receipt } from './figures';
export type { ProbeAnswer, ProbeReport } from './probe';
export { openStore } from './open-store';
export { roundTrips, statementsSent } from './engine';
