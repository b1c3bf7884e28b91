import { LIMITS } from '../domain/limits';
import type { Logger } from 'pino';
import { CantusError } from '../domain/errors';

/** An instance that polls. `run` ends when the worker is told to stop; it fails when it cannot go on. */
export interface Serving {
  run(): Promise<void>;
  close(): Promise<void>;
}

/** How an instance's first try to come up ended; null: it polls. */
export type FirstTry = unknown;

export interface InstanceLife {
  readonly instance: string;
  open(): Promise<Serving>;
  readonly stop: AbortSignal;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** Told once, after the first try. */
  readonly tried: (error: FirstTry) => void;
  /** Told whenever the instance begins to poll. */
  readonly polls: () => void;
  readonly pauses?: Pauses;
}

interface Pauses {
  /** Where something is away: ever longer, the last one again and again. */
  readonly away: readonly number[];
  /** Where a setting is wrong: a person has to change it first. */
  readonly unfit: number;
}

const PAUSES: Pauses = { away: LIMITS.awayPausesMs, unfit: LIMITS.unfitPauseMs };

/**
 * Keeps one instance at work until `stop`, whatever becomes of the others of its process (PC-A). What is away is waited
 * for, what is wrong is named and tried again slowly; either is told once, and again only when it is something else.
 */
export async function keepServing(life: InstanceLife): Promise<void> {
  const { instance, stop, log, pauses = PAUSES } = life;
  const tried = once(life.tried);
  let told: string | null = null;
  for (let attempt = 0; !stop.aborted; attempt += 1) {
    try {
      const serving = await unlessStopped(life.open(), stop);
      if (serving === null) return;
      if (told !== null) log.info({ instance }, 'instance works again');
      told = null;
      attempt = 0;
      life.polls();
      tried(null);
      await serving.run().finally(() => serving.close());
      return;
    } catch (error) {
      if (wasStopped(stop)) throw error;
      const away = isAway(error);
      const pauseMs = away ? (pauses.away[attempt] ?? pauses.away.at(-1) ?? pauses.unfit) : pauses.unfit;
      const what = `${away ? 'away' : 'unfit'} ${wordsOf(error)}`;
      if (what !== told) tell(life, error, away);
      told = what;
      tried(error);
      await pause(pauseMs, stop);
    }
  }
}

/** Asked anew: it may have changed since the loop asked. */
const wasStopped = (stop: AbortSignal): boolean => stop.aborted;

const isAway = (error: unknown): boolean => error instanceof CantusError && error.traits.away;

/** An outage shows in many codes and is one; what is wrong is told anew when it is something else. */
const wordsOf = (error: unknown): string =>
  isAway(error) ? '' : error instanceof CantusError ? `${error.code} ${error.message}` : String(error);

function tell({ instance, log }: InstanceLife, error: unknown, away: boolean): void {
  const code = error instanceof CantusError ? error.code : 'unexpected';
  const words = error instanceof Error ? error.message : String(error);
  if (away) log.warn({ instance, code }, `${words} Instance ${instance} waits until it is there again.`);
  else
    log.error(
      { instance, code, ...(error instanceof CantusError ? {} : { err: error }) },
      `${words} Instance ${instance} stays off until that is mended; it is tried again every minute.`,
    );
}

/** Null: told to stop meanwhile. What still comes up then is closed behind our back, and nobody waits for it. */
async function unlessStopped(opening: Promise<Serving>, stop: AbortSignal): Promise<Serving | null> {
  const stopped = new Promise<null>((resolve) => {
    stop.addEventListener('abort', () => resolve(null), { once: true });
  });
  const first = await Promise.race([opening, stopped]);
  if (first === null) void opening.then((late) => late.close()).catch(() => undefined);
  return first;
}

const pause = (ms: number, stop: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (stop.aborted) {
      resolve();
      return;
    }
    const timer = setTimeout(resolve, ms);
    stop.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });

function once(tell: (error: FirstTry) => void): (error: FirstTry) => void {
  let done = false;
  return (error) => {
    if (!done) tell(error);
    done = true;
  };
}
