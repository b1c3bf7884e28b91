import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { BAD_GATEWAY_PAGE, MAINTENANCE_PAGE, pageInFront, THROTTLED_PAGE, type Fault, type Faults } from './faults';
import { internalError, Refusal, unauthorized } from './refusals';
import { answerRest, apiPath, ordersIn, routeName, type RestRequest, type RestShop } from './rest';

export interface ServerParts extends RestShop {
  readonly faults: Faults;
  readonly counts: Map<string, number>;
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly type: string;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const HTML_TYPE = 'text/html; charset=UTF-8';

/** Slashes leave escaped, as the shop's own encoder writes them. */
const encode = (value: unknown): string => JSON.stringify(value ?? null).replace(/\//g, '\\/');

const refusalAnswer = (error: Refusal): Answer =>
  error.plain
    ? { status: error.status, text: error.message, type: 'text/plain; charset=UTF-8' }
    : { status: error.status, text: encode(error.body), type: JSON_TYPE };

const readsJson = (accept: string | undefined): boolean =>
  accept === undefined || accept === '' || /\*\/\*|application\/(json|\*|xml)/.test(accept);

const answer = async (parts: ServerParts, request: RestRequest): Promise<Answer> => {
  const accept = request.headers['accept'];
  if (!readsJson(Array.isArray(accept) ? accept.join(',') : accept)) {
    return {
      status: 500,
      text: '<!doctype html><html><body><h1>There has been an error processing your request</h1></body></html>',
      type: HTML_TYPE,
    };
  }
  try {
    const { full, trimmed } = await answerRest(parts, request);
    const text = encode(trimmed);
    const poisoned =
      request.method === 'GET' && ordersIn(request.target, full).some((number) => parts.faults.isPoisoned(number));
    return { status: 200, text: poisoned ? `${text.slice(0, -1)},"broken:\u0001` : text, type: JSON_TYPE };
  } catch (error) {
    return refusalAnswer(error instanceof Refusal ? error : internalError());
  }
};

const inFront = ({ status = 403, text }: Fault): Answer => ({
  status,
  text: text ?? pageInFront(status),
  type: text?.startsWith('{') === true ? JSON_TYPE : HTML_TYPE,
});

/** Answers a fault gives instead of the shop's; undefined where the shop still answers itself. */
const faultAnswer = (fault: Fault): (Answer & { readonly retryAfter?: number }) | undefined => {
  switch (fault.kind) {
    case 'maintenance':
      return { status: 503, text: MAINTENANCE_PAGE, type: HTML_TYPE };
    case 'throttled':
      return {
        status: 429,
        text: THROTTLED_PAGE,
        type: HTML_TYPE,
        ...(fault.retryAfter === undefined ? {} : { retryAfter: fault.retryAfter }),
      };
    case 'badGateway':
      return { status: 502, text: BAD_GATEWAY_PAGE, type: HTML_TYPE };
    case 'inFront':
      return fault.applied === true ? undefined : inFront(fault);
    case 'unauthorized':
      return refusalAnswer(unauthorized('Magento_Sales::actions_view'));
    default:
      return undefined;
  }
};

const cut = (request: FastifyRequest, reply: FastifyReply): void => {
  reply.hijack();
  request.raw.socket.destroy();
};

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

const handle = async (parts: ServerParts, request: FastifyRequest, reply: FastifyReply): Promise<void> => {
  const { method, url: target } = request;
  const name = routeName(method, target);
  parts.counts.set(name, (parts.counts.get(name) ?? 0) + 1);
  void reply.header('date', parts.now().toUTCString()).header('set-cookie', 'PHPSESSID=sandbox; path=/; HttpOnly');
  const fault = parts.faults.take(method, apiPath(target)?.path ?? target);
  if (fault?.kind === 'resetBefore') {
    cut(request, reply);
    return;
  }
  const instead = fault ? faultAnswer(fault) : undefined;
  if (instead) {
    if (instead.retryAfter !== undefined) void reply.header('retry-after', String(instead.retryAfter));
    await reply.code(instead.status).type(instead.type).send(instead.text);
    return;
  }
  if (fault?.kind === 'slow') await pause(fault.milliseconds ?? 1000);
  const given = await answer(parts, {
    method,
    target,
    headers: request.headers,
    text: typeof request.body === 'string' ? request.body : '',
    baseUrl: `http://${request.host}`,
  });
  if (method !== 'GET') parts.shop.books.save();
  if (fault?.kind === 'resetAfter') {
    cut(request, reply);
    return;
  }
  if (fault?.kind === 'inFront') {
    const { status, text, type } = inFront(fault);
    await reply.code(status).type(type).send(text);
    return;
  }
  const text = fault?.kind === 'truncated' ? given.text.slice(0, Math.ceil(given.text.length / 2)) : given.text;
  await reply.code(given.status).type(given.type).send(text);
};

/** The HTTP side of the shop: /rest/* here; control routes are added by the caller before it listens. */
export const createServer = (parts: ServerParts): FastifyInstance => {
  const app = Fastify({ forceCloseConnections: true, bodyLimit: 16 * 1024 * 1024 });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    done(null, body);
  });
  app.all('/rest/*', (request, reply) => handle(parts, request, reply));
  return app;
};
