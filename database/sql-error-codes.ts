import type { FailureKind } from '../domain/errors';
import type { AttentionReason } from '../domain/order/attention';

/** What one kind of database error means for an order. */
export interface ErrorClass {
  readonly kind: FailureKind;
  readonly code: string;
  readonly message: string;
  readonly reason?: AttentionReason;
  readonly remedy?: string;
}

const AGAIN: ErrorClass = {
  kind: 'transient',
  code: 'databaseBusy',
  message: 'The Counterpoint database was busy with the same rows; it is tried again.',
};
export const AWAY: ErrorClass = {
  kind: 'transient',
  code: 'databaseAway',
  message: 'The Counterpoint database did not answer; it is tried again.',
  reason: 'systemDown',
};
const DUPLICATE: ErrorClass = {
  kind: 'transient',
  code: 'duplicateKey',
  message: 'A key was taken by somebody else at the same moment; it is tried again.',
  reason: 'misconfigured',
  remedy: 'When it lasts, find the record with this key in Counterpoint.',
};
const CONSTRAINT: ErrorClass = {
  kind: 'refused',
  code: 'constraint',
  message: 'Counterpoint refuses a value: a rule of the table forbids it.',
  reason: 'misconfigured',
  remedy: 'Run the check of the Counterpoint set-up and correct the code it names.',
};
const TOO_LONG: ErrorClass = {
  kind: 'refused',
  code: 'fieldTooLong',
  message: 'A text is longer than its Counterpoint column.',
  reason: 'fieldTooLong',
  remedy: 'Shorten the text in the shop, then retry.',
};
const LOGIN: ErrorClass = {
  kind: 'misconfigured',
  code: 'loginRefused',
  message: 'The Counterpoint database refuses the login.',
  reason: 'misconfigured',
  remedy: 'Check counterpoint.connection: server, database, user and password.',
};
const PERMISSION: ErrorClass = {
  kind: 'misconfigured',
  code: 'permissionMissing',
  message: 'The database user may not do this.',
  reason: 'misconfigured',
  remedy: 'Grant the database user what docs/guide names.',
};
const SCHEMA: ErrorClass = {
  kind: 'misconfigured',
  code: 'schemaDiffers',
  message: 'A table or column is missing in the Counterpoint database.',
  reason: 'misconfigured',
  remedy: 'Run cantus setup, then the check of the Counterpoint set-up.',
};
const COLLATION: ErrorClass = {
  kind: 'misconfigured',
  code: 'collationDiffers',
  message:
    'The Counterpoint database compares texts of two collations: its columns have another collation than the database itself.',
  reason: 'misconfigured',
  remedy:
    'Report it with the words of the database from the log; the column it names has to be compared by the database’s collation.',
};
const TOO_LARGE: ErrorClass = {
  kind: 'refused',
  code: 'requestTooLarge',
  message: 'A statement has more values or rows than the Counterpoint database takes in one go; nothing was written.',
  reason: 'misconfigured',
  remedy: 'This is a fault of Cantus: report it with the number of lines of the order.',
};
const FULL: ErrorClass = {
  kind: 'transient',
  code: 'databaseFull',
  message: 'The Counterpoint database has no room or memory left; it is tried again.',
  reason: 'misconfigured',
  remedy: 'Give the database server room.',
};

/** A standby, or a database set to read-only: after a failover the same name may still lead to the old primary. */
const READ_ONLY: ErrorClass = {
  kind: 'transient',
  code: 'databaseReadOnly',
  message: 'The Counterpoint database takes no changes at the moment; it is tried again.',
  reason: 'misconfigured',
  remedy: 'Let counterpoint.connection lead to the primary database.',
};

export const UNKNOWN: ErrorClass = {
  kind: 'refused',
  code: 'databaseError',
  message: 'The Counterpoint database refused a statement.',
  reason: 'misconfigured',
  remedy: 'Look into the log for the words of the database.',
};

/** SQL Server error numbers (sys.messages). */
export const BY_NUMBER: Readonly<Record<number, ErrorClass>> = {
  1205: AGAIN, // deadlock victim
  1222: AGAIN, // lock request time out
  1204: AGAIN, // no locks left at the moment
  3960: AGAIN, // snapshot update conflict
  51222: AGAIN, // our own: application lock not granted in time
  2627: DUPLICATE,
  2601: DUPLICATE,
  547: CONSTRAINT,
  515: CONSTRAINT, // NULL into a NOT NULL column
  271: SCHEMA, // computed column
  8115: CONSTRAINT, // arithmetic overflow
  8152: TOO_LONG,
  2628: TOO_LONG,
  468: COLLATION, // cannot resolve the collation conflict
  451: COLLATION, // … of a column of a statement
  8003: TOO_LARGE, // more than 2,100 parameters
  10738: TOO_LARGE, // more than 1,000 rows in one INSERT
  207: SCHEMA,
  208: SCHEMA,
  229: PERMISSION,
  230: PERMISSION,
  262: PERMISSION,
  4060: LOGIN,
  18456: LOGIN,
  18452: LOGIN,
  233: AWAY,
  10053: AWAY,
  10054: AWAY,
  10060: AWAY,
  40197: AWAY,
  40501: AWAY,
  40613: AWAY,
  976: AWAY, // availability group: this replica takes no connections
  983: AWAY, // availability group: the replica is changing its role
  6005: AWAY, // shutdown in progress
  3906: READ_ONLY,
  701: FULL,
  1105: FULL,
  9002: FULL,
};

/** PostgreSQL sqlstates; the class (first two characters) where a whole one is missing. */
export const BY_STATE: Readonly<Record<string, ErrorClass>> = {
  '40P01': AGAIN,
  '40001': AGAIN,
  '55P03': AGAIN,
  '57014': AGAIN,
  '23505': DUPLICATE,
  '23': CONSTRAINT,
  '22001': TOO_LONG,
  '22003': CONSTRAINT, // number out of range
  '25006': READ_ONLY,
  '428C9': SCHEMA,
  '42P21': COLLATION,
  '42P22': COLLATION,
  '42P01': SCHEMA,
  '42703': SCHEMA,
  '3F000': SCHEMA,
  '42501': PERMISSION,
  '28': LOGIN,
  '3D000': LOGIN,
  '08': AWAY,
  '57': AWAY,
  '53': FULL,
};

/** Codes of `mssql`, `pg` and Node when the connection itself failed. */
export const BY_CODE: Readonly<Record<string, ErrorClass>> = {
  ELOGIN: LOGIN,
  EINSTLOOKUP: LOGIN,
  ETIMEOUT: AWAY,
  ESOCKET: AWAY,
  ECONNCLOSED: AWAY,
  ECONNRESET: AWAY,
  ECONNREFUSED: AWAY,
  ENOTFOUND: AWAY,
  EPIPE: AWAY,
  ECONNABORTED: AWAY,
  ENOTOPEN: AWAY,
  ETIMEDOUT: AWAY,
  EHOSTUNREACH: AWAY,
  EABORT: AGAIN,
};
