import { parseOrderWorkflowId } from '../../domain/identities';
import type { Stage } from '../../sandbox/play/stage';
import { until } from '../../sandbox/play/until';

/** What the engine's list says of an order; it tells the players when to move, never whether all is well. */
export interface Standing {
  readonly state: string;
  readonly attention: string | null;
  readonly ended: boolean;
}

const LOOK_EVERY_MS = 500;

/** One list call now and then for all orders at once. */
export class Board {
  readonly #standings = new Map<string, Standing>();
  readonly #runs = new Map<string, Set<string>>();
  #going = true;
  readonly #watching: Promise<void>;

  constructor(private readonly stage: Stage) {
    this.#watching = this.#watch();
  }

  of(order: string): Standing | undefined {
    return this.#standings.get(order);
  }

  /** How often the order was started; a run that goes on in a fresh history counts once. */
  runsOf(order: string): number {
    return this.#runs.get(order)?.size ?? 0;
  }

  wait(order: string, what: string, holds: (standing: Standing) => boolean, withinMs?: number): Promise<true> {
    return until(
      `${order} ${what}`,
      () => {
        const standing = this.of(order);
        return standing !== undefined && holds(standing) ? true : undefined;
      },
      withinMs,
    );
  }

  async close(): Promise<void> {
    this.#going = false;
    await this.#watching;
  }

  async #watch(): Promise<void> {
    while (this.#going) {
      // The engine is down now and then: that is the test.
      await this.#look().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  async #look(): Promise<void> {
    for await (const info of this.stage.client.workflow.list({ query: `WorkflowType = 'order'` })) {
      const order = parseOrderWorkflowId(info.workflowId)?.order;
      if (order === undefined) continue;
      const runs = this.#runs.get(order) ?? new Set();
      this.#runs.set(order, runs);
      if (info.status.name === 'CONTINUED_AS_NEW') {
        runs.delete(info.runId);
        continue;
      }
      runs.add(info.runId);
      const attribute = (name: string): string | null => {
        const found = info.typedSearchAttributes.getAll().find((pair) => pair.key.name === name)?.value;
        return typeof found === 'string' ? found : null;
      };
      this.#standings.set(order, {
        state: attribute('CantusState') ?? '',
        attention: attribute('CantusAttention'),
        ended: info.status.name !== 'RUNNING',
      });
    }
  }
}
