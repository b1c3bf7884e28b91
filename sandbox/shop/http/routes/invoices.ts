import { readArguments } from '../body-shape';
import { INVOICE_COLUMNS } from '../../books/columns';
import { invoiceOrder } from '../../money/invoice';
import { asText, isFields, type Fields } from '../../json';
import { captureInvoice, saveRawInvoice } from '../raw-documents';
import { missingArgument, notFound } from '../refusals';
import type { InvoiceRow } from '../../books/rows';
import type { Call, Route } from '../route';
import { search } from '../search-criteria';
import { commentOf, DOCUMENT_SHAPES, itemsOf } from './document-arguments';

const resource = 'Magento_Sales::sales_invoice';

const invoiceOf = ({ shop, id }: Call): InvoiceRow => {
  const found = shop.books.invoices.find((invoice) => invoice.entity_id === id);
  if (!found) throw notFound();
  return found;
};

/** New ids are numeric strings (contract §1). */
const create = async ({ shop, id, body }: Call): Promise<string> => {
  const sent = readArguments(body, { ...DOCUMENT_SHAPES, capture: 'bool', arguments: 'free' });
  const invoice = await invoiceOrder(shop, id, {
    capture: sent['capture'] === true,
    items: itemsOf(sent['items']),
    ...commentOf(sent['comment']),
  });
  return String(invoice.entity_id);
};

const comments = (call: Call): Fields => {
  const items = invoiceOf(call).comments;
  return { items, search_criteria: { filter_groups: [] }, total_count: items.length };
};

const addComment = ({ shop, body }: Call): Fields => {
  const entity = isFields(body) ? body['entity'] : undefined;
  if (!isFields(entity)) throw missingArgument('entity');
  const invoice = shop.books.invoices.find((row) => row.entity_id === Number(entity['parent_id']));
  if (!invoice) throw notFound();
  const row = shop.books.documentComment('invoice_comment', invoice.entity_id, {
    comment: asText(entity['comment']) ?? '',
    visible: Number(entity['is_visible_on_front'] ?? 0),
  });
  invoice.comments.push(row);
  return { ...row };
};

export const invoiceRoutes: readonly Route[] = [
  { method: 'POST', path: '/V1/order/:id/invoice', resource: 'Magento_Sales::invoice', answer: create },
  {
    method: 'GET',
    path: '/V1/invoices',
    resource,
    answer: ({ shop, query }) => search(shop.books.invoices, { query, columns: INVOICE_COLUMNS, show: (row) => row }),
  },
  { method: 'GET', path: '/V1/invoices/:id', resource, answer: invoiceOf },
  { method: 'POST', path: '/V1/invoices', resource, answer: ({ shop, body }) => saveRawInvoice(shop, body) },
  {
    method: 'POST',
    path: '/V1/invoices/:id/capture',
    resource,
    answer: (call) => captureInvoice(call.shop, invoiceOf(call)),
  },
  { method: 'GET', path: '/V1/invoices/:id/comments', resource, answer: comments },
  { method: 'POST', path: '/V1/invoices/comments', resource, answer: addComment },
  { method: 'POST', path: '/V1/invoices/:id/emails', resource, answer: (call) => invoiceOf(call).state > 0 },
];
