export { openStore, type Store, type StoreOptions } from './open-store';
export { roundTrips, statementsSent } from '../database/engines/engine-on';
