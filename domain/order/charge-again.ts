import { ATTENTION } from './attention';
import type { Decisions } from './decisions';
import type { Problem } from './steps';

export const isAboutCharge = ({ reason }: Pick<Problem, 'reason'>): boolean => ATTENTION[reason].money === 'charge';

export const isAboutMoney = ({ reason }: Pick<Problem, 'reason'>): boolean => ATTENTION[reason].money !== null;

/**
 * Lets these sendings of a charge be sent once more, each by its name: on the word of a person who has looked at the
 * payment provider, or by `captures.retries`. Any other sending found on the way still stops (P-24).
 */
export function sendableAgain<T extends Decisions>(memory: T, problems: readonly Problem[]): T {
  const words = problems.flatMap(({ action, sentAt }): [string, string][] => {
    const guid = action.split(':')[1];
    return sentAt === undefined || guid === undefined ? [] : [[guid, sentAt]];
  });
  return words.length === 0 ? memory : { ...memory, again: { ...memory.again, ...Object.fromEntries(words) } };
}
