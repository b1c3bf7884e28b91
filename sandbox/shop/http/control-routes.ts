import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Fault, FaultKind } from './faults';
import { asNumber, asText, isFields, type Fields } from '../json';
import { isOrderKind, ORDER_KINDS } from '../order-factory/kinds';
import type { PlaceOptions } from '../order/place-order';
import type { SandboxShop } from '../sandbox-shop';
import { Refusal } from './refusals';
import { sampleOrder, sampleOrderNames } from '../order/sample-orders';
import type { Quantities } from '../people/shopper';

type Controlled = Omit<SandboxShop, 'baseUrl' | 'close'>;

const parse = (body: unknown): Fields => {
  if (typeof body !== 'string' || body.trim() === '') return {};
  const value: unknown = JSON.parse(body);
  return isFields(value) ? value : {};
};

const numbersBy = (value: unknown): Quantities | undefined =>
  isFields(value)
    ? Object.fromEntries(Object.entries(value).map(([key, qty]) => [key, asNumber(qty) ?? 0]))
    : undefined;

const placeOptions = (body: Fields): PlaceOptions => {
  const storeId = asNumber(body['storeId']);
  const incrementId = asText(body['incrementId']);
  const email = asText(body['email']);
  const createdAt = asText(body['createdAt']);
  const quantities = numbersBy(body['quantities']);
  const skus = isFields(body['skus']) ? (body['skus'] as Record<string, string>) : undefined;
  return {
    ...(storeId === undefined ? {} : { storeId }),
    ...(incrementId === undefined ? {} : { incrementId }),
    ...(email === undefined ? {} : { email }),
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(quantities === undefined ? {} : { quantities }),
    ...(skus === undefined ? {} : { skus }),
  };
};

const place = (shop: Controlled, body: Fields): unknown => {
  if (isFields(body['order'])) return shop.seed(body['order']);
  const sample = asText(body['sample']);
  if (sample !== undefined) {
    if (!sampleOrderNames().includes(sample)) throw new Error(`There is no sample order ${sample}.`);
    return shop.seed(sampleOrder(sample));
  }
  const kind = asText(body['kind']) ?? '';
  if (!isOrderKind(kind))
    throw new Error(`There is no kind of order called "${kind}". Kinds: ${ORDER_KINDS.join(', ')}.`);
  return shop.place(kind, placeOptions(body));
};

const act = async (shop: Controlled, action: string, order: string, body: Fields): Promise<unknown> => {
  const items = numbersBy(body['items']);
  switch (action) {
    case 'pay':
      await shop.pay(order);
      return { ok: true };
    case 'hold':
      await shop.hold(order);
      return { ok: true };
    case 'unhold':
      shop.unhold(order);
      return { ok: true };
    case 'cancel':
      return { cancelled: await shop.cancel(order) };
    case 'edit':
      return shop.edit(order);
    case 'reorder':
      return shop.reorder(order);
    case 'invoice':
      return {
        invoiceId: await shop.invoiceByHand(
          order,
          items,
          typeof body['capture'] === 'boolean' ? { capture: body['capture'] } : {},
        ),
      };
    case 'ship':
      return {
        shipmentId: await shop.shipByHand(
          order,
          items,
          Array.isArray(body['tracks']) ? body['tracks'].map(String) : [],
        ),
      };
    case 'refund':
      return { creditmemoId: await shop.refund(order, items, { online: body['online'] === true }) };
    case 'changeQuantity':
      shop.changeQuantity(order, asText(body['sku']) ?? '', asNumber(body['qty']) ?? 0);
      return { ok: true };
    case 'removeItem':
      shop.removeItem(order, asText(body['sku']) ?? '');
      return { ok: true };
    case 'addItem':
      shop.addItem(order, {
        sku: asText(body['sku']) ?? '',
        price: asNumber(body['price']) ?? 0,
        qty: asNumber(body['qty']) ?? 1,
      });
      return { ok: true };
    case 'cancelItem':
      shop.cancelItem(order, asText(body['sku']) ?? '', asNumber(body['qty']) ?? 0);
      return { ok: true };
    case 'changeAddress':
      shop.changeAddress(
        order,
        body['which'] === 'billing' ? 'billing' : 'shipping',
        isFields(body['change']) ? body['change'] : {},
      );
      return { ok: true };
    case 'saveStatus':
      shop.saveStatus(order, asText(body['status']) ?? '', asText(body['state']));
      return { ok: true };
    default:
      throw new Error(`There is no action called "${action}".`);
  }
};

const GATEWAY_SWITCHES: Readonly<
  Record<string, (shop: Controlled, value: unknown, order: string | undefined) => void>
