export type { CreatedDocument, ParkedRecord, Store, StoreChange, StoreOptions } from './store';
export { openStore } from './open-store';
export { roundTrips } from './engine';
