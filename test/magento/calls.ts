import { CantusError } from '../../domain/errors';

/** The typed error a call ends in; anything else fails the test. */
export const failure = async (run: Promise<unknown>): Promise<CantusError> => {
  const error = await run.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof CantusError) return error;
  throw error instanceof Error ? error : new Error('nothing was thrown');
};
