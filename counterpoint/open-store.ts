import { openEngine } from '../database/engines/open-engine';
import { readColumns, USUAL_CODE_PAGE, type Columns } from '../database/columns';
import { type Engine } from '../database/engine';
import { createTurns } from '../database/turns';
import { misconfigured } from '../domain/errors';
import type { Notebook } from '../domain/ports/notebook';
import type { Target } from '../domain/ports/target';
import type { Settings } from '../domain/settings';
import { openNotebook } from '../notebook';
import { CANTUS_TABLES } from '../notebook/migrations';
import { RESTORE_TABLES, schemaNumber, schemaProblem } from '../notebook/schema-number';
import { censusRows } from './census';
import { databaseClock, returns } from './census/returns';
import { createWatch, markSeen } from './changes';
import { checkCounterpoint } from './check';
import { miscChargeTaxed, probe } from './check/probe';
import { thisMoment, type Context } from './context';
import { createDocument } from './document/create-document';
import { readNumbers } from './document/numbers/used-numbers';
import { removeUntouched } from './document/remove-document';
import { checkItems } from './items/check-items';
import { keepItemRule } from './items/keep-item-rule';
import { observe } from './observe';

export interface StoreOptions {
  readonly log?: (fields: object, message: string) => void;
}

/** One instance's company database: Counterpoint's documents in it, and our own notes beside them. */
export interface Store {
  readonly target: Target;
  readonly notebook: Notebook;
  close(): Promise<void>;
}

/** Opens one instance's company database. The first statement connects; a wrong login shows there. */
export function openStore(settings: Settings, options: StoreOptions = {}): Promise<Store> {
  const log = options.log ?? (() => undefined);
  return Promise.resolve(storeOn(openEngine(settings.counterpoint.connection, log), settings, log));
}

/** The store over an engine that is open. */
export function storeOn(engine: Engine, settings: Settings, log: Context['log']): Store {
  const columns = oncePerStore(engine);
  const context: Context = {
    engine,
    settings,
    columns: columns.read,
    lastParts: new Map(),
    numbersRead: new Map(),
    turns: createTurns(),
    log,
  };
  const migrated = (): Promise<void> => {
    columns.forget();
    return knowNumbers(context);
  };
  return {
    target: openTarget(context, columns.forget),
    notebook: openNotebook(context, migrated),
    close: () => engine.close(),
  };
}

/** All that history has of our stores, once and without an order that waits for it; each order's day adds its own. */
async function knowNumbers(context: Context): Promise<void> {
  const columns = await readColumns(context.engine);
  if (!columns.has('dbo.PS_TKT_HIST') || !columns.has('cantus.numbers_read')) return;
  const { store, stores } = context.settings.counterpoint;
  const own = new Set([store, ...Object.values(stores).map((each) => each.store)]);
  for (const each of own) await readNumbers(context, each);
}

function openTarget(context: Context, forgetColumns: () => void): Target {
  const { engine, settings } = context;
  const watch = createWatch(context);
  const now = (): string => thisMoment(settings).utc;
  return {
    check: () => {
      forgetColumns();
      return checkCounterpoint(context, () => readColumns(engine));
    },
    createDocument: (draft, written) => createDocument(context, draft, written),
    keepItemRule: (rule) => keepItemRule(context, rule, now()),
    checkItems: () => checkItems(context),
    observe: (order) => observe(context, order),
    removeUntouched: (order) => removeUntouched(context, order),
    changes: (limit) => watch.changes(limit),
    markSeen: (seen) => markSeen(context, seen, now()),
    finishWatch: (left) => watch.finish(left),
    probe: async () => probe(context, await context.columns(), now()),
    miscChargeTaxed: async () => miscChargeTaxed(context, await context.columns()),
    codePage: async () => (await context.columns()).column('dbo.PS_DOC_CONTACT', 'NAM')?.codePage ?? USUAL_CODE_PAGE,
    addressLengths: async () => addressLengths(await context.columns()),
    census: (scope) => censusRows(context, scope),
    returns: (since) => returns(context, since),
    clock: () => databaseClock(context),
  };
}

/** The real columns, read at first use; a database without our own tables is told so before any order is touched. */
function oncePerStore(engine: Engine): { readonly read: () => Promise<Columns>; readonly forget: () => void } {
  let known: Promise<Columns> | null = null;
  const forget = (): void => {
    known = null;
  };
  return {
    forget,
    read: () => {
      known ??= readColumns(engine).then((columns) => requireOurTables(engine, columns));
      // A failed reading is not kept: the next order asks again.
      known.catch(forget);
      return known;
    },
  };
}

async function requireOurTables(engine: Engine, columns: Columns): Promise<Columns> {
  const problem = schemaProblem(await schemaNumber(engine, columns));
  if (problem !== null) throw misconfigured(problem);
  const missing = CANTUS_TABLES.filter((table) => !columns.has(table));
  if (missing.length === 0) return columns;
  throw misconfigured({
    code: 'schemaDiffers',
    reason: 'misconfigured',
    message: `The Counterpoint database lost ${missing.join(', ')}. ${RESTORE_TABLES}`,
    remedy: RESTORE_TABLES,
  });
}

const addressLengths = (columns: Columns): readonly number[] =>
  ['ADRS_1', 'ADRS_2', 'ADRS_3'].flatMap((name) => columns.column('dbo.PS_DOC_CONTACT', name)?.length ?? []);
