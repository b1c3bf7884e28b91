import type { ItemQuantities } from '../../../domain/order/observation';
import { sum } from '../../../domain/money';
import type { ShopOrder } from '../../../domain/shop/order';
import { parseOrder } from '../../../magento/parse/order';
import { draftInvoice } from '../../../sandbox/shop/money/invoice-draft';
import { registerInvoice } from '../../../sandbox/shop/money/invoice-rows';
import { invoiceAmounts } from '../../../sandbox/shop/money/invoice-totals';
import { buildOrder } from '../../../sandbox/shop/order-factory/build-order';
import type { Cart } from '../../../sandbox/shop/order-factory/cart';
import { shownOrder, type RowDisplay } from '../../../sandbox/shop/http/present';
import type { OrderRecord } from '../../../sandbox/shop/books/rows';

/** An order in the sandbox shop's books, without a server: what its REST answers say, and how it invoices. */
export class PlacedOrder {
  private readonly record: OrderRecord;
  private invoices = 0;

  constructor(cart: Cart, number = 1) {
    const sequences = new Map<string, number>();
    const next = (table: string): number => {
      const id = (sequences.get(table) ?? number * 100) + 1;
      sequences.set(table, id);
      return id;
    };
    const incrementId = String(number).padStart(9, '0');
    this.record = buildOrder(cart, {
      next,
      at: '2026-11-22 12:00:00',
      orderId: number,
      storeId: 1,
      incrementId,
      itemizedTaxes: true,
    });
  }

  /** As the shop's client reads it. */
  read(display?: RowDisplay): ShopOrder {
    return parseOrder(shownOrder(this.record, display));
  }

  /** Base grand total of the invoice the shop makes for these rows now. */
  invoice(items: ItemQuantities): string {
    const draft = draftInvoice(
      this.record,
      items.map(([id, qty]) => ({ order_item_id: id, qty: Number(qty) })),
    );
    const carriesShipping = this.invoices === 0;
    const amounts = {
      order: invoiceAmounts(this.record.row, draft, {
        currency: '',
        carriesShipping,
        besidesTaken: this.record.besidesInvoiced.order,
      }),
      base: invoiceAmounts(this.record.row, draft, {
        currency: 'base_',
        carriesShipping,
        besidesTaken: this.record.besidesInvoiced.base,
      }),
    };
    registerInvoice(this.record, draft, amounts);
    this.invoices += 1;
    return sum([amounts.base.grandTotal]).toFixed(2);
  }
}
