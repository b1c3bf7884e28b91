/** Work that would wait for one and the same lock, one after the other: who waits holds no connection and no lock's time. */
export interface Turns {
  take<T>(key: string, work: () => Promise<T>): Promise<T>;
}

export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return {
    take: async (key, work) => {
      const mine = (last.get(key) ?? Promise.resolve()).then(work);
      // A turn that fails is over as well; its own caller is told.
      const over = mine.catch(() => undefined);
      last.set(key, over);
      try {
        return await mine;
      } finally {
        if (last.get(key) === over) last.delete(key);
      }
    },
  };
}
