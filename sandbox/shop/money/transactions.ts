import type { Books } from '../books/books';
import type { OrderRecord, TransactionRow } from '../books/rows';

/** Adds a payment transaction under its parent, where it names one. */
export const recordTransaction = (
  books: Books,
  record: OrderRecord,
  entry: {
    readonly txnId: string;
    readonly type: TransactionRow['txn_type'];
    readonly parent?: string;
    readonly closed: boolean;
  },
): TransactionRow => {
  const parent = books.transactions.find(
    (other) => other.txn_id === entry.parent && other.order_id === record.row.entity_id,
  );
  const row: TransactionRow = {
    transaction_id: books.next('transaction'),
    ...(parent ? { parent_id: parent.transaction_id } : {}),
    order_id: record.row.entity_id,
    payment_id: record.row.payment.entity_id,
    txn_id: entry.txnId,
    parent_txn_id: entry.parent ?? null,
    txn_type: entry.type,
    is_closed: entry.closed ? 1 : 0,
    additional_information: [],
    created_at: books.now(),
  };
  books.transactions.push(row);
  return row;
};
