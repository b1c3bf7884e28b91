import { DateTime } from 'luxon';
import { ATTENTION, type Owner } from '../order/attention';
import { incidentRule, type IncidentReason, type Notice } from './notification';
import { SYSTEM_NAME } from '../order/outage';
import { EFFECTS } from '../order/repair';
import type { Party, Settings } from '../settings';

/** A message as a mail shows it; a webhook gets the same words as one text. */
export interface Wording {
  readonly subject: string;
  readonly text: string;
}

/** It is about the instance rather than about orders. */
const ofInstance = (reason: IncidentReason): reason is 'outage' | 'passesFail' =>
  reason === 'outage' || reason === 'passesFail';
/** What an entry is about: an order, the system that is away, or the schedule whose passes fail. */
const named = (reason: IncidentReason, about: string): string =>
  reason === 'outage'
    ? (Object.entries(SYSTEM_NAME).find(([system]) => system === about)?.[1] ?? about)
    : reason === 'passesFail'
      ? `Schedule ${about}`
      : `Order ${about}`;

/** The words for a notice: what happened to which orders, whose move it is and what can be done. */
export function wordsFor(reason: IncidentReason, notice: Notice, settings: Settings): Wording {
  return { subject: subjectOf(reason, notice, settings), text: textOf(reason, notice, settings) };
}

function subjectOf(reason: IncidentReason, notice: Notice, settings: Settings): string {
  const { title } = incidentRule(reason);
  const [first] = notice.entries;
  const ticket = first?.ticket === undefined ? '' : `, ticket ${first.ticket}`;
  const one = ofInstance(reason)
    ? named(reason, first?.order ?? '').toLowerCase()
    : `order ${first?.order ?? ''}${ticket}`;
  const many = { outage: 'the shop and Counterpoint', passesFail: `${notice.count} schedules` };
  const about = notice.count === 1 ? one : ofInstance(reason) ? many[reason] : `${notice.count} orders`;
  const prefix = { raised: '', reminded: 'Still open: ', solved: 'Solved: ' }[notice.kind];
  return `[${settings.instance}] ${prefix}${title}: ${about}`;
}

function textOf(reason: IncidentReason, notice: Notice, settings: Settings): string {
  const local = (at: number): string =>
    DateTime.fromMillis(at, { zone: settings.timezone }).toFormat('yyyy-MM-dd HH:mm');
  const lines = notice.entries.flatMap(({ order, ticket, tracks, message, since, pickupAt }) => {
    const names = [named(reason, order), ...(ticket === undefined ? [] : [`ticket ${ticket}`])];
    if (tracks && tracks.length > 0) names.push(`parcel ${tracks.join(', ')}`);
    const head = `- ${names.join(', ')} (since ${local(since)})`;
    if (notice.kind === 'solved') return [head];
    const collects =
      pickupAt === undefined ? [] : [`  The carrier collects at ${local(pickupAt)}: hold the parcel back.`];
    return [head, ...(message === undefined ? [] : [`  ${message}`]), ...collects];
  });
  if (notice.count > notice.entries.length) lines.push(`- and ${notice.count - notice.entries.length} more`);
  const opening = {
    raised: incidentRule(reason).says,
    reminded: `Nobody has settled this yet. ${incidentRule(reason).says}`,
    solved:
      reason === 'passesFail'
        ? 'This needs nobody any more: the last pass went well again.'
        : `This needs nobody any more: ${notice.count === 1 && reason !== 'outage' ? 'the order goes on' : 'the orders go on'}.`,
  }[notice.kind];
  const blocks = [opening, lines.join('\n')];
  if (notice.kind !== 'solved') blocks.push(whatToDo(reason, notice, settings));
  if (notice.kind === 'solved' && notice.open > 0) blocks.push(`Still open for the same cause: ${notice.open}.`);
  return `${blocks.join('\n\n')}\n`;
}

function whatToDo(reason: IncidentReason, notice: Notice, settings: Settings): string {
  const owner = incidentRule(reason).owner;
  const party = settings.parties[owner];
  const move = `Whose move it is: ${owner}${party === undefined ? '' : ` (${party.name})`}.`;
  if (ofInstance(reason)) return `${move}\nSee what the worker meets with: cantus doctor`;
  const [first] = notice.entries;
  if (reason === 'overdue' || first === undefined) {
    return `${move}\nSee them with: cantus orders list --overdue`;
  }
  const repairs = ATTENTION[reason].repairs.map((kind) => `  ${kind}: ${EFFECTS[kind]}`).join('\n');
  const one = `cantus orders show ${first.order}`;
  const many = `cantus orders repair --reason ${reason} KIND --preview`;
  return `${move}\nWhat can be done:\n${repairs}\nSee it with: ${notice.count === 1 ? one : many}`;
}

/**
 * Who gets a mail: the configured parties; a reminder goes to the owner and the agency too, a later one to everybody
 * (OF-B). A party without an address is left out.
 */
export function recipients(reason: IncidentReason, level: number, settings: Settings): readonly Party[] {
  const configured = settings.notifications.email?.to ?? [];
  const more: readonly Owner[] =
    level === 0 ? [] : [incidentRule(reason).owner, 'agency', ...(level > 1 ? (['maintainer'] as const) : [])];
  const names = new Set<Owner>([...configured, ...more]);
  return [...names].flatMap((name) => {
    const party = settings.parties[name];
    return party?.email === undefined ? [] : [party];
  });
}

/** The next instant at which the carrier collects, by the store's own clock (X-05). */
export function nextPickup(now: number, { captures, timezone }: Settings): number | null {
  const [hour, minute] = (captures.pickupAt ?? '').split(':').map(Number);
  if (hour === undefined || minute === undefined || Number.isNaN(hour)) return null;
  const local = DateTime.fromMillis(now, { zone: timezone });
  const today = local.set({ hour, minute, second: 0, millisecond: 0 });
  return (today.toMillis() > now ? today : today.plus({ days: 1 })).toMillis();
}
