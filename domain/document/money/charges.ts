import { type Decimal } from 'decimal.js';
import { money } from '../../money';
import { shareOut } from './cents';
import type { DraftCharge } from '../draft';
import { isMisc, type Placed, type PlacedCharge } from '../placed';

export interface TaxedCharge {
  readonly charge: PlacedCharge;
  readonly tax: Decimal;
}

/** What was placed beside goods and shipping, each with its part of the tax on all of it. */
export function taxedCharges({ charges }: Placed, tax: Decimal): readonly TaxedCharge[] {
  const shares = shareOut(
    tax,
    charges.map(({ amount }) => amount),
  );
  return charges.map((charge, index) => ({ charge, tax: shares[index] ?? tax.minus(tax) }));
}

export const draftCharges = (charges: readonly TaxedCharge[]): readonly DraftCharge[] =>
  charges.flatMap(({ charge, tax }) =>
    isMisc(charge)
      ? [{ number: charge.place.miscCharge, amount: charge.amount, tax: money(tax), field: charge.field }]
      : [],
  );
