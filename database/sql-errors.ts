import { CantusError, type FailureFacts } from '../domain/errors';
import { AWAY, BY_CODE, BY_NUMBER, BY_STATE, UNKNOWN, type ErrorClass } from './sql-error-codes';

/** When the error came: an error of a commit leaves its outcome unknown where any other one means nothing was written. */
export type Phase = 'statement' | 'commit';

interface DatabaseFault {
  readonly number?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  readonly originalError?: unknown;
  readonly precedingErrors?: unknown;
}

/** Lost connections of `pg` carry no code, only a sentence. */
const LOST =
  /connection terminated|connection is closed|client has encountered a connection error|server closed the connection|timeout exceeded when trying to connect/i;

/** The original error of a transaction that the server ended stands before the one that reports it. */
function chain(error: unknown): DatabaseFault[] {
  if (typeof error !== 'object' || error === null) return [];
  const fault: DatabaseFault = error;
  const before = Array.isArray(fault.precedingErrors) ? fault.precedingErrors.flatMap(chain) : [];
  return [...before, fault, ...chain(fault.originalError), ...chain(fault.cause)];
}

function classOf(fault: DatabaseFault): ErrorClass | null {
  if (typeof fault.number === 'number' && BY_NUMBER[fault.number] !== undefined) return BY_NUMBER[fault.number] ?? null;
  const code = typeof fault.code === 'string' ? fault.code : '';
  const found =
    BY_CODE[code] ?? BY_STATE[code] ?? (/^[0-9A-Z]{5}$/.test(code) ? BY_STATE[code.slice(0, 2)] : undefined);
  if (found !== undefined) return found;
  return typeof fault.message === 'string' && LOST.test(fault.message) ? AWAY : null;
}

/**
 * Turns whatever a driver threw into a CantusError, keeping the database's number in `raw`. A commit that met a lost
 * connection or a timeout is ambiguous: the next step looks whether the document is there.
 */
export function classifySqlError(error: unknown, phase: Phase = 'statement', order?: string): CantusError {
  if (error instanceof CantusError) return error;
  const faults = chain(error);
  const known = faults.map(classOf).find((found) => found !== null) ?? UNKNOWN;
  const unsure = phase === 'commit' && (known === AWAY || known === UNKNOWN);
  const facts: FailureFacts = {
    kind: unsure ? 'ambiguous' : known.kind,
    code: unsure ? 'commitUnknown' : known.code,
    message:
      (order === undefined ? '' : `Order ${order}: `) +
      (unsure
        ? 'The database did not say whether the document was saved; it is looked up before anything else.'
        : known.message),
    ...(known.reason === undefined ? {} : { reason: known.reason }),
    ...(known.remedy === undefined ? {} : { remedy: known.remedy }),
    ...(order === undefined ? {} : { order }),
    raw: faults.map((fault) => `${words(fault.number ?? fault.code)} ${words(fault.message)}`.trim()).join(' | '),
  };
  return new CantusError(facts, error);
}

const words = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
