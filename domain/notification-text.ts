import { DateTime } from 'luxon';
import { ATTENTION, type Owner } from './attention';
import type { IncidentReason, Notice } from './notification';
import { EFFECTS } from './repair';
import type { Party, Settings } from './settings';

/** A message as a mail shows it; a webhook gets the same words as one text. */
export interface Wording {
  readonly subject: string;
  readonly text: string;
}

const TOO_LONG = 'The order stays longer in its state than the age limit allows.';

const says = (reason: IncidentReason): string => (reason === 'overdue' ? TOO_LONG : ATTENTION[reason].says);
const ownerOf = (reason: IncidentReason): Owner => (reason === 'overdue' ? 'merchant' : ATTENTION[reason].owner);

const TITLES: Readonly<Partial<Record<IncidentReason, string>>> = {
  captureRefused: 'Payment refused',
  captureUnknown: 'Payment unclear',
  authorizationExpired: 'No money taken',
  authorizationLapses: 'Authorisation lapses',
  systemDown: 'No answer',
  misconfigured: 'Wrong setting',
  overdue: 'Too long in a state',
};

/** The words for a notice: what happened to which orders, whose move it is and what can be done. */
export function wordsFor(reason: IncidentReason, notice: Notice, settings: Settings): Wording {
  return { subject: subjectOf(reason, notice, settings), text: textOf(reason, notice, settings) };
}

function subjectOf(reason: IncidentReason, notice: Notice, settings: Settings): string {
  const title = TITLES[reason] ?? words(reason);
  const [first] = notice.entries;
  const ticket = first?.ticket === undefined ? '' : `, ticket ${first.ticket}`;
  const about = notice.count === 1 && first ? `order ${first.order}${ticket}` : `${notice.count} orders`;
  const prefix = { raised: '', reminded: 'Still open: ', solved: 'Solved: ' }[notice.kind];
  return `[${settings.instance}] ${prefix}${title}: ${about}`;
}

const words = (reason: string): string => {
  const spaced = reason.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};

function textOf(reason: IncidentReason, notice: Notice, settings: Settings): string {
  const local = (at: number): string =>
    DateTime.fromMillis(at, { zone: settings.timezone }).toFormat('yyyy-MM-dd HH:mm');
  const lines = notice.entries.flatMap(({ order, ticket, tracks, message, since, pickupAt }) => {
    const named = [`Order ${order}`, ...(ticket === undefined ? [] : [`ticket ${ticket}`])];
    if (tracks && tracks.length > 0) named.push(`parcel ${tracks.join(', ')}`);
    const head = `- ${named.join(', ')} (since ${local(since)})`;
    if (notice.kind === 'solved') return [head];
    const collects =
      pickupAt === undefined ? [] : [`  The carrier collects at ${local(pickupAt)}: hold the parcel back.`];
    return [head, ...(message === undefined ? [] : [`  ${message}`]), ...collects];
  });
  if (notice.count > notice.entries.length) lines.push(`- and ${notice.count - notice.entries.length} more`);
  const opening = {
    raised: says(reason),
    reminded: `Nobody has settled this yet. ${says(reason)}`,
    solved: `This needs nobody any more: ${notice.count === 1 ? 'the order goes on' : 'the orders go on'}.`,
  }[notice.kind];
  const blocks = [opening, lines.join('\n')];
  if (notice.kind !== 'solved') blocks.push(whatToDo(reason, notice, settings));
  if (notice.kind === 'solved' && notice.open > 0) blocks.push(`Still open for the same cause: ${notice.open}.`);
  return `${blocks.join('\n\n')}\n`;
}

function whatToDo(reason: IncidentReason, notice: Notice, settings: Settings): string {
  const owner = ownerOf(reason);
  const party = settings.parties[owner];
  const move = `Whose move it is: ${owner}${party === undefined ? '' : ` (${party.name})`}.`;
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
    level === 0 ? [] : [ownerOf(reason), 'agency', ...(level > 1 ? (['maintainer'] as const) : [])];
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
