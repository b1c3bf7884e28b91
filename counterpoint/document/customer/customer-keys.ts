import type { DraftCustomer } from '../../../domain/document/draft';

/** What `customer_link` knows a shop customer by: the account first, then the e-mail of guests. */
export function customerKeys(customer: DraftCustomer): string[] {
  const keys: string[] = [];
  if (customer.shopCustomerId !== null) keys.push(`id:${String(customer.shopCustomerId)}`);
  if (customer.email !== null && customer.email !== '') keys.push(`email:${customer.email.toLowerCase()}`);
  return keys;
}