> = {
  refuseNext: (shop, value, order) => shop.gateway.refuseNext(asNumber(value) ?? 1, order),
  chargeThenFailNext: (shop, value, order) => shop.gateway.chargeThenFailNext(asNumber(value) ?? 1, order),
  pendingNext: (shop, value, order) => shop.gateway.pendingNext(asNumber(value) ?? 1, order),
  fraudNext: (shop, value, order) => shop.gateway.fraudNext(asNumber(value) ?? 1, order),
  delayNext: (shop, value, order) => shop.gateway.delayNext(asNumber(value) ?? 1000, order),
  expire: (shop, value) => shop.gateway.expire(String(value)),
  closeAuthorization: (shop, value) => shop.gateway.closeAuthorization(String(value)),
  closeOnCapture: (shop, value) => shop.gateway.closeOnCapture(String(value)),
  onlyOneCapture: (shop, value) => shop.gateway.onlyOneCapture(value === true),
  reset: (shop) => shop.gateway.reset(),
};

const setGateway = (shop: Controlled, body: Fields): unknown => {
  const order = asText(body['order']);
  const named = Object.keys(body).filter((name) => name !== 'order');
  const unknown = named.filter((name) => !(name in GATEWAY_SWITCHES));
  if (unknown.length > 0)
    throw new Error(
      `The gateway has no switch ${unknown.join(', ')}. Switches: ${Object.keys(GATEWAY_SWITCHES).join(', ')}.`,
    );
  for (const name of named) GATEWAY_SWITCHES[name]?.(shop, body[name], order);
  return { ok: true };
};

const KINDS: readonly FaultKind[] = [
  'maintenance',
  'throttled',
  'badGateway',
  'inFront',
  'resetBefore',
  'resetAfter',
  'slow',
  'truncated',
  'unauthorized',
];

const setFaults = (shop: Controlled, body: Fields): unknown => {
  if (body['clear'] === true) shop.faults.clear();
  const poison = asText(body['poison']);
  const cure = asText(body['cure']);
  if (poison !== undefined) shop.faults.poison(poison);
  if (cure !== undefined) shop.faults.cure(cure);
  const kind = KINDS.find((name) => name === body['kind']);
  if (body['kind'] !== undefined && kind === undefined)
    throw new Error(`There is no fault "${asText(body['kind']) ?? ''}". Faults: ${KINDS.join(', ')}.`);
  if (kind !== undefined) shop.faults.add({ ...(body as Partial<Fault>), kind });
  return { ok: true };
};

const setSources = (shop: Controlled, body: Fields): unknown => {
  const source = asText(body['source']);
  if (source === undefined) throw new Error('A source needs its code: {"source": "east", "sku": "S1", "qty": 5}.');
  const sku = asText(body['sku']);
  if (sku === undefined) shop.sources.add(source);
  else shop.sources.stock(source, sku, asNumber(body['qty']) ?? 0);
  return { ok: true };
};

/** Refusals of the shop come back with their own status and body, mistakes of the caller as 400. */
const guarded = async (reply: FastifyReply, work: () => unknown): Promise<unknown> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) return reply.code(error.status).send(error.body);
    return reply.code(400).send({ error: error instanceof Error ? error.message : String(error) });
  }
};

/** /sandbox/*: the same switches and actions from another process, as JSON (X-10). */
export const controlRoutes = (app: FastifyInstance, shop: Controlled): void => {
  app.get('/sandbox/kinds', () => ({ kinds: ORDER_KINDS, samples: sampleOrderNames() }));
  app.get('/sandbox/orders', () => shop.orders());
  app.get('/sandbox/requests', () => shop.requests());
  app.get<{ Params: { order: string } }>('/sandbox/orders/:order', (request, reply) =>
    guarded(reply, () => shop.order(request.params.order)),
  );
  app.get<{ Params: { order: string } }>('/sandbox/orders/:order/ledger', (request, reply) =>
    guarded(reply, () => shop.ledger(request.params.order)),
  );
  app.post('/sandbox/orders', (request, reply) => guarded(reply, () => place(shop, parse(request.body))));
  app.post<{ Params: { order: string; action: string } }>('/sandbox/orders/:order/:action', (request, reply) =>
    guarded(reply, () => act(shop, request.params.action, request.params.order, parse(request.body))),
  );
  app.post('/sandbox/gateway', (request, reply) => guarded(reply, () => setGateway(shop, parse(request.body))));
  app.post('/sandbox/sources', (request, reply) => guarded(reply, () => setSources(shop, parse(request.body))));
  app.post('/sandbox/faults', (request, reply) => guarded(reply, () => setFaults(shop, parse(request.body))));
};
