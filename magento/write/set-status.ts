import type { StatusInput } from '../../domain/ports/shop';
import { refused } from '../../domain/errors';
import { orderNumber } from '../../domain/identities';
import type { MagentoSettings } from '../../domain/settings';
import { hasAnswered, ShopError } from '../http/errors';
import { hasComment, readHead, type OrderHead } from '../read/order-head';
import type { Pauses } from './pauses';
import { STATUS_REFUSED, historyRow, keepStatus, postComment } from './post-comment';
import type { Transport } from '../http/transport';
import { unknownWrite } from './unknown-write';

/** What this client has learnt of its shop: a 2.4.7 refuses every change of status by comment. */
export interface StatusWay {
  refusesComments: boolean;
}

export interface StatusRules {
  readonly mode: MagentoSettings['statusUpdates'];
  readonly way: StatusWay;
  readonly pauses: Pauses;
}

/** The 2.4.7 line refuses any change; its sentence carries a line feed (contract §3.3). Later ones refuse a foreign state's status only. */
const ANY_CHANGE_REFUSED = /is not part of the order\s*\n\s*status history/;

/**
 * Gives the order a status with a comment, by comment or by one save of exactly id, number, status and history row,
 * and reads it back. Doing it twice changes nothing.
 * @throws refused statusRefused
 */
export async function setStatus(wire: Transport, rules: StatusRules, input: StatusInput): Promise<void> {
  const before = await readHead(wire, input);
  if (before.status === input.status) {
    if (!hasComment(before, input)) await keepStatus(wire, rules.pauses, input);
    return;
  }
  const after = await change(wire, rules, input);
  verify(wire, input, before, after);
}

async function change(wire: Transport, rules: StatusRules, input: StatusInput): Promise<OrderHead> {
  const { way } = rules;
  const mode = input.commentOnly === true ? 'comment' : rules.mode;
  if (mode === 'save' || (mode === 'auto' && way.refusesComments)) return save(wire, input);
  try {
    return await postComment(wire, rules.pauses, input, (head) => head.status === input.status);
  } catch (error) {
    if (!(error instanceof ShopError) || !isRefusal(error)) throw error;
    if (!STATUS_REFUSED.test(error.phrase) || mode === 'comment') throw statusRefused(input, error);
    way.refusesComments = ANY_CHANGE_REFUSED.test(error.phrase);
    return save(wire, input);
  }
}

/** A 404 here is about the order itself, and no word about its status. */
const isRefusal = (error: ShopError): boolean => hasAnswered(error) && error.http === 400;

/**
 * The way round a refused comment. It rewrites the payment and the items from what the shop had read, so it must never
 * meet a running capture, and carries nothing but these four fields: a whole order echoed back loses money (contract §3.4).
 */
async function save(wire: Transport, input: StatusInput): Promise<OrderHead> {
  const { order, entityId, status, comment } = input;
  const entity = {
    entity_id: entityId,
    increment_id: orderNumber(order),
    status,
    status_histories: [historyRow(entityId, comment, status)],
  };
  try {
    await wire.post('/orders', { entity }, { doing: `setting the status of order ${order}`, order });
  } catch (error) {
    if (!(error instanceof ShopError)) throw error;
    if (isRefusal(error)) throw statusRefused(input, error);
    if (!error.traits.mayHaveHappened) throw error;
    wire.log({ order, code: error.code }, 'a save of the status was not answered, reading it back');
    const head = await readHead(wire, input);
    if (head.status !== status) throw notSaved(input, error);
    return head;
  }
  return readHead(wire, input);
}

function verify(wire: Transport, input: StatusInput, before: OrderHead, after: OrderHead): void {
  if (after.incrementId !== before.incrementId || after.total !== before.total) throw savedMore(input);
  if (after.status !== input.status) throw statusRefused(input);
  if (after.state !== before.state) {
    wire.log(
      { order: input.order, from: before.state, to: after.state },
      'the state of the order moved while its status was set',
    );
  }
}

const statusRefused = ({ order, status }: StatusInput, cause?: ShopError): Error =>
  refused(
    {
      code: 'statusRefused',
      reason: 'statusRefused',
      message: `The shop does not give order ${order} the status ${status}.`,
      order,
      field: 'status',
      remedy:
        'Check that the status exists in the shop under Stores › Order Status and is assigned to the states new and processing.',
      ...(cause === undefined ? {} : { raw: cause.phrase }),
    },
    cause,
  );

const savedMore = ({ order }: StatusInput): Error =>
  refused({
    code: 'orderChangedBySave',
    reason: 'statusRefused',
    message: `Setting the status of order ${order} changed its number or total in the shop. Set magento.statusUpdates to comment and check the order.`,
    order,
    field: 'magento.statusUpdates',
  });

const notSaved = ({ order }: StatusInput, cause: ShopError): Error =>
  unknownWrite(
    { code: 'statusNotSaved', order, what: `The shop did not keep the new status of order ${order}.` },
    cause,
  );
