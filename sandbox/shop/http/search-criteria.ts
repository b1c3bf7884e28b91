import { asNumber, asText, isFields, type Fields } from '../json';
import { badRequest, internalError, missingArgument, wrongSortDirection } from './refusals';

interface Filter {
  readonly field: string;
  readonly value: string;
  readonly condition: string;
}

interface Criteria {
  /** OR inside a group, AND between groups. */
  readonly groups: readonly (readonly Filter[])[];
  readonly sort: readonly { readonly field: string; readonly direction: 'ASC' | 'DESC' }[];
  readonly pageSize: number | null;
  readonly currentPage: number | null;
}

/** Query parameters nested by their brackets, as PHP reads them. */
export const nestedQuery = (pairs: readonly (readonly [string, string])[]): Fields => {
  const root: Fields = {};
  for (const [name, value] of pairs) {
    const path = [...name.matchAll(/^[^[]+|\[([^\]]*)\]/g)].map((match) => match[1] ?? match[0]);
    let at = root;
    path.forEach((step, depth) => {
      const key = step === '' ? String(Object.keys(at).length) : step;
      if (depth === path.length - 1) {
        at[key] = value;
        return;
      }
      const next = at[key];
      const deeper: Fields = isFields(next) ? next : {};
      at[key] = deeper;
      at = deeper;
    });
  }
  return root;
};

const either = (fields: Fields, snake: string, camel: string): unknown => fields[snake] ?? fields[camel];
const list = (value: unknown): Fields[] => (isFields(value) ? Object.values(value).filter(isFields) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const readFilter = (filter: Fields): Filter => ({
  field: text(filter['field']),
  value: text(filter['value']),
  condition: text(either(filter, 'condition_type', 'conditionType')) || 'eq',
});

const readSort = (order: Fields): { field: string; direction: 'ASC' | 'DESC' } => {
  const direction = text(order['direction']).toUpperCase() || 'DESC';
  if (direction !== 'ASC' && direction !== 'DESC') throw wrongSortDirection();
  return { field: text(order['field']), direction };
};

/** @throws Refusal 400 without a searchCriteria argument or with a mistyped one */
export const readCriteria = (query: Fields): Criteria => {
  const given = either(query, 'searchCriteria', 'search_criteria');
  if (given === undefined) throw missingArgument('searchCriteria');
  if (!isFields(given)) return { groups: [], sort: [], pageSize: null, currentPage: null };
  if ('0' in given) throw badRequest('Error occurred during "searchCriteria" processing.');
  const groups = list(either(given, 'filter_groups', 'filterGroups')).map((group) =>
    list(group['filters']).map(readFilter),
  );
  return {
    groups: groups.filter((group) => group.length > 0),
    sort: list(either(given, 'sortOrders', 'sort_orders')).map(readSort),
    pageSize: asNumber(either(given, 'pageSize', 'page_size')) ?? null,
    currentPage: asNumber(either(given, 'currentPage', 'current_page')) ?? null,
  };
};

const compare = (a: unknown, b: string): number => {
  const left = asNumber(a);
  const right = asNumber(b);
  if (typeof a === 'number' && right !== undefined) return a - right;
  if (left !== undefined && right !== undefined) return left - right;
  return String(a).toLowerCase().localeCompare(b.toLowerCase(), 'en');
};

const like = (value: unknown, pattern: string): boolean => {
  const escaped = pattern
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/%/g, '.*')
    .replace(/_/g, '.');
  return new RegExp(`^${escaped}$`, 'is').test(String(value));
};

const inList = (value: unknown, items: string): boolean => items.split(',').some((item) => compare(value, item) === 0);

type Test = (value: unknown, wanted: string) => boolean;

const equal: Test = (value, wanted) => compare(value, wanted) === 0;

/** NULL matches nothing but `null`; a name the shop does not know acts as `eq` (contract §2.1). */
const TESTS: Readonly<Record<string, Test>> = {
  eq: equal,
  neq: (value, wanted) => compare(value, wanted) !== 0,
  like,
  nlike: (value, wanted) => !like(value, wanted),
  in: inList,
  nin: (value, wanted) => !inList(value, wanted),
  gt: (value, wanted) => compare(value, wanted) > 0,
  lt: (value, wanted) => compare(value, wanted) < 0,
  gteq: (value, wanted) => compare(value, wanted) >= 0,
  lteq: (value, wanted) => compare(value, wanted) <= 0,
  from: (value, wanted) => compare(value, wanted) >= 0,
  to: (value, wanted) => compare(value, wanted) <= 0,
  finset: (value, wanted) => String(value).split(',').includes(wanted),
  nfinset: (value, wanted) => !String(value).split(',').includes(wanted),
};

const matches = (row: Fields, filter: Filter): boolean => {
  const value = row[filter.field];
  const absent = value === undefined || value === null;
  if (filter.condition === 'null') return absent;
  if (filter.condition === 'notnull') return !absent;
  return !absent && (TESTS[filter.condition] ?? equal)(value, filter.value);
};

const sorted = <Row extends Fields>(rows: readonly Row[], sort: Criteria['sort']): readonly Row[] => {
  if (sort.length === 0) return rows;
  return [...rows].sort((a, b) => {
    for (const { field, direction } of sort) {
      const order = compare(a[field] ?? '', asText(b[field]) ?? '');
      if (order !== 0) return direction === 'ASC' ? order : -order;
    }
    return 0;
  });
};

const page = <Row>(rows: readonly Row[], { pageSize, currentPage }: Criteria): readonly Row[] => {
  if (pageSize === null || pageSize === 0) return rows;
  const size = pageSize < 0 ? 1 : pageSize;
  const start = (Math.max(1, currentPage ?? 1) - 1) * size;
  return rows.slice(start, start + size);
};

const echo = (criteria: Criteria): Fields => ({
  filter_groups: criteria.groups.map((group) => ({
    filters: group.map(({ field, value, condition }) => ({ field, value, condition_type: condition })),
  })),
  ...(criteria.sort.length > 0 ? { sort_orders: criteria.sort } : {}),
  ...(criteria.pageSize === null ? {} : { page_size: criteria.pageSize }),
  ...(criteria.currentPage === null ? {} : { current_page: criteria.currentPage }),
});

/**
 * Answers a list endpoint (contract §2.1). `total_count` counts all matches; past the end the page is empty.
 *
 * @throws Refusal 500 on a column the table does not have
 */
export const search = <Row extends Fields>(
  rows: readonly Row[],
  request: { readonly query: Fields; readonly columns: ReadonlySet<string>; readonly show: (row: Row) => Fields },
): Fields => {
  const criteria = readCriteria(request.query);
  const named = [...criteria.groups.flat(), ...criteria.sort].map(({ field }) => field);
  if (named.some((field) => !request.columns.has(field))) throw internalError();
  const found = rows.filter((row) => criteria.groups.every((group) => group.some((filter) => matches(row, filter))));
  return {
    items: page(sorted(found, criteria.sort), criteria).map(request.show),
    search_criteria: echo(criteria),
    total_count: found.length,
  };
};
