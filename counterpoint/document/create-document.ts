import type { CreatedDocument } from '../../domain/ports/target';
import type { AsWritten } from '../../domain/shop/altered';
import type { DocumentDraft, TextChange } from '../../domain/document/draft';
import { CantusError } from '../../domain/errors';
import { listed } from '../../domain/text/listing';
import { isPositive } from '../../domain/money';
import type { Columns } from '../../database/columns';
import { thisMoment, type Context, type Moment } from '../context';
import { addressStatements, chooseCustomer, createCustomer, linkStatements, type CustomerChoice } from './customer';
import { startsSelected, tendersOf, type DocumentPlan } from './plan';
import { documentRows } from './document-rows';
import { figureRow } from '../../notebook/figures';
import { drawNumbers, newGuid, type DrawnNumbers } from './draw-numbers';
import { customerEffect, inventoryStatements, type HeldGoods } from './effects';
import type { Executor, Statement } from '../../database/engine';
import { readFacts, type ExistingLink, type Facts } from './code-tables';
import { fitRows } from './fit-rows';
import { insertStatements } from '../../database/insert-rows';
import { sql } from '../../database/kysely';
import { CHARGE_LINE } from '../../notebook/links';
import { checkDraft, type CheckedSetUp } from './check-draft';
import { inPortions } from '../../database/portions';
import { refuse, setUpLacks } from '../refusals';
import { inStockingUnits } from '../items/selling-unit';
import {
  differingTables,
  fingerprintOf,
  snapshotOfAnswers,
  snapshotOfRows,
  snapshotQueries,
} from '../observe/snapshot';
import { readNumbers } from './used-numbers';
import { writtenRows } from '../../notebook/written';

/**
 * Writes one order as Counterpoint documents: all rows or none. Round trips on SQL Server: begin, facts, numbers, rows,
 * read back, commit. Idempotency key: (instance, order number) in `cantus.order_link`.
 */
export async function createDocument(
  context: Context,
  draft: DocumentDraft,
  written?: AsWritten,
): Promise<CreatedDocument> {
  const columns = await context.columns();
  // Before the lock: nobody waits while the day's first order reads what was posted since.
  await readNumbers(context, draft.ids.store);
  try {
    return await context.turns.take(`${draft.ids.store}:${draft.ids.station}`, () =>
      context.engine.transaction(draft.order, (on) => write(context, { draft, written, columns }, on)),
    );
  } catch (error) {
    // Somebody without our lock may have been faster: then the link is there, and its document is the answer.
    const first = error instanceof CantusError && error.code === 'duplicateKey' ? await findLink(context, draft) : null;
    if (first !== null) return existing(draft, first);
    throw error;
  }
}

async function findLink(context: Context, draft: DocumentDraft): Promise<ExistingLink | null> {
  const [rows = []] = await context.engine.read([
    context.engine.db
      .selectFrom('cantus.order_link')
      .select(['doc_id', 'entity_id', 'order_no', 'ticket_no', 'deposit_ticket_no'])
      .where('instance', '=', context.settings.instance)
      .where('order_no', '=', draft.order),
  ]);
  return (rows[0] as unknown as ExistingLink | undefined) ?? null;
}

function existing(draft: DocumentDraft, link: ExistingLink): CreatedDocument {
  if (link.order_no !== draft.order || link.entity_id !== String(draft.entityId)) {
    throw refuse(draft.order, {
      reason: 'numberTaken',
      field: 'increment_id',
      what: `document ${link.ticket_no} was written for another order of the shop with the same number or id`,
      remedy: 'Check whether the configuration points at the shop the earlier orders came from.',
    });
  }
  const deposit = link.deposit_ticket_no;
  return {
    docId: link.doc_id,
    ticketNo: link.ticket_no,
    created: false,
    changes: [],
    ...(deposit === null ? {} : { depositTicketNo: deposit }),
  };
}

interface Writing {
  readonly draft: DocumentDraft;
  readonly written: AsWritten | undefined;
  readonly columns: Columns;
}

