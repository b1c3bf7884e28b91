import type { Settings } from '../domain/settings';
import { CannotRun } from './output';

export interface Failed {
  readonly instance: string;
  readonly message: string;
}

/**
 * Does a command's work for each instance by itself: one that cannot is named, and the others have theirs (PC-A).
 * @throws what went wrong, where there is only one instance or none could
 */
export async function eachInstance<T>(
  all: readonly Settings[],
  work: (settings: Settings) => Promise<T>,
): Promise<{ readonly results: readonly T[]; readonly failed: readonly Failed[] }> {
  const results: T[] = [];
  const failed: Failed[] = [];
  for (const settings of all) {
    try {
      results.push(await work(settings));
    } catch (error) {
      if (all.length === 1) throw error;
      failed.push({
        instance: settings.instance,
        message: error instanceof Error ? error.message : String(error),
      });
    }
  }
  const sentences = failed.map(({ instance, message }) => `instance ${instance}: ${message}`);
  if (results.length === 0) throw new CannotRun(sentences.join('\n'));
  for (const sentence of sentences) process.stderr.write(`cantus: ${sentence}\n`);
  return { results, failed };
}
