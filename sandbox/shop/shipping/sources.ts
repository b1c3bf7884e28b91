import { subtract } from '../money/amounts';

const DEFAULT_SOURCE = 'default';

/** The shop's inventory sources (MSI). The default one holds whatever is asked of it, until its stock is counted. */
export interface SourceControls {
  /** Another source; it holds nothing until it is stocked. */
  add(code: string): void;
  /** Counts what a source holds of a product. */
  stock(code: string, sku: string, qty: number): void;
  /** What is left; undefined where it was never counted. */
  left(code: string, sku: string): number | undefined;
}

export class Sources implements SourceControls {
  private readonly held = new Map<string, Map<string, number>>([[DEFAULT_SOURCE, new Map()]]);

  add(code: string): void {
    if (!this.held.has(code)) this.held.set(code, new Map());
  }

  stock(code: string, sku: string, qty: number): void {
    this.add(code);
    this.held.get(code)?.set(sku, qty);
  }

  left(code: string, sku: string): number | undefined {
    return this.held.get(code)?.get(sku);
  }

  /** Without a code, the stock's single source or its default one (contract §2.3). */
  named(code: string | undefined): string {
    return code ?? DEFAULT_SOURCE;
  }

  /** Takes the goods out; all or nothing. @returns false for an unknown source or where it holds too little */
  deduct(code: string, goods: readonly { readonly sku: string; readonly qty: number }[]): boolean {
    const stock = this.held.get(code);
    if (stock === undefined) return false;
    const holds = (sku: string): number => stock.get(sku) ?? (code === DEFAULT_SOURCE ? Number.POSITIVE_INFINITY : 0);
    const wanted = new Map<string, number>();
    for (const { sku, qty } of goods) wanted.set(sku, (wanted.get(sku) ?? 0) + qty);
    if ([...wanted].some(([sku, qty]) => holds(sku) < qty)) return false;
    for (const [sku, qty] of wanted) if (stock.has(sku)) stock.set(sku, subtract(holds(sku), qty));
    return true;
  }
}
