/** A request takes 2,100 parameters and an INSERT 1,000 rows on SQL Server; what stands beside a list has room as well. */
const PER_STATEMENT = 900;

/** A list cut to what one statement takes. @param each parameters that one of them needs */
export function inPortions<T>(all: readonly T[], each = 1): (readonly T[])[] {
  const size = Math.max(1, Math.floor(PER_STATEMENT / Math.max(1, each)));
  const portions: (readonly T[])[] = [];
  for (let start = 0; start < all.length; start += size) portions.push(all.slice(start, start + size));
  return portions;
}
