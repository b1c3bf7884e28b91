import { CancellationScope, condition } from '@temporalio/workflow';
import { LIMITS } from '../../domain/limits';
import type { CancelTaken } from '../../domain/people/cancel-answer';
import type { Repair } from '../../domain/order/repair';
import type { Attention } from '../../domain/order/steps';
import type { CancelRequest } from '../contract';
import { RepairsUnderWay } from './repairs-under-way';

export interface AskedRepair {
  readonly repair: Repair;
  /** How often the order had come to rest when it was taken in; null: not yet. */
  takenAt: number | null;
}

/**
 * What came and was not read yet: wake-ups, a request to cancel, repairs. Handlers only put in; the loop takes out, and
 * only at rest. Who waits for an answer gets it when the order has come to rest once more.
 */
export class Mailbox {
  #woken = false;
  #asked: CancelRequest | null = null;
  #buttonUsed = false;
  #buttonUnnamed = false;
  #closed = false;
  /** The last request to cancel, and how often the order had come to rest when it was taken in. */
  #cancel: (CancelTaken & { readonly takenAt: number }) | null = null;
  readonly #repairs: AskedRepair[] = [];
  readonly #underWay = new RepairsUnderWay();
  #settled = 0;

  /** Something came that was not read yet; it would be lost with this run. */
  hasMail(): boolean {
    return this.#woken;
  }

  /** The order has ended. */
  get isClosed(): boolean {
    return this.#closed;
  }

  /** The engine hands one request to a run: only a fresh one would hear of a second. */
  get isDeafToTheButton(): boolean {
    return this.#buttonUsed;
  }

  /** Something may have changed: look again, and give refused steps that cost nobody money another try. */
  wake(): void {
    this.#woken = true;
  }

  /** @returns whether anything had come since the last time; from now on nothing has */
  open(): boolean {
    const woken = this.#woken;
    this.#woken = false;
    return woken;
  }

  /* ----- requests to cancel --------------------------------------------------------------------------------------- */

  askToCancel(request: CancelRequest): void {
    this.#asked = request;
    this.wake();
  }

  /** The engine's own cancel request means what the signal means; where a signal said who and why, that stands. */
  buttonPressed(request: CancelRequest): void {
    this.#asked ??= request;
    this.#buttonUsed = true;
    this.#buttonUnnamed = true;
    this.wake();
  }

  /** @returns whether the button was pressed and nobody has asked yet who it was; from now on somebody has */
  takeButton(): boolean {
    const unnamed = this.#buttonUnnamed;
    this.#buttonUnnamed = false;
    return unnamed;
  }

  takeCancel(): CancelRequest | null {
    const asked = this.#asked;
    this.#asked = null;
    if (asked) {
      const { by, id } = asked;
      this.#cancel = { by, takenAt: this.#settled, ...(id === undefined ? {} : { id }) };
    }
    return asked;
  }

  cancelRefused(why: string): void {
    if (this.#cancel) this.#cancel = { ...this.#cancel, refused: why };
  }

  /** What became of the last request, for the order's picture. */
  cancelAnswer(): { cancel?: CancelTaken & { rests: boolean } } {
    if (!this.#cancel) return {};
    const { takenAt, ...taken } = this.#cancel;
    return { cancel: { ...taken, rests: this.#settled > takenAt } };
  }

  /* ----- repairs -------------------------------------------------------------------------------------------------- */

  /** Why this repair has to wait, in a sentence; null: it has not. */
  refuse({ kind }: Repair, attention: Attention | null): string | null {
    return this.#underWay.refuse(kind, attention);
  }

  /** From now on the same repair is not taken a second time. */
  announce(asked: AskedRepair, attention: Attention | null): void {
    this.#underWay.add(asked.repair.kind, attention, asked);
  }

  withdraw(asked: AskedRepair): void {
    this.#underWay.drop(asked);
  }

  post(asked: AskedRepair): void {
    this.#repairs.push(asked);
    this.wake();
  }

  takeRepairs(): readonly Repair[] {
    const all = this.#repairs.splice(0);
    for (const asked of all) asked.takenAt = this.#settled;
    return all.map(({ repair }) => repair);
  }

  /**
   * Waits until it shows what came of a repair. A cancel request of the engine's would end this wait with an error,
   * though the repair is done all the same.
   * @returns false: the order is still at it
   */
  async answered(asked: AskedRepair): Promise<boolean> {
    return await CancellationScope.nonCancellable(() =>
      condition(() => asked.takenAt !== null && this.#settled > asked.takenAt, LIMITS.repairAnswerMs),
    );
  }

  /* ----- rest ----------------------------------------------------------------------------------------------------- */

  /** Nothing more is done for now: whoever waits for what came of a repair is answered. */
  settle(): void {
    this.#settled += 1;
    this.#underWay.settled(this.#settled);
  }

  close(): void {
    this.#closed = true;
  }
}