async function write(context: Context, { draft, written, columns }: Writing, on: Executor): Promise<CreatedDocument> {
  const facts = await readFacts(context, draft, on);
  if (facts.link !== null) return existing(draft, facts.link);
  const setUp = checkDraft(context, draft, facts, columns);
  const choice = chooseCustomer(draft, facts, context.settings);
  const moment = thisMoment(context.settings);
  const withDeposit = isPositive(tendersOf(draft, facts.payCodes).deposit);
  const numbers = await drawNumbers(
    context,
    { draft, facts, moment, ...setUp, withDeposit, withCustomer: choice.customer === null },
    on,
  );
  const customer = customerPart({ context, draft, facts, choice, numbers, moment, columns });
  const plan = planOf({
    context,
    draft,
    facts,
    setUp,
    numbers,
    moment,
    custNo: customer.custNo,
    shipAddressId: customer.shipAddressId,
  });
  const fitted = fitRows(documentRows(plan), columns, draft.order, context.settings.counterpoint.textPolicy);
  const wanted = snapshotOfRows(fitted.batches, columns);
  const effects = effectsOf(context, plan, choice);
  await context.engine.write(
    [
      ...linkRows(context, plan, { fingerprint: fingerprintOf(wanted), effects: effects.marks }),
      figureRow(context.settings.instance, plan.draft),
      ...(written === undefined ? [] : writtenRows(context.settings.instance, draft.order, written)),
      ...customer.statements,
      ...insertStatements(fitted.batches, columns),
      ...numbers.counters,
      ...effects.statements,
    ],
    on,
  );
  await readBack(context, plan, wanted, columns, on);
  return result(plan, [...(draft.changes ?? []), ...fitted.changes]);
}

