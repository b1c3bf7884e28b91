import type { Customer } from '../../../database/tables';
import type { DocumentDraft } from '../../../domain/document/draft';
import type { Settings } from '../../../domain/settings';
import { refuse } from '../../refusals';
import { compareNumbers } from '../numbers/counting';
import type { Facts } from '../read-facts';

const AR = 'A';

/** Which customer the document is for; null: one has to be made. */
export interface CustomerChoice {
  readonly customer: Customer | null;
  /** A/R customers are never created, updated or counted (C5-55). */
  readonly untouchable: boolean;
}

/**
 * C5-85: the stored link, then e-mail address 1, and of several the lowest number among e-commerce customers; else one is
 * made. An A/R order takes an A/R customer only, and waits for one (C5-56, C5-57).
 * @throws CantusError refused, customerMissing.
 */
export function chooseCustomer(draft: DocumentDraft, facts: Facts, settings: Settings): CustomerChoice {
  const { match, create } = settings.counterpoint.customers;
  const candidates = [
    ...(match.includes('link') && facts.linked !== null ? [facts.linked] : []),
    ...(match.includes('email') ? byEmail(facts.byEmail) : []),
  ];
  if (draft.customer.mustExist) {
    const account = candidates.find((customer) => customer.CUST_TYP === AR);
    if (account !== undefined) return { customer: account, untouchable: true };
    throw missingAccount(draft.order, candidates.length > 0);
  }
  const [customer] = candidates;
  if (customer !== undefined) return { customer, untouchable: customer.CUST_TYP === AR };
  if (create) return { customer: null, untouchable: false };
  throw refuse(draft.order, {
    reason: 'customerMissing',
    field: 'AR_CUST.EMAIL_ADRS_1',
    what: 'no Counterpoint customer has this e-mail address, and creating customers is turned off',
    remedy: 'Add a customer with the order’s e-mail address in Counterpoint, then retry.',
  });
}

function byEmail(customers: readonly Customer[]): Customer[] {
  const sorted = [...customers].sort((a, b) => compareNumbers(a.CUST_NO, b.CUST_NO));
  return [
    ...sorted.filter((each) => each.IS_ECOMM_CUST === 'Y'),
    ...sorted.filter((each) => each.IS_ECOMM_CUST !== 'Y'),
  ];
}

const missingAccount = (order: string, known: boolean) =>
  refuse(order, {
    reason: 'customerMissing',
    field: 'AR_CUST.EMAIL_ADRS_1',
    what: known
      ? 'it is on account, but the customer with this e-mail address is not of A/R type in Counterpoint'
      : 'it is on account, and no Counterpoint customer has this e-mail address',
    remedy: 'Enter it on the A/R customer in Counterpoint; the order then goes on by itself.',
  });
