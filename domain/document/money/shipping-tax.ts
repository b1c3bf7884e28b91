import { isPositive } from '../../money';
import type { ShopOrder } from '../../shop/order';

/** Whether the shop taxes shipping, by its own orders that have both a tax and a shipping charge. */
export type ShippingTax = 'taxed' | 'untaxed' | 'both' | 'unknown';

export function shippingTaxOf(orders: readonly Pick<ShopOrder, 'totals'>[]): ShippingTax {
  const telling = orders.filter(({ totals }) => isPositive(totals.tax) && isPositive(totals.shipping));
  const taxed = telling.some(({ totals }) => isPositive(totals.shippingTax));
  const untaxed = telling.some(({ totals }) => !isPositive(totals.shippingTax));
  if (taxed && untaxed) return 'both';
  if (!taxed && !untaxed) return 'unknown';
  return taxed ? 'taxed' : 'untaxed';
}

export interface TaxabilityFinding {
  readonly level: 'ok' | 'note' | 'warning';
  readonly message: string;
}

/**
 * Compares the shop's shipping tax with the taxability of misc charge 1 (C5-21, C5-64). A difference does no harm to
 * imported orders, whose tax is an override, but to what the store keys or edits itself.
 * @param counterpoint whether misc charge 1 is taxed; null: Counterpoint does not tell
 */
export function compareShippingTax(shop: ShippingTax, counterpoint: boolean | null): TaxabilityFinding {
  const inShop = {
    taxed: 'The shop taxes shipping',
    untaxed: 'The shop does not tax shipping',
    both: 'The shop taxes the shipping of some orders and not of others',
    unknown: 'No order of the shop tells whether it taxes shipping',
  }[shop];
  if (shop === 'unknown') return { level: 'note', message: `${inShop}; run this again when some were placed.` };
  if (counterpoint === null) {
    return {
      level: 'note',
      message: `${inShop}; nothing in Counterpoint tells whether misc charge 1 is taxed. Compare it by hand, or name the column in counterpoint.guesses.miscChargeTaxed.`,
    };
  }
  const inCounterpoint = counterpoint ? 'misc charge 1 is taxed' : 'misc charge 1 is not taxed';
  if (shop === 'both') {
    return { level: 'note', message: `${inShop}; in Counterpoint ${inCounterpoint}. Check that this is meant.` };
  }
  if ((shop === 'taxed') === counterpoint)
    return { level: 'ok', message: `${inShop}, and in Counterpoint ${inCounterpoint}.` };
  return {
    level: 'warning',
    message: `${inShop}, but in Counterpoint ${inCounterpoint}. Imported taxes stay as the shop charged them; documents keyed in Counterpoint will differ. Make both alike.`,
  };
}
