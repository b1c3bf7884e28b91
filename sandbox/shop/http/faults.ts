export type FaultKind =
  | 'maintenance'
  | 'throttled'
  | 'badGateway'
  /** Something between the caller and the shop answers by itself, before or after the shop did its work. */
  | 'inFront'
  | 'resetBefore'
  | 'resetAfter'
  | 'slow'
  | 'truncated'
  | 'unauthorized';

/** A deliberate fault: which calls it meets, and how often. */
export interface Fault {
  readonly kind: FaultKind;
  /** GET, POST, …; any without. */
  readonly method?: string;
  /** Part of the path after /rest/<store>, where a star stands for one segment and the end is the end; any path without. */
  readonly path?: string;
  /** How many calls; 1 by default, 'always' until removed. */
  readonly times?: number | 'always';
  /** Seconds for `Retry-After` on `throttled`; without it the header is left out. */
  readonly retryAfter?: number;
  /** What `inFront` answers: a status (403 by default), as a page of HTML unless a text is given. */
  readonly status?: number;
  readonly text?: string;
  /** `inFront` answers after the shop has carried the call out, instead of passing it on. */
  readonly applied?: boolean;
  /** How long `slow` takes before the call is answered. */
  readonly milliseconds?: number;
}

export interface FaultControls {
  /** Plans a fault and gives the means to take it back. */
  add(fault: Fault): () => void;
  /** How many calls this very fault has met. */
  met(fault: Fault): number;
  /** An order whose record makes every answer it appears in unreadable. */
  poison(incrementId: string): void;
  cure(incrementId: string): void;
  clear(): void;
}

interface Planned {
  readonly fault: Fault;
  left: number;
}

const covers = (pattern: string, path: string): boolean => {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(parts.join('[^/]+') + (pattern.includes('*') ? '$' : '')).test(path);
};

export class Faults implements FaultControls {
  private planned: Planned[] = [];
  private readonly encounters = new Map<Fault, number>();
  private readonly poisoned = new Set<string>();

  add(fault: Fault): () => void {
    const plan = { fault, left: fault.times === 'always' ? Number.POSITIVE_INFINITY : (fault.times ?? 1) };
    this.planned.push(plan);
    return () => {
      this.planned = this.planned.filter((other) => other !== plan);
    };
  }

  met(fault: Fault): number {
    return this.encounters.get(fault) ?? 0;
  }

  poison(incrementId: string): void {
    this.poisoned.add(incrementId);
  }
  cure(incrementId: string): void {
    this.poisoned.delete(incrementId);
  }
  clear(): void {
    this.planned = [];
    this.poisoned.clear();
  }

  isPoisoned(incrementId: string): boolean {
    return this.poisoned.has(incrementId);
  }

  /** Takes the next fault planned for this call, if any. */
  take(method: string, path: string): Fault | undefined {
    const found = this.planned.find(
      ({ fault, left }) =>
        left > 0 &&
        (fault.method === undefined || fault.method === method) &&
        (fault.path === undefined || covers(fault.path, path)),
    );
    if (!found) return undefined;
    found.left -= 1;
    this.encounters.set(found.fault, this.met(found.fault) + 1);
    return found.fault;
  }
}

export const MAINTENANCE_PAGE =
  '<!doctype html><html><head><title>Service Temporarily Unavailable</title></head><body><h1>503</h1><p>The shop is down for maintenance.</p></body></html>';
export const THROTTLED_PAGE =
  '<html><head><title>429 Too Many Requests</title></head><body>429 Too Many Requests</body></html>';
export const pageInFront = (status: number): string =>
  `<html><head><title>${String(status)}</title></head><body><center><h1>${String(status)}</h1></center></body></html>`;
export const BAD_GATEWAY_PAGE =
  '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>';
