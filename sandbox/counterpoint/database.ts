import mssql from 'mssql';
import pg from 'pg';
import type { EngineKind } from './table-definition';

export type Value = string | number | null;
export type Row = Record<string, Value>;

/** A plain door to the sandbox's tables (schema dbo) on either engine: enough for the clerk, the seed and tests. */
export interface SandboxDatabase {
  readonly engine: EngineKind;
  /** SQL with `?` for each parameter; numbers of decimal columns and times come as text. */
  query(text: string, parameters?: readonly Value[]): Promise<Row[]>;
  rows(table: string, where?: Row): Promise<Row[]>;
  insert(table: string, row: Row): Promise<void>;
  update(table: string, set: Row, where: Row): Promise<void>;
  remove(table: string, where: Row): Promise<void>;
  /** All or nothing; the database given to `work` is bound to the transaction. */
  transaction<T>(work: (database: SandboxDatabase) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

type Run = (text: string, parameters: readonly Value[]) => Promise<Record<string, unknown>[]>;

/** Opens PostgreSQL by URL. */
export function openPostgres(url: string): SandboxDatabase {
  const pool = new pg.Pool({ connectionString: url, max: 4, types: textTimes() });
  pool.on('error', () => undefined);
  const on =
    (client: pg.Pool | pg.PoolClient): Run =>
    async (text, parameters) =>
      (await client.query(numbered(text, '$'), [...parameters])).rows as Record<string, unknown>[];
  return door(
    'postgres',
    on(pool),
    async (work) => {
      const client = await pool.connect();
      try {
        await client.query('begin');
        const result = await work(on(client));
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch(() => undefined);
        throw error;
      } finally {
        client.release();
      }
    },
    async () => {
      await pool.end();
    },
  );
}

/** Opens SQL Server through a connected pool, which stays the caller's to close. */
export function onSqlServer(pool: mssql.ConnectionPool): SandboxDatabase {
  const on =
    (request: () => mssql.Request): Run =>
    async (text, parameters) => {
      const ready = request();
      parameters.forEach((value, index) => {
        if (typeof value === 'number' && Number.isInteger(value)) ready.input(String(index + 1), mssql.Int(), value);
        else ready.input(String(index + 1), mssql.VarChar(mssql.MAX), value === null ? null : String(value));
      });
      const { recordsets } = await ready.query<Record<string, unknown>>(numbered(text, '@'));
      // Statements without rows have no recordset at all.
      return (recordsets as Record<string, unknown>[][])[0] ?? [];
    };
  return door(
    'sqlserver',
    on(() => pool.request()),
    async (work) => {
      const transaction = new mssql.Transaction(pool);
      await transaction.begin();
      try {
        const result = await work(on(() => transaction.request()));
        await transaction.commit();
        return result;
      } catch (error) {
        await transaction.rollback().catch(() => undefined);
        throw error;
      }
    },
    async () => Promise.resolve(),
  );
}

/** Timestamps stay text: as Dates they would be bent into this machine's time zone. */
function textTimes(): pg.TypeOverrides {
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.TIMESTAMP, (value: string) => value.replace(' ', 'T'));
  return types;
}

function numbered(text: string, sign: '$' | '@'): string {
  let index = 0;
  return text.replace(/\?/g, () => `${sign}${String((index += 1))}`);
}

type Transact = <T>(work: (run: Run) => Promise<T>) => Promise<T>;

function door(engine: EngineKind, run: Run, transact: Transact, close: () => Promise<void>): SandboxDatabase {
  const query: SandboxDatabase['query'] = async (text, parameters = []) => (await run(text, parameters)).map(plainRow);
  return {
    engine,
    query,
    close,
    rows: (table, where = {}) => query(`select * from dbo."${table}"${condition(where)}`, bound(where)),
    async insert(table, row) {
      const names = Object.keys(row);
      await query(
        `insert into dbo."${table}" (${names.map((name) => `"${name}"`).join(', ')}) values (${names.map(() => '?').join(', ')})`,
        Object.values(row),
      );
    },
    async update(table, set, where) {
      const assignments = Object.keys(set)
        .map((name) => `"${name}" = ?`)
        .join(', ');
      await query(`update dbo."${table}" set ${assignments}${condition(where)}`, [
        ...Object.values(set),
        ...bound(where),
      ]);
    },
    async remove(table, where) {
      await query(`delete from dbo."${table}"${condition(where)}`, bound(where));
    },
    transaction: (work) =>
      transact((inside) =>
        work(
          door(
            engine,
            inside,
            (nested) => nested(inside),
            async () => Promise.resolve(),
          ),
        ),
      ),
  };
}

const condition = (where: Row): string => {
  const parts = Object.entries(where).map(([name, value]) => (value === null ? `"${name}" is null` : `"${name}" = ?`));
  return parts.length === 0 ? '' : ` where ${parts.join(' and ')}`;
};
const bound = (where: Row): Value[] => Object.values(where).filter((value) => value !== null);

function plainRow(row: Record<string, unknown>): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      if (value === null || typeof value === 'string' || typeof value === 'number') return [name, value];
      if (value instanceof Date) return [name, value.toISOString().slice(0, 19)];
      return [name, typeof value === 'bigint' || typeof value === 'boolean' ? String(value) : JSON.stringify(value)];
    }),
  );
}
