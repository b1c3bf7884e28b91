import { sql } from '../../database/kysely';
import type { Migration } from './migration';

/** What paid for an order beside its payment method: the shop's grand total is net of it, the document's total is not. */
export const tendersBeside: Migration = {
  number: 3,
  name: 'tenders beside the payment method',
  tables: [],
  statements: () => [sql.raw('alter table cantus.order_figures add tenders decimal(15,2) null')],
};
