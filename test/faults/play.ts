import { orderWorkflowId } from '../../domain/identities';
import { readBooks } from '../../sandbox/play/books';
import { isCommitOf, type Stage } from '../../sandbox/play/stage';
import { until } from '../../sandbox/play/until';
import type { Trapped } from '../../sandbox/line';
import type { Board } from './board';
import { findings } from './findings';
import { parcelNumber, release, seeThrough } from './people';
import type { Seed } from './seeds';

const APPROACH_MS = 120_000;

/** One order with its seed: brought before its phase, pushed into it, and seen through to its end. */
export class Play {
  order = '';
  successor = '';
  #entityId = 0;
  #ticket = '';
  readonly #stuckBy: string[] = [];
  outcome: 'ended' | 'owned' | 'stuck' = 'stuck';

  constructor(
    readonly seed: Seed,
    private readonly stage: Stage,
    private readonly board: Board,
  ) {}

  /** Everything up to the phase, in calm weather or in the aftermath of an earlier fault. */
  async approach(withinMs = APPROACH_MS): Promise<void> {
    const { phase, parts } = this.seed;
    if (phase === 'import' || phase === 'document') return;
    this.#place();
    await this.#reach('in_counterpoint', withinMs);
    if (phase !== 'ship') return;
    this.#ticket = await release(this.stage, this.order, parts === 2);
    await until(
      `${this.order} to be invoiced`,
      () => this.stage.shop.ledger(this.order).invoices.length > 0 || this.#paused(),
      withinMs,
    );
  }

