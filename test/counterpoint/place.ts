import { randomUUID } from 'node:crypto';
import mssql from 'mssql';
import { createSchema, onSqlServer, seedCounterpoint } from '../../sandbox/counterpoint';
import { onPostgres, type Place } from '../support/store';

/** The same suite on either engine: SQL Server when MSSQL_SERVER is set, the test run's PostgreSQL otherwise. */
export const place = (): Promise<Place> =>
  process.env['MSSQL_SERVER'] === undefined ? onPostgres() : onOwnSqlServerDatabase(process.env['MSSQL_SERVER']);

async function onOwnSqlServerDatabase(server: string): Promise<Place> {
  const name = `cantus_${randomUUID().slice(0, 8)}`;
  const login = {
    server,
    port: Number(process.env['MSSQL_PORT'] ?? 1433),
    user: process.env['MSSQL_USER'] ?? 'sa',
    password: process.env['MSSQL_PASSWORD'] ?? '',
    encrypt: process.env['MSSQL_ENCRYPT'] !== 'false',
    trustServerCertificate: true,
  };
  const { encrypt, trustServerCertificate, ...rest } = login;
  const connect = (database: string) =>
    new mssql.ConnectionPool({
      ...rest,
      database,
      options: { encrypt, trustServerCertificate, useUTC: true },
    }).connect();
  const admin = await connect('master');
  await admin.request().batch(`create database ${name}`);
  const pool = await connect(name);
  const database = onSqlServer(pool);
  await createSchema(database);
  await seedCounterpoint(database);
  return {
    connection: { kind: 'sqlserver', ...login, database: name, poolMax: 12 },
    database,
    async close() {
      await pool.close();
      // Ends what is still connected; an engine that does not know it drops the database all the same.
      await admin
        .request()
        .batch(`alter database ${name} set single_user with rollback immediate`)
        .catch(() => undefined);
      await admin.request().batch(`drop database ${name}`);
      await admin.close();
    },
  };
}
