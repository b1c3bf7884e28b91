import { DateTime } from 'luxon';
import type { Owner } from '../order/attention';
import type { ScheduleKind } from '../identities';
import type { Settings } from '../settings';

/** What is wrong with an instance itself rather than with one of its orders (P-20). Codes are added, never renamed. */
export type HealthCode =
  'noOrders' | 'scheduleMissing' | 'schedulePaused' | 'passesFail' | 'watermarkLost' | 'watermarkOld' | 'clockSkew';

export interface HealthFinding {
  readonly code: HealthCode;
  /** What it is about within the code: a schedule, a system. */
  readonly about: string;
  readonly message: string;
  readonly owner: Owner;
  readonly remedy: string;
}

export interface ScheduleFact {
  readonly kind: ScheduleKind;
  readonly exists: boolean;
  readonly paused: boolean;
  /** ISO instants: made, and the end of the last pass that succeeded. */
  readonly createdAt: string | null;
  readonly lastSuccess: string | null;
  /** The last passes, newest first. */
  readonly passes: readonly PassFact[];
}

/** One pass of a schedule, as far as it came. */
export interface PassFact {
  /** `outage`: it failed because a system is away, which is told as that. */
  readonly end: 'done' | 'failed' | 'outage' | 'working';
  readonly tookMs: number;
}

export interface ClockFact {
  readonly of: 'shop' | 'counterpoint';
  /** Its clock less this machine's, milliseconds. */
  readonly aheadMs: number;
}

export interface HealthFacts {
  /** ISO instant. */
  readonly now: string;
  /** Orders were placed since `silentSince`; null: not asked, because silence is no alarm now. */
  readonly ordersCame: boolean | null;
  readonly schedules: readonly ScheduleFact[];
  readonly clocks: readonly ClockFact[];
  /** Where the pass under way goes on from; left out: no pass is under way. */
  readonly watermark?: { readonly since: string | null; readonly firstPass: boolean };
}

type SilenceRule = NonNullable<Settings['silence']>;

/** So many passes one after the other that fail or overrun their interval are trouble (P-27); fewer may be a hiccup. */
export const IN_A_ROW = 3;
/** What a busy minute of a machine may add to a short interval. */
const OVERRUN_AT_LEAST_MS = 10_000;
/** A pass that is late by so many of its intervals, and by five minutes at least, is dead rather than slow. */
const INTERVALS = 10;
const AT_LEAST_MS = 5 * 60_000;
const DAY_MS = 24 * 3_600_000;
/** The census runs once a day; two missed ones and a morning. */
const CENSUS_WITHIN_MS = 50 * 3_600_000;
/** Passes overlap by ten minutes; an hour of standstill is worth a word although nothing is lost. */
const WATERMARK_AGE_MS = 3_600_000;
/** Well within the ten minutes by which passes overlap. */
const SKEW_MS = 2 * 60_000;
const LONGEST_SILENCE_DAYS = 60;

/**
 * The instant since which an order was to be expected: as much of the expected hours before now as the setting allows to
 * pass without one.
 * @returns null outside those hours, when nobody expects anything; an ISO instant otherwise
 */
export function silentSince(now: string, silence: SilenceRule, zone: string): string | null {
  const at = DateTime.fromISO(now, { zone });
  if (!windowsAround(at, silence.between, 1).some(([start, end]) => at >= start && at < end)) return null;
  let left = silence.expectOrderEvery * 1_000;
  for (const [start, end] of windowsAround(at, silence.between, LONGEST_SILENCE_DAYS)) {
    const until = DateTime.min(end, at);
    const length = until.toMillis() - start.toMillis();
    if (length <= 0) continue;
    if (length >= left) return iso(until.minus(left));
    left -= length;
  }
  return iso(at.minus({ days: LONGEST_SILENCE_DAYS }));
}

const iso = (time: DateTime): string => new Date(time.toMillis()).toISOString();

/** The windows of the last days, newest first; one that ends before it begins goes past midnight. */
function windowsAround(at: DateTime, between: string, days: number): [DateTime, DateTime][] {
  const [from = '00:00', to = '24:00'] = between.split('-');
  return Array.from({ length: days + 1 }, (_, back) => {
    const day = at.startOf('day').minus({ days: back });
    const start = clockOn(day, from);
    const end = clockOn(day, to);
    return [start, end > start ? end : clockOn(day.plus({ days: 1 }), to)];
  });
}

function clockOn(day: DateTime, clock: string): DateTime {
  const [hour = 0, minute = 0] = clock.trim().split(':').map(Number);
  return hour === 24 ? day.plus({ days: 1 }).startOf('day') : day.set({ hour, minute });
}

/** Everything that is wrong with the instance; empty when all is well. Pure. */
export function healthOf(
  facts: HealthFacts,
  settings: Pick<Settings, 'instance' | 'silence' | 'schedules'>,
): HealthFinding[] {
  return [
    ...silence(facts, settings),
    ...facts.schedules.flatMap((schedule) => scheduleTrouble(schedule, facts, settings)),
    ...watermark(facts),
    ...facts.clocks.flatMap(skew),
  ];
}

