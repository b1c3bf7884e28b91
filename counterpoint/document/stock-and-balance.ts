import { decimal } from '../../domain/money';
import type { Statement } from '../../database/engine';
import { sql } from '../../database/kysely';
import type { Context } from '../context';
import { inStockingUnits } from '../items/selling-unit';
import type { CustomerChoice } from './customer/choose-customer';
import type { DocumentPlan } from './plan';

/** Goods an order holds at its location, in stock units. */
export interface HeldGoods {
  readonly itemNo: string;
  readonly location: string;
  /** Text of a decimal; negative to give them back. */
  readonly quantity: string;
  readonly cell: { readonly DIM_1_UPR: string; readonly DIM_2_UPR: string; readonly DIM_3_UPR: string } | null;
}

/**
 * What an operator's entry does to stock: QTY_COMMIT and QTY_ON_ORD rise, on the grid cell too. QTY_AVAIL is computed and
 * follows. Items without a stock row have none to hold.
 */
export function inventoryStatements(goods: readonly HeldGoods[]): Statement[] {
  const perItem = new Map<string, HeldGoods>();
  for (const each of goods) {
    const key = `${each.itemNo}|${each.location}`;
    const before = perItem.get(key);
    perItem.set(key, {
      ...each,
      cell: null,
      quantity: decimal(before?.quantity ?? 0)
        .plus(each.quantity)
        .toFixed(4),
    });
  }
  // Always in the same order, so that two orders with the same items never wait for each other in a circle.
  const items = [...perItem.values()].sort((a, b) => (a.itemNo < b.itemNo ? -1 : 1));
  return [
    ...items.map((each) => raise('dbo.IM_INV', each.quantity, { ITEM_NO: each.itemNo, LOC_ID: each.location })),
    ...goods.flatMap((each) =>
      each.cell === null
        ? []
        : [raise('dbo.IM_INV_CELL', each.quantity, { ITEM_NO: each.itemNo, LOC_ID: each.location, ...each.cell })],
    ),
  ];
}

function raise(table: string, quantity: string, where: Readonly<Record<string, string>>): Statement {
  const amount = sql`cast(${quantity} as decimal(15,4))`;
  const conditions = Object.entries(where).map(([name, value]) => sql`${sql.ref(name)} = ${value}`);
  return sql`update ${sql.table(table)} set ${sql.ref('QTY_COMMIT')} = ${sql.ref('QTY_COMMIT')} + ${amount}, ${sql.ref('QTY_ON_ORD')} = ${sql.ref('QTY_ON_ORD')} + ${amount} where ${sql.join(conditions, sql` and `)}`;
}

/** The customer's count and balance of open orders; `orders` is 1 or −1. */
export const customerEffect = (custNo: string, orders: 1 | -1, amount: string): Statement =>
  sql`update ${sql.table('dbo.AR_CUST')} set ${sql.ref('NO_OF_ORDS')} = ${sql.ref('NO_OF_ORDS')} + ${sql.lit(orders)}, ${sql.ref('ORD_BAL')} = ${sql.ref('ORD_BAL')} + cast(${amount} as decimal(15,2)) where ${sql.ref('CUST_NO')} = ${custNo}`;

/** `order_link.effects`: I = stock was committed, C = the customer's open orders were counted. */
export function effectsOf(
  context: Context,
  plan: DocumentPlan,
  choice: CustomerChoice,
): { readonly statements: readonly Statement[]; readonly marks: string } {
  if (!context.settings.counterpoint.commitInventory) return { statements: [], marks: '' };
  const location = plan.store.STK_LOC_ID ?? '';
  const goods = plan.lines.map(({ line, fact }): HeldGoods => ({
    itemNo: fact.item.ITEM_NO,
    location,
    quantity: inStockingUnits(line.quantity, fact.unit).toFixed(4),
    cell: fact.cell,
  }));
  const stock = inventoryStatements(goods);
  if (choice.untouchable) return { statements: stock, marks: 'I' };
  return { statements: [...stock, customerEffect(plan.ids.custNo, 1, plan.draft.totals.total)], marks: 'IC' };
}
