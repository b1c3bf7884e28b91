import { LIMITS } from '../../domain/limits';
import type { Claim } from '../../domain/ports/shop';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { type AxiosInstance } from 'axios';
import { throttled as throttledError } from './throttled';
import type { MagentoSettings } from '../../domain/settings';
import { ShopError, failureOf, unreadable, type Errand, type HttpAnswer, type Outcome } from './errors';
import { createPace, pause, type Pace } from './pace';
import { createSign, type Sign } from './sign';

export interface TransportOptions {
  readonly log?: (fields: object, msg: string) => void;
  readonly now?: () => Date;
  /** Milliseconds before the one quick retry of a read. */
  readonly quickRetryMs?: number;
}

/** A decoded answer. */
export interface Reply {
  readonly body: unknown;
  /** The shop's clock at the answer, ISO 8601; ours where it did not tell. */
  readonly at: string;
  readonly raw: HttpAnswer;
  readonly errand: Errand;
}

export interface About {
  readonly doing: string;
  readonly order?: string;
}

export interface WriteAbout extends About {
  readonly claim?: Claim | undefined;
  /** Somebody may be charged by it. */
  readonly charges?: boolean;
}

/** The wire to one shop. All calls of a worker to an instance share its pace and connections. */
export interface Transport {
  get(path: string, about: About): Promise<Reply>;
  post(path: string, body: unknown, about: WriteAbout): Promise<Reply>;
  /** The same wire for one call's signal. */
  under(signal: AbortSignal | undefined): Transport;
  /** Waits; ends early, as a transient error, when the call's signal fires. */
  rest(ms: number): Promise<void>;
  log(fields: object, msg: string): void;
  now(): Date;
}

interface Wire {
  readonly http: AxiosInstance;
  readonly sign: Sign;
  readonly pace: Pace;
  readonly base: string;
  readonly timeoutMs: number;
  readonly quickRetryMs: number;
  readonly now: () => Date;
  readonly log: (fields: object, msg: string) => void;
  /** Until when the shop asked to be left alone (epoch ms). */
  quietUntil: number;
}

export function createTransport(settings: MagentoSettings, options: TransportOptions = {}): Transport {
  const wire: Wire = {
    http: axios.create({
      httpAgent: new HttpAgent({ keepAlive: true, maxSockets: 8 }),
      httpsAgent: new HttpsAgent({ keepAlive: true, maxSockets: 8 }),
      // A redirect would carry the sign-in to another host.
      maxRedirects: 0,
      ...(isLoopback(settings.baseUrl) ? { proxy: false as const } : {}),
      responseType: 'text',
      transformResponse: (data: unknown) => data,
      validateStatus: () => true,
    }),
    sign: createSign(settings.auth),
    pace: createPace(settings.requestsPerSecond),
    base: `${settings.baseUrl.replace(/\/+$/, '')}/rest/${encodeURIComponent(settings.storeCode)}/V1`,
    timeoutMs: settings.timeoutSeconds * 1000,
    quickRetryMs: options.quickRetryMs ?? LIMITS.quickRetryMs,
    now: options.now ?? (() => new Date()),
    log: options.log ?? (() => undefined),
    quietUntil: 0,
  };
  return bind(wire, undefined);
}

const isLoopback = (url: string): boolean => /^https?:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])([:/]|$)/i.test(url);

function bind(wire: Wire, signal: AbortSignal | undefined): Transport {
  return {
    get: (path, about) => read(wire, path, { ...about, write: false }, signal),
    post: (path, body, { claim, ...about }) =>
      send(wire, { method: 'POST', path, body, claim, errand: { ...about, write: true } }, signal),
    under: (other) => bind(wire, other ?? signal),
    rest: (ms) => rest(wire, ms, { doing: 'waiting to look at the shop again', write: false }, signal),
    log: wire.log,
    now: wire.now,
  };
}

const rest = (wire: Wire, ms: number, errand: Errand, signal: AbortSignal | undefined): Promise<void> =>
  pause(ms, signal).catch((fault: unknown) => {
    throw failureOf({ fault, timedOut: false }, errand, wire.now());
  });

/** One quick second try for a read whose connection broke; anything longer is the caller's to decide. */
async function read(wire: Wire, path: string, errand: Errand, signal: AbortSignal | undefined): Promise<Reply> {
  try {
    return await send(wire, { method: 'GET', path, errand }, signal);
  } catch (error) {
    const again = error instanceof ShopError && error.kind === 'transient' && error.code !== 'shopTimeout';
    if (!again || signal?.aborted === true) throw error;
    wire.log({ code: error.code, order: errand.order }, 'a read of the shop failed once, trying again');
    await rest(wire, wire.quickRetryMs, errand, signal);
    return send(wire, { method: 'GET', path, errand }, signal);
  }
}

interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  readonly claim?: Claim | undefined;
  readonly errand: Errand;
}

async function send(wire: Wire, call: Call, signal: AbortSignal | undefined): Promise<Reply> {
  refuseWhileQuiet(wire, call.errand);
  await wire.pace(signal).catch((fault: unknown) => {
    throw failureOf({ fault, timedOut: false }, { ...call.errand, write: false }, wire.now());
  });
  // Last of all: between this and the sending nothing may take time.
  await call.claim?.take();
  const outcome = await exchange(wire, call, signal);
  if (!('answer' in outcome) || outcome.answer.status < 200 || outcome.answer.status >= 300) {
    const failure = failureOf(outcome, call.errand, wire.now());
    if (failure.facts.retryAfterMs !== undefined) wire.quietUntil = wire.now().getTime() + failure.facts.retryAfterMs;
    if (!failure.traits.mayHaveHappened) await call.claim?.giveBack();
    throw failure;
  }
  return decode(outcome.answer, call.errand, wire.now());
}

/** What the shop asked of one call holds for all: nobody else of this worker calls before the time is over (P-19). */
function refuseWhileQuiet(wire: Wire, errand: Errand): void {
  const leftMs = wire.quietUntil - wire.now().getTime();
  if (leftMs > 0) throw throttledError(errand, leftMs);
}

async function exchange(wire: Wire, { method, path, body }: Call, signal: AbortSignal | undefined): Promise<Outcome> {
  const url = `${wire.base}${path}`;
  const deadline = AbortSignal.timeout(wire.timeoutMs);
  const ends = signal === undefined ? deadline : AbortSignal.any([deadline, signal]);
  try {
    const { status, headers, data } = await wire.http.request<string>({
      method,
      url,
      signal: ends,
      headers: {
        Authorization: wire.sign(method, url),
        Accept: 'application/json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { data: JSON.stringify(body) }),
    });
    return { answer: { status, headers: plain(headers), text: data } };
  } catch (fault) {
    return { fault, timedOut: deadline.aborted };
  }
}

const plain = (headers: object): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      value === undefined ? undefined : String(value),
    ]),
  );

function decode(raw: HttpAnswer, errand: Errand, now: Date): Reply {
  try {
    return { body: JSON.parse(raw.text), at: clockOf(raw, now), raw, errand };
  } catch (cause) {
    throw unreadable(raw, errand, cause);
  }
}

function clockOf(raw: HttpAnswer, now: Date): string {
  const told = Date.parse(raw.headers['date'] ?? '');
  return (Number.isNaN(told) ? now : new Date(told)).toISOString();
}
