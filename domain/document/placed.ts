import { type Decimal } from 'decimal.js';
import { sum, type Money } from '../money';
import type { TotalPlace } from '../settings';

/** What an order carries beside goods, shipping, tax and discount, and where the configuration puts it. */
export interface Placed {
  /** What the shopper pays on top: misc charges and lines of their own, without tax. */
  readonly charges: readonly PlacedCharge[];
  /** What pays for the order beside its payment method. */
  readonly tenders: readonly { readonly payCode: string; readonly amount: Money }[];
  /** Tax on the charges where the shop names it; null: whatever goods and shipping leave of the order's tax. */
  readonly tax: Money | null;
  /** The named tax stands beside the order's tax, not in it. */
  readonly taxBeside: boolean;
}

export interface PlacedCharge {
  /** The shop's field. */
  readonly field: string;
  readonly place: Exclude<TotalPlace, { readonly payCode: string }>;
  readonly amount: Money;
}

export const NOTHING_PLACED: Placed = { charges: [], tenders: [], tax: null, taxBeside: false };

export const placedCharges = ({ charges }: Placed): Decimal => sum(charges.map(({ amount }) => amount));
export const placedTenders = ({ tenders }: Placed): Decimal => sum(tenders.map(({ amount }) => amount));

/** A charge that is a misc charge of the document. */
export interface PlacedMisc extends PlacedCharge {
  readonly place: { readonly miscCharge: number };
}
/** A charge that is a line of its own. */
export interface PlacedItem extends PlacedCharge {
  readonly place: { readonly item: string };
}

export const isMisc = (charge: PlacedCharge): charge is PlacedMisc => 'miscCharge' in charge.place;
export const isItem = (charge: PlacedCharge): charge is PlacedItem => 'item' in charge.place;
export const miscCharges = ({ charges }: Placed): readonly PlacedMisc[] => charges.filter(isMisc);