  /** Sets the trap for the very call of the phase; the order has to be placed. */
  trap(keep: 'call' | 'answer'): Trapped {
    const { shopLine, databaseLine, engineLine } = this.stage;
    const shopCall = (call: RegExp): Trapped => shopLine.trap({ keep, asked: (text) => call.test(text) });
    const id = String(this.#entityId);
    switch (this.seed.phase) {
      case 'import':
        if (keep === 'call' || !engineLine) return shopCall(/GET \S*\/V1\/orders\?/);
        return engineLine.trap({
          keep,
          asked: (call) => call.includes(orderWorkflowId(this.stage.instance, this.order)),
        });
      case 'document':
        return databaseLine.trap({
          keep,
          asked: (_call, sent) => isCommitOf(sent, this.order),
          answered: (answer) => answer.includes('COMMIT'),
        });
      case 'release':
        return databaseLine.trap({
          keep,
          asked: (call) => call.includes('insert into cantus.seen') && call.includes(this.order),
        });
      case 'invoice':
        return shopCall(new RegExp(`POST \\S*/order/${id}/invoice `));
      case 'ship':
        return shopCall(new RegExp(`POST \\S*/order/${id}/ship `));
      case 'edit/cancel':
        return this.seed.givenUp === 'cancelSignal'
          ? shopCall(new RegExp(`POST \\S*/orders/${id}/cancel `))
          : shopCall(new RegExp(`GET \\S*/V1/orders/${id} `));
    }
  }

  /** The gateway takes the money of the next capture, and the shop fails to save that. @returns whether it did */
  chargeThenFail(): () => boolean {
    const { gateway } = this.stage.shop;
    gateway.chargeThenFailNext(1, this.order);
    return () => this.stage.shop.ledger(this.order).charges.length > 0;
  }

  /** Something between us and the shop gives the call of the phase up. @returns whether it did */
  answer408(fault: '408 before the call' | '408 after the call'): () => boolean {
    const { faults } = this.stage.shop;
    const planned = { kind: 'inFront', status: 408, applied: fault === '408 after the call', ...this.#call() } as const;
    faults.add(planned);
    return () => faults.met(planned) > 0;
  }

  #call(): { readonly method: 'GET' | 'POST'; readonly path: string } {
    const id = String(this.#entityId);
    switch (this.seed.phase) {
      case 'invoice':
        return { method: 'POST', path: `/order/${id}/invoice` };
      case 'ship':
        return { method: 'POST', path: `/order/${id}/ship` };
      case 'edit/cancel':
        return this.seed.givenUp === 'cancelSignal'
          ? { method: 'POST', path: `/orders/${id}/cancel` }
          : { method: 'GET', path: `/orders/${id}` };
      default:
        return { method: 'GET', path: '/orders' };
    }
  }

  /** What the shopper or the clerk does that leads into the phase. */
  async push(): Promise<void> {
    const { phase, parts } = this.seed;
    switch (phase) {
      case 'import':
      case 'document':
        this.#place();
        return;
      case 'release':
      case 'invoice':
        this.#ticket = await release(this.stage, this.order, parts === 2);
        return;
      case 'ship':
        await this.stage.clerk.addTracking(this.#ticket, parcelNumber());
        return;
      case 'edit/cancel':
        await this.#giveUp();
    }
  }

  async finish(withinMs: number): Promise<void> {
    const orders = [this.order, ...(this.successor === '' ? [] : [this.successor])];
    // A cancellation by signal is asked for before anything is released; the other two may overtake a clerk.
    const leaveGoods = this.seed.phase === 'edit/cancel' && this.seed.givenUp === 'cancelSignal';
    const outcomes = await Promise.all(
      orders.map((order) =>
        seeThrough(this.stage, this.board, order, { withinMs, leaveGoods }).catch((error: unknown) => {
          this.#stuckBy.push(`${order}: ${String(error)}`);
          return 'stuck' as const;
        }),
      ),
    );
    this.outcome = outcomes.includes('stuck') ? 'stuck' : outcomes.includes('owned') ? 'owned' : 'ended';
  }

  /** Every broken rule, from the books of the two systems alone. */
  async violations(): Promise<string[]> {
    if (this.order === '') return [`seed ${String(this.seed.number)} was never placed`];
    const { stage, seed } = this;
    const found: string[] = [...this.#stuckBy];
    for (const order of [this.order, this.successor]) {
      if (order === '') continue;
      const gaveUp = seed.phase === 'edit/cancel' && order === this.order;
      const books = await readBooks(stage.shop, stage.database, order);
      // Whoever loses the race, the order is either given up altogether or goes its whole way.
      const wentOn = seed.givenUp === 'cancelSignalRacingRelease' && books.shop['state'] === 'complete';
      found.push(...findings(books, seed.kind, gaveUp && !wentOn));
      const runs = this.board.runsOf(order);
      if (runs > 1) found.push(`${order}: ran ${String(runs)} times`);
      const standing = this.board.of(order);
      if (standing === undefined) found.push(`${order}: nobody owns it, no workflow was ever started`);
      else if (!standing.ended && standing.attention === null)
        found.push(`${order}: stuck in ${standing.state} without a reason`);
    }
    return found;
  }

  #place(): void {
    const placed = this.stage.shop.place(this.seed.kind);
    this.order = placed.incrementId;
    this.#entityId = placed.entityId;
  }

  async #giveUp(): Promise<void> {
    const { shop, client, instance } = this.stage;
    if (this.seed.givenUp === 'edited') this.successor = (await shop.edit(this.order)).incrementId;
    else if (this.seed.givenUp === 'cancelledInShop') await shop.cancel(this.order);
    else {
      const racing = this.seed.givenUp === 'cancelSignalRacingRelease';
      const released = racing ? release(this.stage, this.order, true) : undefined;
      const handle = client.workflow.getHandle(orderWorkflowId(instance, this.order));
      const signalled = (): Promise<true | undefined> =>
        handle.signal('cancel', { reason: 'test', by: 'test' }).then(
          () => true as const,
          () => undefined,
        );
      await Promise.all([released, until(`a signal to ${this.order}`, signalled, APPROACH_MS)]);
    }
  }

  #paused = (): boolean => this.board.of(this.order)?.attention !== null;

  async #reach(state: string, withinMs: number): Promise<void> {
    await this.board.wait(this.order, `to be ${state}`, (standing) => standing.state === state, withinMs);
  }
}
