import { checkCodes } from './codes';
import type { Columns } from '../../database/columns';
import type { Context } from '../context';
import { documentRows } from '../document/rows/document-rows';
import { UNCERTAIN_TABLES } from '../guesses';
import { sharingProblems } from '../../notebook/instances';
import { CANTUS_TABLES } from '../../notebook/migrations';
import { NEEDED_COLUMNS } from './needed-columns';
import { samplePlan } from './sample-plan';
import { RESTORE_TABLES, schemaNumber, schemaProblem } from '../../notebook/schema-number';

/**
 * Compares the real database with what is needed, before any write: columns first, and only when the tables are as they
 * should be, the codes in them. Every finding is one sentence that names table, column or code, and the remedy.
 */
export async function checkCounterpoint(context: Context, readColumns: () => Promise<Columns>): Promise<string[]> {
  const columns = await readColumns();
  const missing = [...(await ownSchema(context, columns)), ...missingColumns(columns)];
  const problems = [...missing, ...unknownRequired(context, columns), ...tooShort(context, columns)];
  if (missing.length > 0) return problems;
  return [...problems, ...(await sharingProblems(context)), ...(await checkCodes(context, columns))];
}

/** A schema that is older or newer than this version is one problem; its tables are not listed beside it. */
async function ownSchema({ engine }: Context, columns: Columns): Promise<string[]> {
  const problem = schemaProblem(await schemaNumber(engine, columns));
  if (problem !== null && problem.code !== 'notPrepared') return [problem.message];
  const remedy = problem?.remedy ?? RESTORE_TABLES;
  return CANTUS_TABLES.filter((table) => !columns.has(table)).map((table) => `Table ${table} is missing. ${remedy}`);
}

function missingColumns(columns: Columns): string[] {
  return Object.entries(NEEDED_COLUMNS).flatMap(([table, names]) => {
    const full = `dbo.${table}`;
    if (!columns.has(full))
      return UNCERTAIN_TABLES.includes(full)
        ? []
        : [
            `Table ${table} is missing. This is not a Counterpoint company database, or one of a version that is not supported.`,
          ];
    return names
      .split(' ')
      .filter((name) => !columns.has(full, name))
      .map((name) => `Column ${table}.${name} is missing. This version of Counterpoint is not supported.`);
  });
}

/** A column that must be filled and that we do not know would make every insert fail, so it is found here. */
function unknownRequired(context: Context, columns: Columns): string[] {
  return [...writtenColumns(context)].flatMap(([table, written]) =>
    [...columns.of(`dbo.${table}`)]
      .filter(([name, column]) => !column.nullable && !column.hasDefault && column.writable && !written.has(name))
      .map(
        ([name]) =>
          `Column ${table}.${name} must be filled and has no default, but the product does not know it. Give it a default, or ask for support of this version of Counterpoint.`,
      ),
  );
}

function writtenColumns(context: Context): ReadonlyMap<string, ReadonlySet<string>> {
  const written = new Map<string, Set<string>>();
  for (const { table, rows } of documentRows(samplePlan(context.settings))) {
    const names = written.get(table) ?? new Set<string>();
    written.set(table, names);
    for (const row of rows) for (const [name, value] of Object.entries(row)) if (value !== null) names.add(name);
  }
  written.set('AR_SHIP_ADRS', new Set(['CUST_NO', 'SHIP_ADRS_ID', 'NAM', 'NAM_UPR']));
  return written;
}

/** Configured codes that could never be written. */
function tooShort(context: Context, columns: Columns): string[] {
  const { counterpoint } = context.settings;
  const places: readonly (readonly [key: string, value: string, table: string, column: string])[] = [
    ['user', counterpoint.user, 'PS_DOC_HDR', 'USR_ID'],
    ['overrideReason', counterpoint.overrideReason, 'PS_DOC_LIN', 'PRC_OVRD_REAS'],
    ['overrideReason', counterpoint.overrideReason, 'PS_DOC_HDR', 'TAX_OVRD_REAS'],
    ['taxCode', counterpoint.taxCode, 'PS_DOC_HDR', 'TAX_COD'],
    ['noTaxCode', counterpoint.noTaxCode, 'PS_DOC_HDR', 'TAX_COD'],
    ['taxAuthority', counterpoint.taxAuthority, 'PS_DOC_TAX', 'AUTH_COD'],
    ['taxRule', counterpoint.taxRule, 'PS_DOC_TAX', 'RUL_COD'],
  ];
  return places.flatMap(([key, value, table, column]) => {
    const allowed = columns.column(`dbo.${table}`, column)?.length ?? null;
    return allowed === null || value.length <= allowed
      ? []
      : [
          `counterpoint.${key} "${value}" has ${String(value.length)} characters, ${table}.${column} allows ${String(allowed)}. Use a shorter code.`,
        ];
  });
}
