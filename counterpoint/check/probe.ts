import { CantusError } from '../../domain/errors';
import type { ProbeAnswer, ProbeReport } from '../../domain/ports/target';
import type { Columns } from '../../database/columns';
import type { Context } from '../context';
import { cell, type Row } from '../../database/engine';
import { guessesOf } from '../guesses';
import { sql } from '../../database/kysely';
import { findingsOf } from './probe-findings';
import { QUESTIONS, type Question } from './probe-questions';

/** Rows of evidence kept for one question; more would not be read. */
const EVIDENCE_KEPT = 60;

/** Answers the open points about the connected database with SELECTs alone; nothing is written, nothing is locked. */
export async function probe(context: Context, columns: Columns, at: string): Promise<ProbeReport> {
  const answers: ProbeAnswer[] = [];
  for (const question of QUESTIONS) answers.push(await answer(context, columns, question));
  const { findings, suggested } = findingsOf(answers, guessesOf(context.settings.counterpoint));
  return { instance: context.settings.instance, at, answers, findings, suggested };
}

async function answer(context: Context, columns: Columns, question: Question): Promise<ProbeAnswer> {
  const { id, question: text } = question;
  const missing = question.needs.filter((place) => !has(columns, place));
  if (missing.length > 0)
    return { id, question: text, evidence: [], unanswered: `not in this database: ${missing.join(', ')}` };
  if ('fromColumns' in question) return { id, question: text, evidence: question.fromColumns(columns) };
  try {
    const [rows = []] = await context.engine.read([question.select]);
    return { id, question: text, evidence: rows.slice(0, EVIDENCE_KEPT).map(asText) };
  } catch (error) {
    if (!(error instanceof CantusError) || error.kind === 'transient') throw error;
    return { id, question: text, evidence: [], unanswered: error.message };
  }
}

function has(columns: Columns, place: string): boolean {
  const [table = '', column] = place.split('.');
  return columns.has(`dbo.${table}`, column);
}

const asText = (row: Row): Record<string, string> =>
  Object.fromEntries(Object.keys(row).map((name) => [name, cell(row, name).trimEnd()]));

/**
 * Whether misc charge 1 is taxed in Counterpoint (C5-21): by the column the configuration names, else by the documents that
 * people keyed with shipping and tax on them; null where neither tells.
 */
export async function miscChargeTaxed(context: Context, columns: Columns): Promise<boolean | null> {
  const { store } = context.settings.counterpoint;
  const [table = '', column = ''] = (guessesOf(context.settings.counterpoint).miscChargeTaxed ?? '').split('.');
  if (columns.has(`dbo.${table}`, column)) {
    const ofStore = columns.has(`dbo.${table}`, 'STR_ID') ? sql` where ${sql.ref('STR_ID')} = ${store}` : sql``;
    const [rows = []] = await context.engine.read([
      sql`select ${sql.ref(column)} as "TAXED" from ${sql.table(`dbo.${table}`)}${ofStore}`,
    ]);
    if (rows.length > 0) return rows.some((row) => cell(row, 'TAXED').trimEnd() === 'Y');
  }
  const keyed = sql`from ${sql.table('dbo.PS_DOC_TAX')} t join ${sql.table('dbo.PS_DOC_HDR_MISC_CHRG')} m on m.${sql.ref('DOC_ID')} = t.${sql.ref('DOC_ID')} and m.${sql.ref('MISC_CHRG_NO')} = 1 and m.${sql.ref('MISC_AMT')} > 0
    left join ${sql.table('cantus.order_link')} l on l.doc_id = t.${sql.ref('DOC_ID')} left join ${sql.table('dbo.PS_DOC_HDR_ORIG_DOC')} o on o.${sql.ref('DOC_ID')} = t.${sql.ref('DOC_ID')} left join ${sql.table('cantus.order_link')} p on p.doc_id = o.${sql.ref('ORIG_DOC_ID')}
    where l.doc_id is null and p.doc_id is null`;
  if (!columns.has('dbo.PS_DOC_TAX', 'TXBL_MISC_CHG_AMT_1')) return null;
  const [rows = []] = await context.engine.read([
    sql`select count(*) as "ALL_OF_THEM", sum(case when t.${sql.ref('TXBL_MISC_CHG_AMT_1')} > 0 then 1 else 0 end) as "TAXED" ${keyed}`,
  ]);
  const [row] = rows;
  const all = Number(cell(row, 'ALL_OF_THEM'));
  return all === 0 ? null : Number(cell(row, 'TAXED')) * 2 > all;
}
