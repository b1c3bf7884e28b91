export type { CreatedDocument, Intent, IntentKind, ParkedRecord, Store, StoreChange, StoreOptions } from './store';
export { openStore } from './open-store';
export { roundTrips } from './engine';
