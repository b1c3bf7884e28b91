/** One order's row lock: whoever comes later waits, first come first served. */
export class OrderLocks {
  private readonly tails = new Map<number, Promise<unknown>>();
  private readonly running = new Map<number, Promise<unknown>>();

  async run<T>(entityId: number, work: () => Promise<T>): Promise<T> {
    const before = this.tails.get(entityId) ?? Promise.resolve();
    const mine = before.then(work, work);
    const settled = mine.then(
      () => undefined,
      () => undefined,
    );
    this.tails.set(entityId, settled);
    try {
      return await mine;
    } finally {
      if (this.tails.get(entityId) === settled) this.tails.delete(entityId);
    }
  }

  /** Like `run`, and visible to calls outside the lock as an invoice on its way. */
  invoicing<T>(entityId: number, work: () => Promise<T>): Promise<T> {
    return this.run(entityId, () => {
      const going = work().finally(() => this.running.delete(entityId));
      this.running.set(
        entityId,
        going.catch(() => undefined),
      );
      return going;
    });
  }

  /** Settles with the invoice that is running on this order; undefined when there is none. */
  runningInvoice(entityId: number): Promise<unknown> | undefined {
    return this.running.get(entityId);
  }
}