function silence({ ordersCame }: HealthFacts, { silence: rule }: Pick<Settings, 'silence'>): HealthFinding[] {
  if (rule === null || ordersCame !== false) return [];
  return [
    {
      code: 'noOrders',
      about: 'shop',
      message: `No order was placed in the shop for ${duration(rule.expectOrderEvery)} of the hours ${rule.between}.`,
      owner: 'merchant',
      remedy: 'Place a test order: if the shop takes it, it was only quiet.',
    },
  ];
}

/** Milliseconds between two passes; null: once a day. */
const intervalOf = (kind: ScheduleKind, { schedules }: Pick<Settings, 'schedules'>): number | null =>
  kind === 'census'
    ? null
    : 1_000 *
      {
        import: schedules.import,
        'watch-counterpoint': schedules.watchCounterpoint,
        'watch-magento': schedules.watchMagento,
      }[kind];

const limitOf = (interval: number | null): number =>
  interval === null ? CENSUS_WITHIN_MS : Math.max(AT_LEAST_MS, INTERVALS * interval);

/** How the last passes went wrong, where all of them did; null: one of them went well, or there were fewer. */
function streak(passes: readonly PassFact[], interval: number | null): 'fail' | 'overrun' | 'both' | null {
  if (interval === null) return null;
  const limit = Math.max(interval, OVERRUN_AT_LEAST_MS);
  const ended = passes.flatMap(({ end, tookMs }) => {
    if (end === 'failed') return ['fail' as const];
    if (tookMs > limit && end !== 'outage') return ['overrun' as const];
    // One that is at work says nothing yet; during an outage nobody can say.
    return end === 'done' ? ['well' as const] : [];
  });
  const last = ended.slice(0, IN_A_ROW);
  if (last.length < IN_A_ROW || last.includes('well')) return null;
  const failed = last.filter((each) => each === 'fail').length;
  return failed === IN_A_ROW ? 'fail' : failed === 0 ? 'overrun' : 'both';
}

const STREAK = {
  fail: 'failed',
  overrun: 'took longer than their interval',
  both: 'failed or took longer than their interval',
} as const;

function scheduleTrouble(
  schedule: ScheduleFact,
  { now, schedules }: HealthFacts,
  settings: Pick<Settings, 'instance' | 'schedules'>,
): HealthFinding[] {
  const { kind, exists, paused, lastSuccess, createdAt } = schedule;
  const trouble = (code: HealthCode, message: string, remedy: string): HealthFinding[] => [
    { code, about: kind, message, owner: 'agency', remedy },
  ];
  // Without any schedule the instance is run on demand, which is a choice.
  if (!exists) {
    return schedules.some((each) => each.exists)
      ? trouble('scheduleMissing', `The schedule ${kind} does not exist.`, 'Run `cantus setup`.')
      : [];
  }
  if (paused)
    return trouble(
      'schedulePaused',
      `The schedule ${kind} is paused.`,
      'Unpause it in the Temporal UI when the reason is gone.',
    );
  const interval = intervalOf(kind, settings);
  const since = lastSuccess ?? createdAt;
  const late = since !== null && Date.parse(now) - Date.parse(since) > limitOf(interval);
  const wrong = streak(schedule.passes, interval);
  if (!late && wrong === null) return [];
  const last =
    lastSuccess === null
      ? `No pass of the schedule ${kind} has ever succeeded.`
      : `The last pass of the schedule ${kind} that succeeded ended at ${lastSuccess.slice(0, 16).replace('T', ' ')} UTC.`;
  return trouble(
    'passesFail',
    late || wrong === null ? last : `The last three passes of the schedule ${kind} ${STREAK[wrong]}.`,
    `Check that a worker of instance ${settings.instance} runs, and what its log says.`,
  );
}

function watermark({ now, watermark: mark }: HealthFacts): HealthFinding[] {
  if (!mark || mark.firstPass) return [];
  const about = 'watch-magento';
  if (mark.since === null) {
    return [
      {
        code: 'watermarkLost',
        about,
        message: 'The watch of the shop no longer knows how far it had come, and went on from a day ago.',
        owner: 'agency',
        remedy: 'Run `cantus census`: it finds and wakes what an earlier change left behind.',
      },
    ];
  }
  const age = Date.parse(now) - Date.parse(mark.since);
  if (age <= WATERMARK_AGE_MS) return [];
  return [
    {
      code: 'watermarkOld',
      about,
      message: `The watch of the shop had stood still for ${duration(age / 1_000)} and has now caught up.`,
      owner: 'agency',
      remedy: age > DAY_MS ? 'Find out what stopped it, and run `cantus census`.' : 'Find out what stopped it.',
    },
  ];
}

const NAMES = { shop: 'the shop', counterpoint: 'the Counterpoint server' } as const;

function skew({ of, aheadMs }: ClockFact): HealthFinding[] {
  if (Math.abs(aheadMs) <= SKEW_MS) return [];
  return [
    {
      code: 'clockSkew',
      about: of,
      message: `The clock of ${NAMES[of]} is ${duration(Math.abs(aheadMs) / 1_000)} ${aheadMs > 0 ? 'ahead of' : 'behind'} the worker’s.`,
      owner: 'agency',
      remedy: 'Set both machines’ clocks by a time server.',
    },
  ];
}

function duration(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${String(minutes)} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 72 ? `${String(hours)} hours` : `${String(Math.round(hours / 24))} days`;
}
