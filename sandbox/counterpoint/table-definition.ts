/** The two engines the sandbox's tables are made on. */
export type EngineKind = 'postgres' | 'sqlserver';

/**
 * One table, written once for both engines. A column line reads `NAME type[?] [= default] [check condition]`, with `?` for
 * NULL allowed, and `NAME = (expression)` for a computed one; types are SQL Server's.
 */
export interface TableDefinition {
  readonly name: string;
  readonly columns: string;
  /** Columns of the primary key, by blanks. */
  readonly key: string;
  /** Parent table → our columns that name its key. */
  readonly parents?: Readonly<Record<string, string>>;
  readonly indexes?: readonly string[];
}

interface ColumnLine {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly initial: string | null;
  readonly check: string | null;
  readonly computed: string | null;
}

const POSTGRES_TYPES: readonly (readonly [RegExp, string])[] = [
  [/^varchar\(max\)$/, 'text'],
  [/^datetime$/, 'timestamp(3)'],
  [/^money$/, 'numeric(19,4)'],
  [/^tinyint$|^bit$/, 'smallint'],
  [/^uniqueidentifier$/, 'uuid'],
  // Nothing writes it; it only has to be there.
  [/^rowversion$/, 'bigint generated always as identity'],
];

/** Defaults that only SQL Server knows. */
const POSTGRES_DEFAULTS: Readonly<Record<string, string>> = {
  'HOST_NAME()': `'sandbox'`,
  '@@SERVERNAME': `'sandbox'`,
  'DB_NAME()': 'current_database()',
};

export function columnLines(table: TableDefinition): ColumnLine[] {
  return table.columns
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(columnLine);
}

function columnLine(line: string): ColumnLine {
  const computed = /^(\w+) = (\(.*\))$/.exec(line);
  if (computed)
    return {
      name: computed[1] ?? '',
      type: '',
      nullable: true,
      initial: null,
      check: null,
      computed: computed[2] ?? null,
    };
  const parts = /^(\w+) (\w+(?:\([^)]*\))?)(\?)?(?: = (.+?))?(?: check (.+))?$/.exec(line);
  if (parts === null) throw new Error(`Cannot read the column line "${line}".`);
  return {
    name: parts[1] ?? '',
    type: parts[2] ?? '',
    nullable: parts[3] === '?',
    initial: parts[4] ?? null,
    check: parts[5] ?? null,
    computed: null,
  };
}

/** The statements that make the table, its key and its indexes. */
export function createStatements(table: TableDefinition, engine: EngineKind): string[] {
  const lines = columnLines(table);
  const names = new Set(lines.map((line) => line.name));
  const parts = [
    ...lines.map((line) => renderColumn(line, engine, names)),
    `constraint "PK_${table.name}" primary key (${list(table.key)})`,
    ...Object.entries(table.parents ?? {}).map(
      ([parent, columns]) =>
        `constraint "FK_${table.name}_${parent}" foreign key (${list(columns)}) references dbo."${parent}"`,
    ),
  ];
  return [
    `create table dbo."${table.name}" (\n  ${parts.join(',\n  ')}\n)`,
    ...(table.indexes ?? []).map(
      (columns) =>
        `create index "IX_${table.name}_${columns.replace(/ /g, '_')}" on dbo."${table.name}" (${list(columns)})`,
    ),
  ];
}

function renderColumn(line: ColumnLine, engine: EngineKind, names: ReadonlySet<string>): string {
  if (line.computed !== null) {
    const expression = quoteNames(line.computed, names);
    return engine === 'sqlserver'
      ? `"${line.name}" as ${expression}`
      : `"${line.name}" decimal(15,4) generated always as ${expression} stored`;
  }
  const type = engine === 'sqlserver' ? line.type : postgresType(line.type);
  const initial =
    line.initial === null
      ? ''
      : ` default (${engine === 'sqlserver' ? line.initial : (POSTGRES_DEFAULTS[line.initial] ?? line.initial)})`;
  const check = line.check === null ? '' : ` check (${quoteNames(line.check, names)})`;
  return `"${line.name}" ${type}${line.nullable ? ' null' : ' not null'}${initial}${check}`;
}

const postgresType = (type: string): string => POSTGRES_TYPES.find(([pattern]) => pattern.test(type))?.[1] ?? type;
const list = (columns: string): string =>
  columns
    .split(' ')
    .map((column) => `"${column}"`)
    .join(', ');
const quoteNames = (expression: string, names: ReadonlySet<string>): string =>
  expression.replace(/\b[A-Z][A-Z0-9_]+\b/g, (word) => (names.has(word) ? `"${word}"` : word));
