import { ATTENTION, type AttentionReason, type AttentionRule } from '../order/attention';
import { LIMITS } from '../limits';

/**
 * Whom an incident tells what, and when. Orders that fail for one cause are one incident: they share its messages.
 * Pure: the incident's workflow keeps the state and the time, this file decides.
 */

/**
 * An order in attention, one that stays too long in a state, or trouble of the instance itself: the entries of an outage
 * are systems, those of `passesFail` are schedules.
 */
export type IncidentReason = AttentionReason | 'overdue' | 'outage' | 'passesFail';

export type Channel = 'email' | 'webhook';

type IncidentRule = Pick<AttentionRule, 'title' | 'says' | 'deadlineHours' | 'severity' | 'owner'>;

/** What people are told of beside single orders in attention; trouble of an instance weighs as `systemDown` of one order. */
const INCIDENTS: Readonly<Record<IncidentReason, IncidentRule>> = {
  ...ATTENTION,
  outage: ATTENTION.systemDown,
  passesFail: {
    ...ATTENTION.systemDown,
    title: 'Scheduled work fails',
    says: 'Scheduled work of this instance does not get done, so what it looks for is noticed late or not at all.',
  },
  overdue: {
    title: 'Too long in a state',
    says: 'The order stays longer in its state than the age limit allows.',
    deadlineHours: 24,
    severity: 'warning',
    owner: 'merchant',
  },
};

export const incidentRule = (reason: IncidentReason): IncidentRule => INCIDENTS[reason];
export type NoticeKind = 'raised' | 'reminded' | 'solved';

/** What an order reports of itself. Ids, codes and sentences without personal data only. */
export interface Report {
  readonly kind: 'raised' | 'held' | 'solved';
  readonly order: string;
  /** What of the order it is about; with the order's number (of an outage: the system's name) it makes one entry. */
  readonly action: string;
  readonly ticket?: string;
  readonly tracks?: readonly string[];
  readonly message?: string;
  /** Instant the carrier collects the parcel, where one is at stake. */
  readonly pickupAt?: number;
}

export interface Entry extends Omit<Report, 'kind' | 'pickupAt'> {
  readonly since: number;
  readonly pickupAt?: number;
  readonly told?: true;
  /** Somebody confirmed that the parcel stays. */
  readonly held?: true;
  readonly solved?: true;
  /** Reminders sent so far. */
  readonly reminders: number;
}

export interface Incident {
  readonly reason: IncidentReason;
  readonly entries: readonly Entry[];
  /** Instants of the last messages. */
  readonly raisedAt: number | null;
  readonly solvedAt: number | null;
  /** Messages made so far: the next one's number. */
  readonly sent: number;
}

/** One message about the orders of an incident. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly number: number;
  /** 0: those who are told first; each reminder may tell more people. */
  readonly level: number;
  readonly count: number;
  /** The first of them, for the text. */
  readonly entries: readonly Pick<Entry, 'order' | 'ticket' | 'tracks' | 'message' | 'since' | 'pickupAt'>[];
  /** Orders of the incident that are still unsolved, this message's among them. */
  readonly open: number;
}

export type IncidentStep =
  | { readonly notice: Notice; readonly after: Incident }
  /** Nothing to say before this instant; null: before somebody reports. */
  | { readonly until: number | null; readonly over: boolean };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Before the carrier comes, then as long as nobody has confirmed that the parcel is held. */
const BEFORE_PICKUP = [HOUR, 15 * MINUTE, 0] as const;
const LISTED = 20;

export const newIncident = (reason: IncidentReason): Incident => ({
  reason,
  entries: [],
  raisedAt: null,
  solvedAt: null,
  sent: 0,
});

export const isUrgent = (reason: IncidentReason): boolean => incidentRule(reason).severity === 'urgent';

/** Taking the same report in twice changes nothing. */
export function takeIn(incident: Incident, report: Report, now: number): Incident {
  const same = (entry: Entry): boolean => entry.order === report.order && entry.action === report.action;
  const known = incident.entries.find(same);
  const others = incident.entries.filter((entry) => !same(entry));
  const put = (entry: Entry): Incident => ({ ...incident, entries: [...others, entry] });
  switch (report.kind) {
    case 'raised': {
      if (known && known.solved !== true) return incident;
      const { kind: _kind, ...facts } = report;
      // Solved and back before anybody read the all-clear: for the reader nothing happened.
      return put(known?.told === true ? { ...without(known, 'solved') } : { ...facts, since: now, reminders: 0 });
    }
    case 'held':
      return known ? put({ ...known, held: true }) : incident;
    case 'solved':
      if (!known) return incident;
      return known.told === true ? put({ ...known, solved: true }) : { ...incident, entries: others };
  }
}

/** All that stay too long in a state right now; whoever is no longer among them is solved. */
export function takeInAll(incident: Incident, reports: readonly Report[], now: number): Incident {
  const key = ({ order, action }: { order: string; action: string }): string => `${order} ${action}`;
  const listed = new Set(reports.map(key));
  const gone = incident.entries.filter((entry) => !listed.has(key(entry)));
  const cleared = gone.map(({ order, action }): Report => ({ kind: 'solved', order, action }));
  return [...cleared, ...reports].reduce((state, report) => takeIn(state, report, now), incident);
}

