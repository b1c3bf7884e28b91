import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { shopTime } from './clock';
import { notFound } from '../http/refusals';
import type {
  CommentRow,
  CreditmemoRow,
  GatewayCharge,
  InvoiceRow,
  OrderRecord,
  ShipmentRow,
  TransactionRow,
} from './rows';

/** What the payment gateway knows of one order's authorisation. */
export interface Authorization {
  transaction: string;
  amount: number;
  captured: number;
  /** Closed: the shop sees it and captures no more, but says nothing. */
  open: boolean;
  /** Lapsed at the gateway: captures are refused. */
  expired: boolean;
  /** The gateway closes it with the first capture. */
  closesOnCapture: boolean;
}

interface State {
  orders: OrderRecord[];
  invoices: InvoiceRow[];
  shipments: ShipmentRow[];
  creditmemos: CreditmemoRow[];
  transactions: TransactionRow[];
  charges: GatewayCharge[];
  authorizations: Record<string, Authorization>;
  sequences: Record<string, number>;
  nonces: string[];
}

const empty = (): State => ({
  orders: [],
  invoices: [],
  shipments: [],
  creditmemos: [],
  transactions: [],
  charges: [],
  authorizations: {},
  sequences: {},
  nonces: [],
});

/** Everything the shop has stored. With a file, a restarted process finds its books as it left them. */
export class Books {
  private readonly state: State;
  private readonly byId = new Map<number, OrderRecord>();
  private readonly byNumber = new Map<string, OrderRecord>();
  private readonly seenNonces: Set<string>;

  constructor(
    private readonly clock: () => Date,
    private readonly file?: string,
  ) {
    this.state = file !== undefined && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as State) : empty();
    this.state.orders.forEach((order) => this.index(order));
    this.seenNonces = new Set(this.state.nonces);
  }

  now(): string {
    return shopTime(this.clock());
  }

  /** Next id of a table, starting at 1. */
  next(table: string): number {
    const id = (this.state.sequences[table] ?? 0) + 1;
    this.state.sequences[table] = id;
    return id;
  }

  /** What every document of an order begins with, under the next id of its table. */
  documentHead(table: 'invoice' | 'shipment' | 'creditmemo', order: OrderRecord['row']) {
    const entityId = this.next(table);
    const at = this.now();
    return {
      entity_id: entityId,
      increment_id: documentNumber(order.store_id, entityId),
      order_id: order.entity_id,
      store_id: order.store_id,
      created_at: at,
      updated_at: at,
    };
  }

  /** Raises a sequence so that records taken over keep their ids to themselves. */
  reserve(table: string, id: number): void {
    this.state.sequences[table] = Math.max(this.state.sequences[table] ?? 0, id);
  }

  addOrder(record: OrderRecord): void {
    this.state.orders.push(record);
    this.index(record);
  }

  private index(record: OrderRecord): void {
    this.byId.set(record.row.entity_id, record);
    const { increment_id: number, entity_id: id } = record.row;
    // Each store view counts for itself: a second order of a number answers to number#id.
    this.byNumber.set(this.byNumber.has(number) ? `${number}#${String(id)}` : number, record);
  }

  get orders(): readonly OrderRecord[] {
    return this.state.orders;
  }

  /** @throws Refusal 404 */
  order(entityId: number): OrderRecord {
    const found = this.byId.get(entityId);
    if (!found) throw notFound();
    return found;
  }

  findOrder(incrementId: string): OrderRecord | undefined {
    return this.byNumber.get(incrementId);
  }

  /** An order may get a new number by a raw save. */
  renumber(record: OrderRecord, incrementId: string): void {
    for (const [number, each] of this.byNumber) if (each === record) this.byNumber.delete(number);
    record.row.increment_id = incrementId;
    this.byNumber.set(incrementId, record);
  }

  get invoices(): InvoiceRow[] {
    return this.state.invoices;
  }
  get shipments(): ShipmentRow[] {
    return this.state.shipments;
  }
  get creditmemos(): CreditmemoRow[] {
    return this.state.creditmemos;
  }
  get transactions(): TransactionRow[] {
    return this.state.transactions;
  }
  get charges(): GatewayCharge[] {
    return this.state.charges;
  }
  get authorizations(): Record<string, Authorization> {
    return this.state.authorizations;
  }

  /** False where this consumer used the nonce before. */
  useNonce(nonce: string): boolean {
    if (this.seenNonces.has(nonce)) return false;
    this.seenNonces.add(nonce);
    this.state.nonces.push(nonce);
    return true;
  }

  documentComment(table: string, parentId: number, comment: { comment: string; visible: number }): CommentRow {
    return {
      is_customer_notified: 0,
      parent_id: parentId,
      comment: comment.comment,
      is_visible_on_front: comment.visible,
      created_at: this.now(),
      entity_id: this.next(table),
    };
  }

  /** Writes the file, if there is one: a new one beside it, then in its place. */
  save(): void {
    if (this.file === undefined) return;
    const fresh = `${this.file}.new`;
    writeFileSync(fresh, JSON.stringify(this.state));
    renameSync(fresh, this.file);
  }
}

/** Document numbers: nine digits, led by the store's number for all stores but the first. */
export const documentNumber = (storeId: number, sequence: number): string =>
  `${storeId > 1 ? String(storeId) : ''}${String(sequence).padStart(9, '0')}`;
