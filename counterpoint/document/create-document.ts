import { insertStatements } from '../../database/insert-rows';
import type { Columns } from '../../database/columns';
import type { Executor } from '../../database/engine';
import type { DocumentDraft, TextChange } from '../../domain/document/draft';
import { CantusError } from '../../domain/errors';
import { isPositive } from '../../domain/money';
import type { CreatedDocument } from '../../domain/ports/target';
import type { AsWritten } from '../../domain/shop/altered';
import { figureRow } from '../../notebook/figures';
import { writtenRows } from '../../notebook/written';
import { thisMoment, type Context } from '../context';
import { fingerprintOf, snapshotOfRows } from '../observe/snapshot';
import { refuse } from '../refusals';
import { checkDraft } from './check-draft';
import { chooseCustomer } from './customer/choose-customer';
import { orderCustomer } from './customer/order-customer';
import { linkRows } from './link-rows';
import { makePlan } from './make-plan';
import { drawNumbers } from './numbers/draw-numbers';
import { readNumbers } from './numbers/used-numbers';
import { tendersOf, type DocumentPlan } from './plan';
import { readBack } from './read-back';
import { readFacts, type ExistingLink } from './read-facts';
import { documentRows } from './rows/document-rows';
import { fitRows } from './rows/fit-rows';
import { effectsOf } from './stock-and-balance';

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
  const customer = orderCustomer({ context, draft, facts, choice, numbers, moment, columns });
  const plan = makePlan({
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
