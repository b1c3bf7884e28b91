/** A JSON value as the shop's API speaks it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A record read field by field; what is not looked at passes through unchanged. */
export type Fields = Record<string, unknown>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const asText = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;

/** A copy without the named columns. */
export const without = <Row extends object>(row: Row, drop: (column: string) => boolean): Row =>
  Object.fromEntries(Object.entries(row).filter(([column]) => !drop(column))) as Row;

/** Numbers arrive as numbers or numeric strings, as everywhere in this API. */
export const asNumber = (value: unknown): number | undefined => {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : undefined;
};
