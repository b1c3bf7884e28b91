/** How long the database may take; every engine keeps to these. */
export const CONNECT_MS = 10_000;
/** Below the 30 s of an activity, so that a second attempt never overlaps the first. */
export const REQUEST_MS = 25_000;
/** A statement waits so long for somebody else's row; an application lock waits as long. */
export const LOCK_MS = 5_000;
