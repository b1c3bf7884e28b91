import { readArguments } from '../body-shape';
import { CREDITMEMO_COLUMNS, TRANSACTION_COLUMNS } from '../../books/columns';
import { asNumber, isFields, type Fields } from '../../json';
import { shownTransaction } from '../present';
import { refundOrder } from '../../money/refund';
import { notFound } from '../refusals';
import type { Call, Route } from '../route';
import { search } from '../search-criteria';
import { commentOf, DOCUMENT_SHAPES, itemsOf } from './document-arguments';

const memos = 'Magento_Sales::sales_creditmemo';
const fetchTransactions = 'Magento_Sales::transactions_fetch';

const amountsOf = (value: unknown): { shipping?: number; positive?: number; negative?: number } => {
  const sent = isFields(value) ? value : {};
  const shipping = asNumber(sent['shipping_amount'] ?? sent['shippingAmount']);
  const positive = asNumber(sent['adjustment_positive'] ?? sent['adjustmentPositive']);
  const negative = asNumber(sent['adjustment_negative'] ?? sent['adjustmentNegative']);
  return {
    ...(shipping === undefined ? {} : { shipping }),
    ...(positive === undefined ? {} : { positive }),
    ...(negative === undefined ? {} : { negative }),
  };
};

const refund = async (call: Call, orderId: number, invoiceId?: number): Promise<string> => {
  const sent = readArguments(call.body, { ...DOCUMENT_SHAPES, isOnline: 'bool', arguments: 'free' });
  const memo = await refundOrder(call.shop, orderId, {
    items: itemsOf(sent['items']),
    ...commentOf(sent['comment']),
    ...amountsOf(sent['arguments']),
    online: sent['isOnline'] === true,
    ...(invoiceId === undefined ? {} : { invoiceId }),
  });
  return String(memo.entity_id);
};

const refundInvoice = (call: Call): Promise<string> => {
  const invoice = call.shop.books.invoices.find((row) => row.entity_id === call.id);
  if (!invoice) throw notFound();
  return refund(call, invoice.order_id, invoice.entity_id);
};

const memoOf = ({ shop, id }: Call): Fields => {
  const found = shop.books.creditmemos.find((memo) => memo.entity_id === id);
  if (!found) throw notFound();
  return found;
};

const transactionOf = ({ shop, id }: Call): Fields => {
  const found = shop.books.transactions.find((row) => row.transaction_id === id);
  if (!found) throw notFound();
  return shownTransaction(found, shop.books.transactions);
};

const listTransactions = ({ shop, query }: Call): Fields =>
  search(
    shop.books.transactions.map((row) => ({ ...row })),
    { query, columns: TRANSACTION_COLUMNS, show: (row) => shownTransaction(row, shop.books.transactions) },
  );

export const paymentRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/V1/order/:id/refund',
    resource: 'Magento_Sales::creditmemo',
    answer: (call) => refund(call, call.id),
  },
  { method: 'POST', path: '/V1/invoice/:id/refund', resource: 'Magento_Sales::sales_invoice', answer: refundInvoice },
  {
    method: 'GET',
    path: '/V1/creditmemos',
    resource: memos,
    answer: ({ shop, query }) =>
      search(shop.books.creditmemos, { query, columns: CREDITMEMO_COLUMNS, show: (row) => row }),
  },
  { method: 'GET', path: '/V1/creditmemo/:id', resource: memos, answer: memoOf },
  { method: 'GET', path: '/V1/transactions', resource: fetchTransactions, answer: listTransactions },
  { method: 'GET', path: '/V1/transactions/:id', resource: fetchTransactions, answer: transactionOf },
];
