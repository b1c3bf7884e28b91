import { refused } from '../../domain/errors';
import type { CompiledQuery } from '../kysely';

/** What SQL Server takes of one request and one INSERT (errors 8003 and 10738); two parameters are the driver's own. */
const LIMITS = { parameters: 2_098, rows: 1_000 } as const;
/** Statements are put together up to here; some room is left. */
const TOGETHER = 2_000;

/**
 * Statements cut into the requests they go out with, and each checked against the limits, on both engines: PostgreSQL would
 * take what SQL Server refuses.
 * @throws CantusError refused: whoever made the statement has to cut it by `inPortions`
 */
export function inRequests(queries: readonly CompiledQuery[]): CompiledQuery[][] {
  const all: CompiledQuery[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const query of queries) {
    checkLimits(query);
    if (size + query.parameters.length > TOGETHER) {
      all.push([]);
      size = 0;
    }
    all.at(-1)?.push(query);
    size += query.parameters.length;
  }
  return all;
}

function checkLimits({ sql, parameters }: CompiledQuery): void {
  const rows = /^\s*insert\b[^(]*\([^)]*\)\s*values\b/i.test(sql) ? sql.split(/\)\s*,\s*\(/).length : 0;
  if (parameters.length <= LIMITS.parameters && rows <= LIMITS.rows) return;
  throw refused({
    code: 'requestTooLarge',
    reason: 'misconfigured',
    message: `A statement for the Counterpoint database has ${String(parameters.length)} values and ${String(rows)} rows; SQL Server takes ${String(LIMITS.parameters)} and ${String(LIMITS.rows)}. Nothing was written.`,
    remedy: 'This is a fault of Cantus: report it with the number of lines of the order.',
  });
}
