import type { FailureFacts } from '../domain/errors';
import type { Columns } from '../database/columns';
import { cell, type Engine, type Executor } from '../database/engine';
import { sql } from '../database/kysely';
import { newest } from './migrations';

/** The number of the last migration that was applied; 0 before the first. */
export async function recordedNumber(engine: Engine, on?: Executor): Promise<number> {
  const [[row] = []] = await engine.read(
    [sql`select coalesce(max(number), 0) as ${sql.ref('number')} from cantus.migration`],
    on,
  );
  return Number(cell(row, 'number'));
}

/** The number the database is at; one prepared before there were numbers is at 1, an empty one at 0. */
export async function schemaNumber(engine: Engine, columns: Columns): Promise<number> {
  if (columns.has('cantus.migration')) return recordedNumber(engine);
  return columns.has('cantus.order_link') ? 1 : 0;
}

type SchemaProblem = Omit<FailureFacts, 'kind'> & { readonly code: 'notPrepared' | 'schemaOlder' | 'schemaNewer' };

/** Why this version cannot work on a schema of that number, and what to run; null: it can. */
export function schemaProblem(found: number, wanted: number = newest()): SchemaProblem | null {
  if (found === wanted) return null;
  if (found === 0) return problem('notPrepared', 'The Counterpoint database has no tables of Cantus yet.', SETUP);
  const where = `The schema cantus of the Counterpoint database is at migration ${String(found)}`;
  return found < wanted
    ? problem('schemaOlder', `${where}, this version of Cantus needs ${String(wanted)}.`, SETUP)
    : problem(
        'schemaNewer',
        `${where}, this version of Cantus knows ${String(wanted)} at most: a newer version prepared the database.`,
        'Start that version, or a later one.',
      );
}

const SETUP = 'Run cantus setup.';
/** Setup makes no table a second time: what was in it would silently be gone. */
export const RESTORE_TABLES = 'It was dropped after cantus setup had made it: restore it from a backup.';

const problem = (code: SchemaProblem['code'], what: string, remedy: string): SchemaProblem => ({
  code,
  reason: 'misconfigured',
  message: `${what} ${remedy}`,
  remedy,
});
