import { POSTGRES_WORDS } from '../../../database/engines/postgres';
import { SQLSERVER_WORDS } from '../../../database/engines/sqlserver';
import { type Engine, type EngineWords, type Statement } from '../../../database/engine';
import {
  DummyDriver,
  Kysely,
  MssqlAdapter,
  MssqlIntrospector,
  MssqlQueryCompiler,
  sql,
  type CompiledQuery,
  type RawBuilder,
} from '../../../database/kysely';
import type { Database } from '../../../database/tables';

/** SQL Server's compiler without a server. */
export const tsql = new Kysely<Database>({
  dialect: {
    createDriver: () => new DummyDriver(),
    createAdapter: () => new MssqlAdapter(),
    createIntrospector: (each) => new MssqlIntrospector(each),
    createQueryCompiler: () => new MssqlQueryCompiler(),
  },
});

/** Words in both tongues: what each engine says stands between marks, and what is sent keeps its own. */
const both = (here: RawBuilder<unknown>, there: RawBuilder<unknown>): RawBuilder<never> =>
  sql`/*<*/${here}/*|*/${there}/*>*/`;

const [HERE, THERE] = [POSTGRES_WORDS, SQLSERVER_WORDS];
const WORDS: EngineWords = {
  kind: 'sandbox',
  lock: (name) => both(HERE.lock(name), THERE.lock(name)),
  lockedTable: (table) => both(HERE.lockedTable(table), THERE.lockedTable(table)),
  forUpdate: both(HERE.forUpdate, THERE.forUpdate),
  first: (rows) => ({
    front: both(HERE.first(rows).front, THERE.first(rows).front),
    end: both(HERE.first(rows).end, THERE.first(rows).end),
  }),
  folded: (text) => both(HERE.folded(text), THERE.folded(text)),
  sameText: (column, value) => both(HERE.sameText(column, value), THERE.sameText(column, value)),
  catalogue: both(HERE.catalogue, THERE.catalogue),
  utcText: both(HERE.utcText, THERE.utcText),
  secondsSince: (column) => both(HERE.secondsSince(column), THERE.secondsSince(column)),
  time: (value) => both(HERE.time(value), THERE.time(value)),
  ours: both(HERE.ours, THERE.ours),
  createSchema: both(HERE.createSchema, THERE.createSchema),
};

const MARKED = /\/\*<\*\/((?:(?!\/\*[<>]\*\/)[\s\S])*?)\/\*\|\*\/((?:(?!\/\*[<>]\*\/)[\s\S])*?)\/\*>\*\//;

/** Keeps one tongue, from the innermost marks outwards, and numbers the parameters that are left. */
function oneTongue(query: CompiledQuery, keep: 1 | 2, sign: '$' | '@'): CompiledQuery {
  let text = query.sql;
  for (let found = MARKED.exec(text); found !== null; found = MARKED.exec(text))
    text = text.slice(0, found.index) + (found[keep] ?? '') + text.slice(found.index + found[0].length);
  const parameters: unknown[] = [];
  const renumbered = text.replace(sign === '$' ? /\$(\d+)/g : /@(\d+)/g, (_, at: string) => {
    parameters.push(query.parameters[Number(at) - 1]);
    return `${sign}${String(parameters.length)}`;
  });
  return { ...query, sql: renumbered, parameters };
}

/** A statement as SQL Server would get it. */
export function inTsql(statement: Statement): CompiledQuery {
  const node = (statement as unknown as { toOperationNode(on: unknown): never }).toOperationNode(tsql);
  return oneTongue(new MssqlQueryCompiler().compileQuery(node, { queryId: '' }), 2, '@');
}

/** An engine that answers from PostgreSQL and hands on the T-SQL of every statement. */
export function inTwoTongues(engine: Engine, heard: (query: CompiledQuery) => void): Engine {
  const here = (statements: readonly Statement[] = []): Statement[] =>
    statements.map((statement) => {
      heard(inTsql(statement));
      const query = oneTongue((statement as RawBuilder<unknown>).compile(engine.db), 1, '$');
      return { compile: () => query, toOperationNode: () => query.query } as unknown as Statement;
    });
  return {
    ...engine,
    ...WORDS,
    read: (selects, on, before) => engine.read(here(selects), on, here(before)),
    write: (statements, on) => engine.write(here(statements), on),
  };
}
