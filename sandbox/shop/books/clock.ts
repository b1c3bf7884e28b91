import { DateTime } from 'luxon';

/** All sales times are UTC, to the second (contract §7). */
export const shopTime = (at: Date): string => DateTime.fromJSDate(at, { zone: 'utc' }).toFormat('yyyy-MM-dd HH:mm:ss');
