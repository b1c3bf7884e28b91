import { CantusError } from '../domain/errors';

/** One thing wrong in a configuration file. */
export interface Problem {
  readonly file: string;
  /** Line in the file, counted from 1; null when the file itself is the problem. */
  readonly line: number | null;
  /** Key path, e.g. `magento.import.from`; empty for the file as a whole. */
  readonly key: string;
  /** What was found, as it stands in the file; never a resolved reference, never a secret. */
  readonly found: string;
  /** What is allowed there, or what to do. */
  readonly allowed: string;
}

/** One line a person can act on: `acme.yaml:12 magento.import.from: found "soon"; allowed: a day such as 2026-11-01`. */
export function describeProblem({ file, line, key, found, allowed }: Problem): string {
  const place = line === null ? file : `${file}:${String(line)}`;
  const subject = key === '' ? '' : ` ${key}`;
  return `${place}${subject}: ${found}; ${allowed}`;
}

/** Everything wrong in the configuration files at once, so that a person mends them in one go. */
export class ConfigError extends CantusError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[], cause?: unknown) {
    const count = problems.length === 1 ? 'one problem' : `${String(problems.length)} problems`;
    const lines = problems.map((problem) => `\n  ${describeProblem(problem)}`);
    const key = problems[0]?.key ?? '';
    super(
      {
        kind: 'misconfigured',
        code: 'configInvalid',
        message: `The configuration has ${count}:${lines.join('')}`,
        reason: 'misconfigured',
        remedy: 'Correct the keys named and start again; docs/reference/configuration.md explains each of them.',
        ...(key === '' ? {} : { field: key }),
      },
      cause,
    );
    this.name = 'ConfigError';
    this.problems = problems;
  }
}
