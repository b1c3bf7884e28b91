/** Names that others script against: built and parsed here and nowhere else. */

/**
 * An order's key: its number, and for a further order that bears the same number its entity_id beside it. Everything of
 * Cantus's own is kept under the key; Counterpoint and the shop know the number.
 */
export const orderKey = (number: string, entityId: number | null): string =>
  entityId === null ? number : `${number}#${String(entityId)}`;

export function parseOrderKey(key: string): { readonly number: string; readonly entityId: number | null } {
  const match = /^(.+)#(\d+)$/.exec(key);
  return match?.[1] !== undefined && match[2] !== undefined
    ? { number: match[1], entityId: Number(match[2]) }
    : { number: key, entityId: null };
}

export const orderNumber = (key: string): string => parseOrderKey(key).number;

export const orderWorkflowId = (instance: string, order: string): string => `order:${instance}:${order}`;

/** @returns null when the id is not an order's. */
export function parseOrderWorkflowId(id: string): { instance: string; order: string } | null {
  const match = /^order:([a-z0-9-]+):(.+)$/.exec(id);
  return match?.[1] !== undefined && match[2] !== undefined ? { instance: match[1], order: match[2] } : null;
}

export const taskQueue = (instance: string): string => `cantus-${instance}`;

export const SCHEDULE_KINDS = ['import', 'watch-counterpoint', 'watch-magento', 'census'] as const;
export type ScheduleKind = (typeof SCHEDULE_KINDS)[number];

export const scheduleId = (instance: string, kind: ScheduleKind): string => `cantus:${instance}:${kind}`;

/** Orders that wait for one cause share an incident; `code` tells causes of one reason apart. */
export const incidentWorkflowId = (instance: string, reason: string, code?: string): string =>
  ['incident', instance, reason, ...(code === undefined ? [] : [code])].join(':');
