import { CantusError } from '../../domain/errors';
import type { Pauses } from './pauses';
import type { Transport } from '../http/transport';

/**
 * Looks several times for what an unanswered write may have left behind; a look that fails itself counts as not found.
 */
export async function findAgain<T>(
  wire: Transport,
  pauses: Pauses,
  order: string,
  find: () => Promise<T | null>,
): Promise<T | null> {
  for (const wait of pauses.looksMs) {
    try {
      await wire.rest(wait);
      const found = await find();
      if (found !== null) return found;
    } catch (error) {
      if (!(error instanceof CantusError)) throw error;
      wire.log({ order, code: error.code }, 'a look for an unanswered write failed');
    }
  }
  return null;
}
