import type { TicketRef } from '../order/observation';

const MARKER = /Counterpoint ticket (\S+) \{([0-9A-Fa-f-]+)\}/;

/** The text an invoice or shipment carries in its comment, so that it is found again by the release ticket it stands for. */
export const formatMarker = (ticket: TicketRef): string =>
  `Counterpoint ticket ${ticket.no} {${ticket.guid.toUpperCase()}}`;

/** The ticket named by the first comment that holds a marker; people may have written around it. */
export function parseMarker(comments: readonly string[]): TicketRef | null {
  for (const comment of comments) {
    const [, no, guid] = MARKER.exec(comment) ?? [];
    if (no !== undefined && guid !== undefined) return { no, guid: guid.toUpperCase() };
  }
  return null;
}

export const carriesMarker = (comments: readonly string[], ticket: TicketRef): boolean =>
  parseMarker(comments)?.guid === ticket.guid.toUpperCase();
