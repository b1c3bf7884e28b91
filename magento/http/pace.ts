/** Lets at most `perSecond` calls begin in any one second, in the order they asked. */
export type Pace = (signal?: AbortSignal) => Promise<void>;

export function createPace(perSecond: number, clock: () => number = Date.now): Pace {
  const limit = Math.max(1, Math.floor(perSecond));
  // A rate below one a second stretches the window instead.
  const windowMs = perSecond >= 1 ? 1000 : 1000 / perSecond;
  const starts: number[] = [];
  return async (signal) => {
    const now = clock();
    const oldest = starts.length >= limit ? starts[starts.length - limit] : undefined;
    const start = oldest === undefined ? now : Math.max(now, oldest + windowMs);
    starts.push(start);
    if (starts.length > limit) starts.splice(0, starts.length - limit);
    await pause(start - now, signal);
  };
}

/** Waits, or rejects with the signal's reason as soon as it fires. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  if (ms <= 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const ended = (): void => {
      clearTimeout(timer);
      reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', ended);
      resolve();
    }, ms);
    if (signal?.aborted === true) ended();
    else signal?.addEventListener('abort', ended, { once: true });
  });
}
