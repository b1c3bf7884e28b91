import { ActivityFailure, ApplicationFailure, CancellationScope } from '@temporalio/workflow';
import { ruleKept } from '../../domain/item-rules';
import type { Repair } from '../../domain/order/repair';
import type { OrderInput } from '../contract';
import { sentenceOf } from './failures';
import { word } from '../policies';

/**
 * Keeps what a person says about a SKU for every later order.
 * @returns what to note about it; nothing where the repair says something about this order alone
 * @throws ApplicationFailure with a sentence for the person: the repair is refused
 */
export async function keepRule({ order, entityId }: OrderInput, repair: Repair): Promise<string> {
  const { sku = '', itemNo = '', by = 'repair' } = repair;
  try {
    // Whoever asks the engine to cancel the order does not take a person's word about the SKU back.
    await CancellationScope.nonCancellable(() => word.keepItemRule({ order, entityId, sku, itemNo, by }));
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    throw ApplicationFailure.nonRetryable(
      sentenceOf(error) ??
        `Order ${order}: it is not known whether the rule was kept, because shop or Counterpoint did not answer. \`cantus orders rules\` shows which are kept; then send the repair again.`,
    );
  }
  return ruleKept(sku, itemNo);
}
