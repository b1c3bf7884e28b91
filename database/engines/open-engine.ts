import type { CounterpointSettings } from '../../domain/settings';
import type { Engine } from '../engine';

/* eslint-disable @typescript-eslint/no-require-imports -- a driver takes a third of a second to load */

/** Opens the pool of the configured engine; no connection is made before the first statement. */
export const openEngine = (
  connection: CounterpointSettings['connection'],
  log: (fields: object, message: string) => void,
): Engine =>
  connection.kind === 'sandbox'
    ? (require('./postgres') as typeof import('./postgres')).openPostgres(connection, log)
    : (require('./sqlserver') as typeof import('./sqlserver')).openSqlServer(connection, log);
