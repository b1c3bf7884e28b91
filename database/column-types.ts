/** decimal, money: text on PostgreSQL, number on SQL Server (15 digits, exact); always passed through `money` or `quantity`. */
export type DecimalColumn = string | number;
/** bigint: text from both drivers. */
export type BigintColumn = string;
/** datetime: wall time of the store; a Date whose UTC fields carry it, or text. */
export type TimeColumn = string | Date;
