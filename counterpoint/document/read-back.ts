import type { Columns } from '../../database/columns';
import type { Executor } from '../../database/engine';
import { listed } from '../../domain/text/listing';
import type { Context } from '../context';
import { differingTables, snapshotOfAnswers, snapshotQueries } from '../observe/snapshot';
import { refuse } from '../refusals';
import type { DocumentPlan } from './plan';

/** P-03: what the database holds now is compared with what was meant, while it can still be taken back. */
export async function readBack(
  context: Context,
  plan: DocumentPlan,
  wanted: readonly string[],
  columns: Columns,
  on: Executor,
): Promise<void> {
  const docIds = [plan.ids.docId, ...(plan.ids.deposit === null ? [] : [plan.ids.deposit.docId])];
  const written = snapshotOfAnswers(await context.engine.read(snapshotQueries(docIds, columns), on), columns);
  const tables = differingTables(wanted, written);
  if (tables.length === 0) return;
  throw refuse(plan.draft.order, {
    reason: 'totalsDiffer',
    code: 'readBackDiffers',
    field: tables.join(', '),
    what: `the database changed what was written (${listed(tables)}), so nothing was kept`,
    remedy: 'Look for triggers on these tables, then retry.',
  });
}
