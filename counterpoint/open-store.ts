import type { Settings } from '../domain/settings';
import { censusRows } from './census';
import { alreadyTold, databaseClock, returns } from './census/returns';
import { createWatch, markSeen } from './changes';
import { checkCounterpoint } from './check';
import { checkItems } from './items/check-items';
import { readColumns, USUAL_CODE_PAGE, type Columns } from '../database/columns';
import { thisMoment, type Context } from './context';
import { createDocument } from './document/create-document';
import { endedByDecision, keepDecisions, keptDecisions } from '../notebook/decisions';
import { openEngine, type Engine } from '../database/engine';
import { confirmReceipt, receipts, taxes } from '../notebook/figures';
import { register, retire } from '../notebook/instances';
import { intend, noteRefusal, withdraw } from '../notebook/intents';
import { dropItemRule, itemRules, keepItemRule } from './items/item-rules';
import { migrate } from '../notebook/migrate';
import { CANTUS_TABLES } from '../notebook/migrations';
import { park, parked, rememberShop, shopFingerprints, unpark } from '../notebook/parked';
import { observe } from './observe';
import { giveKeys, givenKeys } from '../notebook/order-keys';
import { misconfigured } from '../domain/errors';
import { miscChargeTaxed, probe } from './check/probe';
import { removeUntouched } from './document/remove-document';
import { RESTORE_TABLES, schemaNumber, schemaProblem } from '../notebook/schema-number';
import type { Store, StoreOptions } from './store';
import { createTurns } from '../database/turns';
import { readNumbers } from './document/used-numbers';
import { writtenOrder } from '../notebook/written';

/** Opens one instance's Counterpoint database. The first statement connects; a wrong login shows there. */
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
  const watch = createWatch(context);
  const now = (): string => thisMoment(settings).utc;
  return {
    prepare: async () => {
      await migrate(engine);
      columns.forget();
      await knowNumbers(context);
    },
    register: () => register(context, now()),
    retire: (instance) => retire(context, instance),
    check: () => {
      columns.forget();
      return checkCounterpoint(context, () => readColumns(engine));
    },
    createDocument: (draft, written) => createDocument(context, draft, written),
    keepItemRule: (rule) => keepItemRule(context, rule, now()),
    itemRules: () => itemRules(context),
    dropItemRule: (sku) => dropItemRule(context, sku),
    checkItems: () => checkItems(context),
    observe: (order) => observe(context, order),
    written: (order) => writtenOrder(context, order),
    removeUntouched: (order) => removeUntouched(context, order),
    changes: (limit) => watch.changes(limit),
    markSeen: (seen) => markSeen(context, seen, now()),
    finishWatch: () => watch.finish(),
    givenKeys: (orders) => givenKeys(context, orders),
    giveKeys: (orders) => giveKeys(context, orders),
    rememberShop: (order, fingerprint) => rememberShop(context, order, fingerprint, now()),
    shopFingerprints: (orders) => shopFingerprints(context, orders),
    intend: (order, kind, guid, instead) => intend(context, { order, kind, guid }, instead),
    withdraw: (order, kind, guid, sentAt) => withdraw(context, { order, kind, guid }, sentAt),
    noteRefusal: (order, kind, guid, sentAt) => noteRefusal(context, { order, kind, guid }, sentAt),
    park: (record) => park(context, record, now()),
    unpark: (key) => unpark(context, key),
    parked: () => parked(context),
    receipts: () => receipts(context),
    confirmReceipt: (order) => confirmReceipt(context, order, now()),
    taxes: (days) => taxes(context, days),
    probe: async () => probe(context, await columns.read(), now()),
    miscChargeTaxed: async () => miscChargeTaxed(context, await columns.read()),
    codePage: async () => (await columns.read()).column('dbo.PS_DOC_CONTACT', 'NAM')?.codePage ?? USUAL_CODE_PAGE,
    addressLengths: async () => addressLengths(await columns.read()),
    census: (scope) => censusRows(context, scope),
    returns: (since) => returns(context, since),
    alreadyTold: (notes) => alreadyTold(context, notes),
    keepDecisions: (order, decided) => keepDecisions(context, order, decided),
    keptDecisions: (order) => keptDecisions(context, order),
    endedByDecision: (orders) => endedByDecision(context, orders),
    clock: () => databaseClock(context),
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
