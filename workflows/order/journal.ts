import type { TimelineEntry } from '../../domain/people/order-view';

const KEPT = 200;
const CARRIED = 50;

/** What happened to the order, in sentences for people. The first entry stays, whatever else is dropped. */
export class Journal {
  readonly #entries: TimelineEntry[];

  constructor(carried: readonly TimelineEntry[] = []) {
    this.#entries = [...carried];
  }

  get entries(): readonly TimelineEntry[] {
    return this.#entries;
  }

  note(what: string): void {
    this.#entries.push({ at: new Date(Date.now()).toISOString(), what });
    if (this.#entries.length > KEPT) this.#entries.splice(1, this.#entries.length - KEPT);
  }

  carry(): readonly TimelineEntry[] {
    return this.#entries.slice(-CARRIED);
  }
}