/** P-03: what the database holds now is compared with what was meant, while it can still be taken back. */
async function readBack(
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

interface CustomerInput {
  readonly context: Context;
  readonly draft: DocumentDraft;
  readonly facts: Facts;
  readonly choice: CustomerChoice;
  readonly numbers: DrawnNumbers;
  readonly moment: Moment;
  readonly columns: Columns;
}

function customerPart({ context, draft, facts, choice, numbers, moment, columns }: CustomerInput) {
  const { settings } = context;
  const custNo = choice.customer?.CUST_NO ?? numbers.custNo;
  if (custNo === null) throw new Error('A customer was neither found nor numbered.');
  const creation: Statement[] = [];
  if (choice.customer === null) {
    if (facts.templateCustomer === null) {
      throw setUpLacks(draft.order, {
        code: 'noTemplateCustomer',
        field: 'SY_WRKGRP.TMPLT_CUST_NO',
        what: `workgroup ${settings.counterpoint.workgroup} has no template customer`,
        remedy: 'Name a template customer for the workgroup in Counterpoint, then retry.',
      });
    }
    creation.push(createCustomer({ custNo, template: facts.templateCustomer, draft, settings, moment, columns }));
  }
  const links = linkStatements(settings, draft, custNo);
  if (choice.untouchable) return { custNo, shipAddressId: null, statements: links };
  const addresses = addressStatements({
    custNo,
    isNew: choice.customer === null,
    draft,
    facts,
    settings,
    moment,
    columns,
  });
  return {
    custNo,
    shipAddressId: addresses.shipAddressId,
    statements: [...creation, ...addresses.statements, ...links],
  };
}

interface PlanInput {
  readonly context: Context;
  readonly draft: DocumentDraft;
  readonly facts: Facts;
  readonly setUp: CheckedSetUp;
  readonly numbers: DrawnNumbers;
  readonly moment: Moment;
  readonly custNo: string;
  readonly shipAddressId: string | null;
}

function planOf({ context, draft, facts, setUp, numbers, moment, custNo, shipAddressId }: PlanInput): DocumentPlan {
  const lineGuids = draft.lines.map(newGuid);
  const { deposit } = numbers;
  return {
    draft,
    settings: context.settings.counterpoint,
    store: setUp.store,
    facts,
    moment,
    selected: startsSelected(setUp.store, context.settings.counterpoint),
    ...tendersOf(draft, facts.payCodes),
    ids: {
      docId: numbers.docId,
      guid: newGuid(),
      lineGuids,
      custNo,
      shipAddressId,
      deposit:
        deposit === null || setUp.session === null
          ? null
          : { ...deposit, guid: newGuid(), session: setUp.session, lineGuids: draft.lines.map(newGuid) },
    },
    lines: draft.lines.flatMap((line, index) => {
      const fact = facts.items.get(line);
      return fact === undefined ? [] : [{ line, fact, guid: lineGuids[index] ?? '', sequence: index + 1 }];
    }),
  };
}

/** Our own rows: the order's link, whose keys refuse a second document, and its lines' links. */
function linkRows(
  context: Context,
  plan: DocumentPlan,
  marks: { readonly fingerprint: string; readonly effects: string },
): Statement[] {
  const { draft, ids, deposit, moment } = plan;
  const { instance } = context.settings;
  const row = [
    instance,
    draft.order,
    String(draft.entityId),
    ids.docId,
    ids.guid,
    draft.ticketNo,
    draft.ids.store,
    ids.deposit?.docId ?? null,
    ids.deposit?.ticketNo ?? null,
    deposit,
    ids.custNo,
    moment.utc,
    marks.fingerprint,
    marks.effects,
    'N',
  ];
  const lines = plan.lines.map(({ line, guid, fact }) => [
    instance,
    draft.order,
    ids.docId,
    guid,
    String(line.itemId ?? CHARGE_LINE),
    fact.item.ITEM_NO,
    line.quantity,
    fact.unit.numer,
    fact.unit.denom,
  ]);
  return [
    sql`insert into cantus.order_link (instance, order_no, entity_id, doc_id, doc_guid, ticket_no, str_id, deposit_doc_id, deposit_ticket_no, deposit, cust_no, written_at, fingerprint, effects, settled) values (${sql.join(row)})`,
    ...inPortions(lines, LINE_LINK).map(lineLinks),
  ];
}

/** Parameters of a line's link. */
const LINE_LINK = 9;

const lineLinks = (lines: readonly (readonly string[])[]): Statement =>
  sql`insert into cantus.line_link (instance, order_no, doc_id, lin_guid, item_id, item_no, qty, numer, denom) values ${sql.join(lines.map((line) => sql`(${sql.join(line)})`))}`;

/** `order_link.effects`: I = stock was committed, C = the customer's open orders were counted. */
function effectsOf(
  context: Context,
  plan: DocumentPlan,
  choice: CustomerChoice,
): { readonly statements: readonly Statement[]; readonly marks: string } {
  if (!context.settings.counterpoint.commitInventory) return { statements: [], marks: '' };
  const location = plan.store.STK_LOC_ID ?? '';
  const goods = plan.lines.map(({ line, fact }): HeldGoods => ({
    itemNo: fact.item.ITEM_NO,
    location,
    quantity: inStockingUnits(line.quantity, fact.unit).toFixed(4),
    cell: fact.cell,
  }));
  const stock = inventoryStatements(goods);
  if (choice.untouchable) return { statements: stock, marks: 'I' };
  return { statements: [...stock, customerEffect(plan.ids.custNo, 1, plan.draft.totals.total)], marks: 'IC' };
}

function result(plan: DocumentPlan, changes: readonly TextChange[]): CreatedDocument {
  const { ids, draft } = plan;
  const notes = [...new Set(plan.lines.flatMap(({ fact }) => fact.notes ?? []))];
  return {
    docId: ids.docId,
    ticketNo: draft.ticketNo,
    created: true,
    changes,
    ...(notes.length === 0 ? {} : { notes }),
    ...(ids.deposit === null ? {} : { depositTicketNo: ids.deposit.ticketNo }),
  };
}
