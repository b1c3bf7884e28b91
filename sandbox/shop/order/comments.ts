import { badRequest, internalError } from '../http/refusals';
import { addHistory, changeOrder, stateDefault, type Shop } from '../shop';
import type { OrderRecord } from '../books/rows';

export interface CommentRequest {
  readonly comment?: string | null;
  readonly status?: string | null;
  readonly entity?: string;
  readonly notified?: number;
  readonly visible?: number;
}

/** The 2.4.7 line's sentence was broken over two source lines, blanks included. */
const REFUSED_247 = 'Unable to add comment: The status "%1" is not part of the order\n                 status history.';
const REFUSED = 'Unable to add comment: The status "%1" is not part of the order status history.';

/**
 * `POST /V1/orders/:id/comments` by the release's rule (contract §3.3). It takes no lock; over a running invoice it
 * runs into a deadlock on the history row and is answered with a 500, nothing stored (contract §5).
 */
export const commentOrder = async (shop: Shop, entityId: number, request: CommentRequest): Promise<true> => {
  const record = shop.books.order(entityId);
  const running = shop.locks.runningInvoice(entityId);
  if (running) {
    await running;
    throw internalError();
  }
  const wanted =
    request.status === undefined || request.status === null || request.status === '' ? null : request.status;
  const { status, historyStatus } = statusesFor(shop, record, wanted);
  changeOrder(shop, record, () => {
    record.row.status = status;
    addHistory(shop, record, {
      comment: request.comment ?? null,
      status: historyStatus,
      notified: request.notified ?? null,
      ...(request.entity === undefined ? {} : { entity: request.entity }),
      ...(request.visible === undefined ? {} : { visible: request.visible }),
    });
  });
  return true;
};

const statusesFor = (
  shop: Shop,
  record: OrderRecord,
  wanted: string | null,
): { readonly status: string | null; readonly historyStatus: string | null } => {
  const { row } = record;
  switch (shop.behaviour.commentRule) {
    case 'legacy':
      return { status: wanted, historyStatus: wanted };
    case 'unchanged': {
      if (wanted !== null && wanted !== row.status) throw badRequest(REFUSED_247, [wanted]);
      const previous = row.status_histories[0]?.status ?? stateDefault(shop, row.state);
      return { status: row.status, historyStatus: wanted ?? previous };
    }
    case 'ofState': {
      if (wanted !== null && !(shop.statuses[row.state] ?? []).includes(wanted)) throw badRequest(REFUSED, [wanted]);
      return { status: wanted ?? row.status, historyStatus: wanted ?? row.status };
    }
  }
};
