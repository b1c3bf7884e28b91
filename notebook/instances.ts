import { misconfigured } from '../domain/errors';
import { claimOf, SHARING_REMEDY, sharingProblem, type Claim } from '../domain/sharing';
import type { NotebookContext } from './context';
import { cell, type Executor, type Row } from '../database/engine';
import { sql } from '../database/kysely';

/**
 * The instances that use this company database, each with its shop and its store views: what two processes that know
 * nothing of each other share (PC-A).
 */
async function neighbours({ engine, settings }: NotebookContext, on?: Executor): Promise<Claim[]> {
  const own = claimOf(settings);
  const [rows = []] = await engine.read(
    [
      sql`select instance as ${sql.ref('instance')}, shop as ${sql.ref('shop')}, store_views as ${sql.ref('store_views')} from cantus.instance where instance <> ${settings.instance} order by instance`,
    ],
    on,
  );
  return rows.map((row) => ({ ...claimIn(row), company: own.company }));
}

const claimIn = (row: Row): Omit<Claim, 'company'> => ({
  instance: cell(row, 'instance'),
  shop: cell(row, 'shop'),
  storeViews: cell(row, 'store_views')
    .split(',')
    .filter((view) => view !== '')
    .map(Number),
});

/** Why this instance must not work on this database beside those that do. */
export async function sharingProblems(context: NotebookContext, on?: Executor): Promise<string[]> {
  const own = claimOf(context.settings);
  return (await neighbours(context, on)).flatMap((other) => {
    const problem = sharingProblem(own, other);
    return problem === null
      ? []
      : [
          `${problem} ${SHARING_REMEDY} Where ${other.instance} is no longer used: cantus setup --retire ${other.instance}.`,
        ];
  });
}

/**
 * Notes that this instance uses the database, for the next one that comes.
 * @throws CantusError misconfigured where one that is there already could import the same orders
 */
export async function register(context: NotebookContext, at: string): Promise<void> {
  const { engine, settings } = context;
  const { instance, shop, storeViews } = claimOf(settings);
  await engine.transaction('setup', async (on) => {
    await engine.write([engine.lock('cantus:instances')], on);
    const problems = await sharingProblems(context, on);
    if (problems.length > 0)
      throw misconfigured({
        code: 'instancesShare',
        reason: 'misconfigured',
        message: problems.join(' '),
        remedy: SHARING_REMEDY,
      });
    await engine.write(
      [
        sql`delete from cantus.instance where instance = ${instance}`,
        sql`insert into cantus.instance (instance, shop, store_views, registered_at) values (${instance}, ${shop}, ${storeViews.join(',')}, ${at})`,
      ],
      on,
    );
  });
}

/** An instance that is not used any more makes room. @returns false: none of this name was known */
export async function retire({ engine }: NotebookContext, instance: string): Promise<boolean> {
  return engine.transaction('setup', async (on) => {
    await engine.write([engine.lock('cantus:instances')], on);
    const [found = []] = await engine.read(
      [sql`select instance as ${sql.ref('instance')} from cantus.instance where instance = ${instance}`],
      on,
    );
    if (found.length === 0) return false;
    await engine.write([sql`delete from cantus.instance where instance = ${instance}`], on);
    return true;
  });
}
