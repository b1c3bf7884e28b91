import type { Columns } from './columns';
import type { Context } from './context';
export async function checkCounterpoint(_context: Context, columns: () => Promise<Columns>): Promise<string[]> {
  await columns();
  return [];
}
