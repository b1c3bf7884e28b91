import type { Books } from '../books/books';

export type GatewayAnswer = 'approve' | 'refuse' | 'chargeThenFail' | 'pending' | 'fraud';

interface Planned {
  readonly answer: GatewayAnswer;
  readonly order?: string;
  left: number;
  readonly reason: string;
}

interface Pause {
  readonly order?: string;
  readonly reached: () => void;
  readonly go: Promise<void>;
}

export interface HeldCapture {
  /** Settles when a capture has arrived at the gateway and waits there. */
  readonly reached: Promise<void>;
  resume(): void;
}

/** What the gateway tells the shop about one capture. */
export interface CaptureOutcome {
  readonly answer: GatewayAnswer;
  readonly transaction: string;
  /** The gateway's own words when it refuses. */
  readonly reason: string;
}

/** The switches of the fake payment gateway (contract §10.4). Orders are named by increment id; without one, any order's next capture is meant. */
export interface GatewayControls {
  /** The next n captures are declined. */
  refuseNext(n?: number, order?: string): void;
  /** The next n captures take the money, then the shop fails to store them. */
  chargeThenFailNext(n?: number, order?: string): void;
  pendingNext(n?: number, order?: string): void;
  fraudNext(n?: number, order?: string): void;
  /** The next capture takes this long. */
  delayNext(milliseconds: number, order?: string): void;
  /** The next capture waits at the gateway until it is let go. */
  holdNext(order?: string): HeldCapture;
  /** The authorisation lapsed: every further capture is declined. */
  expire(order: string): void;
  /** The authorisation is closed: the shop books further captures as paid without money (contract §0.2). */
  closeAuthorization(order: string): void;
  /** The gateway will close the authorisation with the order's next capture. */
  closeOnCapture(order: string): void;
  /** Gateways that take one capture per authorisation decline the second. */
  onlyOneCapture(on: boolean): void;
  /** Forgets every planned answer. */
  reset(): void;
}

export class Gateway implements GatewayControls {
  private planned: Planned[] = [];
  private pauses: Pause[] = [];
  private oneCapture = false;

  constructor(private readonly books: Books) {}

  refuseNext(n = 1, order?: string): void {
    this.plan('refuse', n, order, 'Gateway says: capture refused');
  }
  chargeThenFailNext(n = 1, order?: string): void {
    this.plan('chargeThenFail', n, order, '');
  }
  pendingNext(n = 1, order?: string): void {
    this.plan('pending', n, order, '');
  }
  fraudNext(n = 1, order?: string): void {
    this.plan('fraud', n, order, '');
  }

  delayNext(milliseconds: number, order?: string): void {
    void this.pause(order, () => new Promise((resolve) => setTimeout(resolve, milliseconds)));
  }

  holdNext(order?: string): HeldCapture {
    let resume: () => void = () => undefined;
    const go = new Promise<void>((resolve) => (resume = resolve));
    const reached = this.pause(order, () => go);
    return { reached, resume };
  }

  expire(order: string): void {
    this.authorization(order).expired = true;
  }
  closeAuthorization(order: string): void {
    this.authorization(order).open = false;
    for (const transaction of this.books.transactions) {
      if (transaction.txn_id === this.authorization(order).transaction) transaction.is_closed = 1;
    }
  }
  closeOnCapture(order: string): void {
    this.authorization(order).closesOnCapture = true;
  }
  onlyOneCapture(on: boolean): void {
    this.oneCapture = on;
  }
  reset(): void {
    this.planned = [];
    this.pauses = [];
    this.oneCapture = false;
  }

  /** Asks the gateway for money; what it took stands in its own books whatever the shop does afterwards. */
  async capture(order: string, amount: number): Promise<CaptureOutcome> {
    const pauseAt = this.pauses.findIndex((pause) => pause.order === undefined || pause.order === order);
    const [pause] = pauseAt >= 0 ? this.pauses.splice(pauseAt, 1) : [];
    if (pause) {
      pause.reached();
      await pause.go;
    }
    const authorization = this.books.authorizations[order];
    if (authorization?.expired) return refusal('Gateway says: capture refused (authorization expired)');
    if (this.oneCapture && (authorization?.captured ?? 0) > 0) return refusal('Gateway says: already captured');
    const planned = this.take(order);
    if (planned?.answer === 'refuse') return refusal(planned.reason);
    const answer = planned?.answer ?? 'approve';
    return answer === 'pending'
      ? { answer, transaction: this.number(), reason: '' }
      : { ...this.sale(order, amount), answer };
  }

  /** Takes money while the order is placed. */
  sale(order: string, amount: number): CaptureOutcome {
    const transaction = this.number();
    this.books.charges.push({ order, amount, transaction, kind: 'capture', at: this.books.now() });
    return { answer: 'approve', transaction, reason: '' };
  }

  private number(): string {
    return `CAP-${String(this.books.next('gateway')).padStart(8, '0')}`;
  }

  refund(order: string, amount: number): string {
    const transaction = `REF-${String(this.books.next('gateway')).padStart(8, '0')}`;
    this.books.charges.push({ order, amount: -amount, transaction, kind: 'refund', at: this.books.now() });
    return transaction;
  }

  private plan(answer: GatewayAnswer, n: number, order: string | undefined, reason: string): void {
    this.planned.push({ answer, left: n, reason, ...(order === undefined ? {} : { order }) });
  }

  private pause(order: string | undefined, start: () => Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      let begin: () => void = () => undefined;
      const go = new Promise<void>((begun) => (begin = begun)).then(start);
      const reached = (): void => {
        begin();
        resolve();
      };
      this.pauses.push({ reached, go, ...(order === undefined ? {} : { order }) });
    });
  }

  private take(order: string): Planned | undefined {
    const found = this.planned.find((plan) => plan.left > 0 && (plan.order === undefined || plan.order === order));
    if (found) found.left -= 1;
    return found;
  }

  private authorization(order: string) {
    const found = this.books.authorizations[order];
    if (!found) throw new Error(`Order ${order} has no authorisation at the gateway.`);
    return found;
  }
}

const refusal = (reason: string): CaptureOutcome => ({ answer: 'refuse', transaction: '', reason });
