import type { Columns } from '../../../database/columns';
import type { Statement } from '../../../database/engine';
import type { DocumentDraft } from '../../../domain/document/draft';
import type { Context, Moment } from '../../context';
import { setUpLacks } from '../../refusals';
import type { DrawnNumbers } from '../numbers/draw-numbers';
import type { Facts } from '../read-facts';
import type { CustomerChoice } from './choose-customer';
import { addressStatements, createCustomer, linkStatements } from './write-customer';

interface CustomerInput {
  readonly context: Context;
  readonly draft: DocumentDraft;
  readonly facts: Facts;
  readonly choice: CustomerChoice;
  readonly numbers: DrawnNumbers;
  readonly moment: Moment;
  readonly columns: Columns;
}

/** The customer an order goes to, and what it takes to make or update one. */
export function orderCustomer({ context, draft, facts, choice, numbers, moment, columns }: CustomerInput) {
  const { settings } = context;
  const custNo = choice.customer?.CUST_NO ?? numbers.custNo;
  if (custNo === null) throw new Error('A customer was neither found nor numbered.');
  const creation: Statement[] = [];
  if (choice.customer === null) {
    if (facts.templateCustomer === null) {
      throw setUpLacks(draft.order, {
        code: 'noTemplateCustomer',
        field: 'SY_WRKGRP.TMPLT_CUST_NO',
        what: `workgroup ${settings.counterpoint.workgroup} has no template customer`,
        remedy: 'Name a template customer for the workgroup in Counterpoint, then retry.',
      });
    }
    creation.push(createCustomer({ custNo, template: facts.templateCustomer, draft, settings, moment, columns }));
  }
  const links = linkStatements(settings, draft, custNo);
  if (choice.untouchable) return { custNo, shipAddressId: null, statements: links };
  const addresses = addressStatements({
    custNo,
    isNew: choice.customer === null,
    draft,
    facts,
    settings,
    moment,
    columns,
  });
  return {
    custNo,
    shipAddressId: addresses.shipAddressId,
    statements: [...creation, ...addresses.statements, ...links],
  };
}
