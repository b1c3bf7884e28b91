import { CommanderError } from 'commander';
import { CantusError } from '../domain/errors';

/** Ends a command with exit code 2 and this sentence. */
export class CannotRun extends Error {}

/**
 * Prints what went wrong as one plain sentence (JSON with --json), a stack only with --debug.
 * @returns the exit code
 */
export function explain(error: unknown, argv: readonly string[]): number {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  const message = sentenceOf(error);
  if (message !== '') {
    if (argv.includes('--json'))
      process.stdout.write(`${JSON.stringify({ error: { code: codeOf(error), message } })}\n`);
    process.stderr.write(`cantus: ${message}\n`);
  }
  if (argv.includes('--debug') && error instanceof Error)
    process.stderr.write(`${stackOf(error)}\n${stackOf(error.cause)}\n`);
  else if (!(error instanceof CantusError) && !(error instanceof CannotRun))
    process.stderr.write('(run again with --debug for the details)\n');
  return 2;
}

const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : '');

const sentenceOf = (error: unknown): string => {
  if (error instanceof CommanderError) return '';
  return error instanceof Error ? error.message : String(error);
};

const codeOf = (error: unknown): string => (error instanceof CantusError ? error.code : 'cannotRun');

/** One JSON value on standard output, or lines for people. */
export function print(json: boolean, value: unknown, lines: () => string): void {
  process.stdout.write(json ? `${JSON.stringify(value)}\n` : `${lines()}\n`);
}
