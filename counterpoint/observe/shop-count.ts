import { decimal, quantity, type Quantity } from '../../domain/money';
import type { StoreSide } from '../../domain/order/observation';
import type { LineLink } from '../../notebook/links';

/**
 * A site's hook may write a row in another quantity than the shop's: one case for twelve pieces (docs/guide/hooks.md). What
 * Counterpoint says of such a line is told in the shop's count, which is what it is invoiced and shipped by.
 */
export function inShopCount(side: StoreSide, lines: readonly LineLink[]): StoreSide {
  const others = lines.filter(isCountedOtherwise);
  if (others.length === 0) return side;
  const count = (id: number, qty: Quantity): Quantity => {
    const line = others.find((each) => Number(each.item_id) === id);
    return line === undefined ? qty : quantity(decimal(qty).times(String(line.shop_qty)).dividedBy(String(line.qty)));
  };
  return {
    ...side,
    lines: side.lines.map(({ id, ordered, released, cancelled, added }) => ({
      id,
      ordered: count(id, ordered),
      released: count(id, released),
      ...(cancelled === undefined ? {} : { cancelled: count(id, cancelled) }),
      ...(added === undefined ? {} : { added: count(id, added) }),
    })),
    tickets: side.tickets.map((ticket) => ({
      ...ticket,
      lines: ticket.lines.map(([id, qty]) => [id, count(id, qty)] as const),
    })),
  };
}

const isCountedOtherwise = ({ qty, shop_qty: shop }: LineLink): boolean =>
  shop !== null && !decimal(String(qty)).isZero() && !decimal(String(shop)).equals(String(qty));
