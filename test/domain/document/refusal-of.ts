import { draftDocument } from '../../../domain/document';
import { CantusError, type FailureFacts } from '../../../domain/errors';
import type { Settings } from '../../../domain/settings';
import type { ShopOrder } from '../../../domain/shop/order';
import { settingsWith } from './settings';

/** Why this order cannot become a document; fails when it can. */
export function refusalOf(order: ShopOrder, settings: Settings = settingsWith()): FailureFacts {
  try {
    draftDocument(order, settings);
  } catch (error) {
    if (error instanceof CantusError && error.kind === 'refused') return error.facts;
    throw error;
  }
  throw new Error('The order became a document.');
}
