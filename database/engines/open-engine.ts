import type { CounterpointSettings } from '../../domain/settings';
import type { Engine } from '../engine';
import { openPostgres } from './postgres';
import { openSqlServer } from './sqlserver';

/** Opens the pool of the configured engine; no connection is made before the first statement. */
export const openEngine = (
  connection: CounterpointSettings['connection'],
  log: (fields: object, message: string) => void,
): Engine => (connection.kind === 'sandbox' ? openPostgres(connection, log) : openSqlServer(connection, log));