const without = (entry: Entry, key: 'solved'): Entry => {
  const { [key]: _gone, ...rest } = entry;
  return rest;
};

/** What is to be said now, or until when nothing is. */
export function nextNotice(incident: Incident, now: number): IncidentStep {
  const due = [fresh(incident), cleared(incident), reminded(incident)].filter((each) => each !== null);
  const ready = due.find(({ at }) => at <= now);
  if (ready) return say(incident, ready, now);
  const over = incident.entries.length === 0;
  const quiet = Math.max(incident.raisedAt ?? 0, incident.solvedAt ?? 0) + pause(incident);
  if (over && quiet <= now) return { until: null, over: true };
  const instants = [...due.map(({ at }) => at), ...(over ? [quiet] : [])];
  return { until: instants.length === 0 ? null : Math.min(...instants), over: false };
}

interface Due {
  readonly kind: NoticeKind;
  readonly at: number;
  readonly entries: readonly Entry[];
  readonly level: number;
}

const pause = ({ reason }: Incident): number => (isUrgent(reason) ? LIMITS.urgentPauseMs : LIMITS.calmPauseMs);

function fresh(incident: Incident): Due | null {
  const entries = incident.entries.filter((entry) => entry.told !== true);
  if (entries.length === 0) return null;
  const first = Math.min(...entries.map(({ since }) => since));
  const earliest = isUrgent(incident.reason) ? first : first + LIMITS.incidentGatherMs;
  const at = incident.raisedAt === null ? earliest : Math.max(earliest, incident.raisedAt + pause(incident));
  return { kind: 'raised', at, entries, level: 0 };
}

/** An all-clear lets a parcel go, so urgent ones are told one by one; of the others the last one ends the incident. */
function cleared(incident: Incident): Due | null {
  const entries = incident.entries.filter((entry) => entry.solved === true);
  const wait = !isUrgent(incident.reason) && entries.length < incident.entries.length;
  if (entries.length === 0 || wait) return null;
  const at =
    incident.solvedAt === null ? 0 : incident.solvedAt + (isUrgent(incident.reason) ? LIMITS.urgentPauseMs : 0);
  return { kind: 'solved', at, entries, level: 0 };
}

/** X-05, P-20: who is not answered is told again, and more people with it. */
function reminded(incident: Incident): Due | null {
  const waiting = incident.entries.flatMap((entry) => {
    const at = entry.told === true && entry.solved !== true ? nextReminder(incident.reason, entry) : null;
    return at === null ? [] : [{ entry, at }];
  });
  if (waiting.length === 0) return null;
  const at = Math.min(...waiting.map((each) => each.at));
  const entries = waiting.filter((each) => each.at <= at + MINUTE).map(({ entry }) => entry);
  return { kind: 'reminded', at, entries, level: Math.max(...entries.map(({ reminders }) => reminders)) + 1 };
}

function nextReminder(reason: IncidentReason, entry: Entry): number | null {
  const { pickupAt, since, reminders } = entry;
  if (pickupAt !== undefined && entry.held !== true) {
    const clock = [
      ...BEFORE_PICKUP.map((before) => pickupAt - before).filter((at) => at > since + MINUTE),
      ...Array.from({ length: LIMITS.remindersAfterPickup }, (_, hour) => pickupAt + (hour + 1) * HOUR),
    ];
    return clock[reminders] ?? null;
  }
  // Told once, and once when it is well again: no order waits for anybody.
  if (reason === 'passesFail') return null;
  // Somebody holds the parcel: the clock has done its work, and the rest is a matter of days.
  const everyHours = entry.held === true ? 24 : incidentRule(reason).deadlineHours;
  return reminders < LIMITS.deadlineReminders || entry.held === true
    ? since + (reminders + 1) * everyHours * HOUR
    : null;
}

function say(incident: Incident, due: Due, now: number): IncidentStep {
  const about = new Set(due.entries);
  const after = incident.entries.flatMap((entry): Entry[] => {
    if (!about.has(entry)) return [entry];
    if (due.kind === 'solved') return [];
    return [due.kind === 'raised' ? { ...entry, told: true } : { ...entry, reminders: entry.reminders + 1 }];
  });
  const notice: Notice = {
    kind: due.kind,
    number: incident.sent,
    level: due.level,
    count: due.entries.length,
    entries: due.entries.slice(0, LISTED).map(({ order, ticket, tracks, message, since, pickupAt, held }) => ({
      order,
      since,
      ...(ticket === undefined ? {} : { ticket }),
      ...(tracks === undefined ? {} : { tracks }),
      ...(message === undefined ? {} : { message }),
      ...(pickupAt === undefined || held === true ? {} : { pickupAt }),
    })),
    open: after.filter((entry) => entry.solved !== true).length,
  };
  return {
    notice,
    after: {
      ...incident,
      entries: after,
      sent: incident.sent + 1,
      ...(due.kind === 'raised' ? { raisedAt: now } : {}),
      ...(due.kind === 'solved' ? { solvedAt: now } : {}),
    },
  };
}
