import { decimal, sum, type Numeric } from '../../domain/money';
import type { Books } from '../../sandbox/play/books';
import { violations } from '../../sandbox/play/invariants';
import type { OrderKind } from '../../sandbox/shop';

const AUTHORISED: readonly OrderKind[] = ['authorised', 'authorised-two-lines', 'configurable-authorised'];

/** Every broken rule about one order that has come to its end or to a person; from the two systems' books alone. */
export function findings(books: Books, kind: OrderKind, gaveUp: boolean): string[] {
  const { order, shop, ledger, tickets } = books;
  const found = violations(books, { paidAtSale: kind === 'paypal-paid-at-sale' });
  const claim = (holds: boolean, what: string): void => {
    if (!holds) found.push(`${order}: ${what}`);
  };
  const taken = sum(ledger.charges.filter((charge) => charge.kind === 'capture').map((charge) => charge.amount));
  if (gaveUp) {
    claim(
      shop['state'] === 'canceled' || shop['state'] === 'closed' || kind === 'paypal-paid-at-sale',
      `given up, but ${String(shop['state'])} in the shop`,
    );
    claim(kind === 'paypal-paid-at-sale' || taken.isZero(), 'charged although it was cancelled');
    return found;
  }
  if (shop['state'] !== 'complete') return found;
  const total = decimal(shop['base_grand_total'] as Numeric);
  if (AUTHORISED.includes(kind))
    claim(taken.equals(total), `complete, but ${taken.toFixed(2)} of ${total.toFixed(2)} was charged`);
  claim(tickets.length > 0, 'complete without a release ticket');
  const tracked = tickets.flatMap((ticket) => ticket.tracks);
  const sent = ledger.shipments.flatMap((shipment) => shipment.tracks.map((track) => track.track_number));
  claim(
    tracked.every((number) => sent.includes(number)),
    'complete, but a parcel of it is unknown to the shop',
  );
  return found;
}
