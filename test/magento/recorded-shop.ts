import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import type { MagentoSettings } from '../../domain/settings';

/** One thing the scripted shop does with a call. */
export type Answer =
  | { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }
  | { readonly status: number; readonly text: string; readonly headers?: Readonly<Record<string, string>> }
  | 'cut'
  | 'hang';

export interface Seen {
  readonly method: string;
  /** After /V1, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

/** Answers per `METHOD /path`, in order; the last one stays. A function may look at the call. */
export type Script = Readonly<Record<string, Answer | readonly Answer[] | ((seen: Seen) => Answer)>>;

export interface ScriptedShop {
  readonly baseUrl: string;
  readonly seen: readonly Seen[];
  calls(route: string): readonly Seen[];
  close(): Promise<void>;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const list = (...items: unknown[]): Answer => ok({ items, search_criteria: {}, total_count: items.length });
export const refusal = (message: string, parameters?: unknown): Answer => ({
  status: 400,
  body: { message, ...(parameters === undefined ? {} : { parameters }) },
});
export const internalError: Answer = {
  status: 500,
  body: { message: 'Internal Error. Details are available in Magento log file. Report ID: webapi-66f0c0ffee' },
};

export async function startScriptedShop(script: Script): Promise<ScriptedShop> {
  const seen: Seen[] = [];
  const counts = new Map<string, number>();
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    void readSeen(request).then((call) => {
      seen.push(call);
      answer(response, answerTo(script, counts, call));
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    seen,
    calls: (route) => seen.filter(({ method, path }) => `${method} ${path}` === route),
    close: () =>
      new Promise((resolve) => {
        sockets.forEach((socket) => socket.destroy());
        server.close(() => resolve());
      }),
  };
}

async function readSeen(request: IncomingMessage): Promise<Seen> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? '/', 'http://shop');
  const text = Buffer.concat(chunks).toString();
  return {
    method: request.method ?? '',
    path: url.pathname.replace(/^\/rest\/[^/]+\/V1/, ''),
    query: url.searchParams,
    url: request.url ?? '',
    headers: request.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

function answerTo(script: Script, counts: Map<string, number>, call: Seen): Answer {
  const route = `${call.method} ${call.path}`;
  const scripted = script[route];
  if (scripted === undefined) return { status: 404, body: { message: 'Request does not match any route.' } };
  if (typeof scripted === 'function') return scripted(call);
  if (!Array.isArray(scripted)) return scripted as Answer;
  const count = counts.get(route) ?? 0;
  counts.set(route, count + 1);
  return (scripted as readonly Answer[])[Math.min(count, scripted.length - 1)] ?? 'cut';
}

function answer(response: ServerResponse, given: Answer): void {
  if (given === 'hang') return;
  if (given === 'cut') {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(given.status, { 'Content-Type': 'application/json', ...given.headers });
  response.end('text' in given ? given.text : JSON.stringify(given.body));
}

export const settingsFor = (baseUrl: string, changes: Partial<MagentoSettings> = {}): MagentoSettings => ({
  baseUrl,
  storeCode: 'default',
  auth: { kind: 'token', token: 'secret-token' },
  import: { statuses: ['pending', 'processing'], from: '2026-11-01', storeViews: [], pageSize: 50 },
  statuses: {
    inCounterpoint: 'in_counterpoint',
    partiallyReleased: 'processing',
    final: 'complete',
    needsAttention: null,
    confirmedCancelled: null,
  },
  statusUpdates: 'auto',
  source: null,
  requestsPerSecond: 1000,
  timeoutSeconds: 5,
  ...changes,
});

/** No test waits for a real pause. */
export const QUICK = { quickRetryMs: 0, looksMs: [0, 0] } as const;

interface Exchange {
  readonly call: { readonly method: string; readonly path: string; readonly body?: unknown };
  readonly answer: { readonly status: number; readonly body: unknown };
  readonly note?: string;
}

export function recorded(name: string): readonly Exchange[] {
  const file = join(__dirname, '../fixtures/magento/exchanges', `${name}.json`);
  return (JSON.parse(readFileSync(file, 'utf8')) as { exchanges: Exchange[] }).exchanges;
}

/** A script that gives what the recorded shop gave, in its order, whatever the exact query was. */
export function replay(exchanges: readonly Exchange[]): Script {
  const script: Record<string, Answer[]> = {};
  for (const { call, answer: given } of exchanges) {
    const path = new URL(call.path, 'http://shop').pathname.replace(/^\/rest\/[^/]+\/V1/, '');
    (script[`${call.method} ${path}`] ??= []).push(given);
  }
  return script;
}

export function sampleOrder(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(__dirname, '../../sandbox/shop/samples', `${name}.json`), 'utf8')) as Record<
    string,
    unknown
  >;
}
