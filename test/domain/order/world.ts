import type { PaymentKind } from '../../../domain/shop/payment-traits';
import { addUp } from '../../../domain/order/tickets';
import { decimal, money, quantity } from '../../../domain/money';
import type {
  Observation,
  ReleaseTicket,
  ShopInvoice,
  ShopItem,
  ShopSide,
  StoreLine,
  StoreSide,
  Altered,
} from '../../../domain/order/observation';
import type { AttentionReason } from '../../../domain/order/attention';
import type { Action } from '../../../domain/order/steps';

/** Both systems reduced to what an observation shows, with the rules that bind them; nothing here knows the plan. */
export class World {
  shop: ShopSide;
  store: StoreSide;
  readonly charges: string[] = [];
  /** What the shop answers to the next step of a kind instead of carrying it out. */
  readonly refusals: { readonly do: Action['do']; readonly reason: AttentionReason; readonly code: string }[] = [];

  constructor(
    readonly order: string,
    items: readonly { id: number; ordered: string; virtual?: true }[],
    kind: PaymentKind = 'offline',
  ) {
    this.shop = {
      entityId: 7,
      state: kind === 'authorised' || kind === 'paid' ? 'processing' : 'new',
      status: kind === 'authorised' || kind === 'paid' ? 'processing' : 'pending',
      total: '100.00',
      storeId: 1,
      payment: {
        method: 'any',
        kind,
        authorised: kind === 'authorised' ? '100.00' : '0.00',
        paid: kind === 'paid' ? '100.00' : '0.00',
      },
      items: items.map((item): ShopItem => ({
        sku: `SKU-${String(item.id)}`,
        invoiced: kind === 'paid' ? item.ordered : '0',
        shipped: '0',
        ...item,
      })),
      invoices:
        kind === 'paid'
          ? [
              {
                id: 1,
                state: 'paid',
                total: '100.00',
                items: items.map((item) => [item.id, item.ordered] as const),
                captured: true,
              },
            ]
          : [],
      shipments: [],
    };
    this.store = { document: 'none', lines: [], tickets: [] };
  }

  /** What the shop owed of its rows when the document was written. */
  #written: readonly ShopItem[] = [];
  /** A document written before that was kept. */
  forgetsWhatItWrote = false;

  get seen(): Observation {
    const isKnown = !this.forgetsWhatItWrote && this.#written.length > 0;
    return { shop: isKnown ? { ...this.shop, altered: this.#altered() } : this.shop, store: this.store };
  }

  #altered(): Altered {
    const owed = (item: ShopItem | undefined): string =>
      quantity(
        decimal(item?.ordered ?? 0)
          .minus(item?.cancelled ?? 0)
          .minus(item?.refunded ?? 0),
      );
    const rows = this.#written
      .filter(({ id, ordered }) => owed(this.shop.items.find((item) => item.id === id)) !== ordered)
      .map(({ id, sku, ordered }) => ({ id, sku, wrote: ordered }));
    return { ...(rows.length > 0 ? { rows } : {}), ...this.shop.altered };
  }

  /** Carries out a step as the two systems would, and refuses what they would refuse. */
  carryOut(action: Action): void {
    switch (action.do) {
      case 'createDocument':
        if (this.store.document !== 'none') throw new Error('a second document');
        this.#written = this.shop.items;
        this.store = {
          document: 'open',
          docId: '101112345678',
          ticketNo: this.order,
          lines: this.shop.items.map((item): StoreLine => ({ id: item.id, ordered: item.ordered, released: '0' })),
          tickets: [],
          untouched: true,
        };
        return;
      case 'removeDocument':
        this.store = { document: 'gone', lines: [], tickets: [] };
        return;
      case 'setStatus':
        this.shop = { ...this.shop, status: action.status };
        return;
      case 'invoiceTicket':
        this.#invoice(action.items, action.ticket.guid, action.capture);
        return;
      case 'shipTicket':
        this.#ship(action.items, action.tracks, action.ticket.guid);
        return;
      case 'addTracks':
        this.shop = {
          ...this.shop,
          shipments: this.shop.shipments.map((each) =>
            each.id === action.shipmentId ? { ...each, tracks: [...each.tracks, ...action.tracks] } : each,
          ),
        };
        return;
      case 'cancelShopOrder':
        this.cancelInShop();
    }
  }

  #invoice(items: ShopInvoice['items'], ticket: string | undefined, capture: boolean): void {
    for (const [id, qty] of items) {
      const item = this.item(id);
      if (
        decimal(item.invoiced)
          .plus(qty)
          .greaterThan(decimal(item.ordered).minus(item.cancelled ?? 0))
      )
        throw new Error(`invoiced more of ${String(id)} than ordered`);
    }
    if (ticket !== undefined && this.shop.invoices.some((each) => each.ticket === ticket && each.state !== 'canceled'))
      throw new Error(`a second invoice for ${ticket}`);
    if (capture) this.charges.push(ticket ?? 'by hand');
    const id = this.shop.invoices.length + 100;
    this.shop = {
      ...this.shop,
      state: this.shop.state === 'new' ? 'processing' : this.shop.state,
      status: 'processing',
      payment: { ...this.shop.payment, paid: money(decimal(this.shop.payment.paid).plus(10)) },
      items: this.shop.items.map((item) => ({ ...item, invoiced: plus(item.invoiced, amountOf(items, item.id)) })),
      invoices: [
        ...this.shop.invoices,
        {
          id,
          state: 'paid',
          total: '10.00',
          items,
          ...(ticket === undefined ? {} : { ticket }),
          ...(capture ? { captured: true as const } : {}),
        },
      ],
    };
    this.#promote();
  }

  #ship(items: ShopInvoice['items'], tracks: readonly string[], ticket: string | undefined): void {
    for (const [id, qty] of items) {
      const item = this.item(id);
      if (decimal(item.shipped).plus(qty).greaterThan(item.ordered))
        throw new Error(`shipped more of ${String(id)} than ordered`);
    }
    if (ticket !== undefined && this.shop.shipments.some((each) => each.ticket === ticket))
      throw new Error(`a second shipment for ${ticket}`);
    this.shop = {
      ...this.shop,
      items: this.shop.items.map((item) => ({ ...item, shipped: plus(item.shipped, amountOf(items, item.id)) })),
      shipments: [
        ...this.shop.shipments,
        { id: this.shop.shipments.length + 500, items, tracks, ...(ticket === undefined ? {} : { ticket }) },
      ],
    };
    this.#promote();
  }

  #promote(): void {
    const done = this.shop.items.every(
      (item) =>
        decimal(item.invoiced).equals(item.ordered) &&
        (item.virtual === true || decimal(item.shipped).equals(item.ordered)),
    );
    if (done) this.shop = { ...this.shop, state: 'complete', status: 'complete' };
  }

  item(id: number): ShopItem {
    const item = this.shop.items.find((each) => each.id === id);
    if (!item) throw new Error(`no item ${String(id)}`);
    return item;
  }

  /* ----- what people do ----- */

  release(lines: ReleaseTicket['lines'], tracks: readonly string[] = []): ReleaseTicket {
    const number = this.store.tickets.length + 1;
    const ticket: ReleaseTicket = {
      docId: `10130000000${String(number)}`,
      guid: `GUID-${String(number)}`,
      no: `${this.order}-${String(number).padStart(2, '0')}`,
      state: 'saved',
      lines,
      amount: money(10),
      tracks,
    };
    this.store = {
      ...this.store,
      lines: this.store.lines.map((line) => ({ ...line, released: plus(line.released, amountOf(lines, line.id)) })),
      tickets: [...this.store.tickets, ticket],
    };
    return ticket;
  }

  releaseAll(tracks: readonly string[] = []): ReleaseTicket {
    return this.release(
      this.store.lines
        .map(
          (line) =>
            [
              line.id,
              quantity(
                decimal(line.ordered)
                  .minus(line.released)
                  .minus(line.cancelled ?? 0),
              ),
            ] as const,
        )
        .filter(([, qty]) => qty !== '0'),
      tracks,
    );
  }

  /** The clerk takes a saved ticket back: its goods are the document's again. */
  voidTicket({ guid, lines }: ReleaseTicket): void {
    this.changeTicket(guid, { state: 'voided' });
    this.store = {
      ...this.store,
      lines: this.store.lines.map((line) => ({
        ...line,
        released: quantity(decimal(line.released).minus(amountOf(lines, line.id))),
      })),
    };
  }

  changeTicket(guid: string, change: Partial<ReleaseTicket>): void {
    this.store = {
      ...this.store,
      tickets: this.store.tickets.map((ticket) => (ticket.guid === guid ? { ...ticket, ...change } : ticket)),
    };
  }

  invoiceByHand(items: ShopInvoice['items']): void {
    this.#invoice(addUp(items), undefined, false);
  }

  shipByHand(items: ShopInvoice['items']): void {
    this.#ship(items, [], undefined);
  }

  cancelInShop(): void {
    const untouched = this.shop.invoices.length === 0;
    this.shop = {
      ...this.shop,
      ...(untouched ? { state: 'canceled', status: 'canceled' } : {}),
      items: this.shop.items.map((item) => ({
        ...item,
        cancelled: quantity(decimal(item.ordered).minus(item.invoiced)),
      })),
    };
  }
}

const plus = (a: string, b: string): string => quantity(decimal(a).plus(b));

const amountOf = (items: ShopInvoice['items'], id: number): string =>
  addUp(items).find(([each]) => each === id)?.[1] ?? '0';
