import type { OrderTaxes } from '../../domain/ports/notebook';
import type { Command } from 'commander';
import { DateTime } from 'luxon';
import { money, sum } from '../../domain/money';
import type { Settings } from '../../domain/settings';
import { command, settingsOf, type CommonOptions, type Done } from '../options';
import { CannotRun, print } from '../output';
import { table } from '../../domain/text/table';
import { withStore } from './with-store';

interface TaxOptions extends CommonOptions {
  readonly from?: string;
  readonly to?: string;
}

interface TaxReport {
  readonly instance: string;
  readonly from: string;
  readonly to: string;
  readonly orders: readonly OrderTaxes[];
  readonly totals: Omit<OrderTaxes, 'order' | 'placedOn' | 'store'>;
}

const FIGURES = ['net', 'shipping', 'goodsTax', 'shippingTax', 'tax', 'total'] as const;

/** `cantus report taxes`: shipping tax apart from the rest, by the shop's figures (C5-65). */
export const taxesCommand = (done: Done): Command =>
  command('taxes', 'the tax on shipping apart from the tax on goods, by the shop’s own figures')
    .option('--from <day>', 'first day orders were placed on, store time (default: first of this month)')
    .option('--to <day>', 'last day (default: today)')
    .action(async (options: TaxOptions) => {
      const reports: TaxReport[] = [];
      for (const settings of await settingsOf(options)) reports.push(await report(settings, options));
      print(options.json, reports, () => reports.map(inWords).join('\n\n'));
      done(0);
    });

async function report(settings: Settings, options: TaxOptions): Promise<TaxReport> {
  const today = DateTime.now().setZone(settings.timezone);
  const from = day(options.from, '--from') ?? today.startOf('month').toFormat('yyyy-MM-dd');
  const to = day(options.to, '--to') ?? today.toFormat('yyyy-MM-dd');
  const orders = await withStore(settings, (store) => store.notebook.taxes({ from, to }));
  return { instance: settings.instance, from, to, orders, totals: totalsOf(orders) };
}

function day(given: string | undefined, option: string): string | null {
  if (given === undefined) return null;
  if (/^\d{4}-\d\d-\d\d$/.test(given) && DateTime.fromISO(given).isValid) return given;
  throw new CannotRun(`${option} takes a day such as 2026-11-01, not "${given}".`);
}

const totalsOf = (orders: readonly OrderTaxes[]): TaxReport['totals'] => {
  const of = (figure: (typeof FIGURES)[number]): string => money(sum(orders.map((order) => order[figure])));
  return {
    net: of('net'),
    shipping: of('shipping'),
    goodsTax: of('goodsTax'),
    shippingTax: of('shippingTax'),
    tax: of('tax'),
    total: of('total'),
  };
};

function inWords({ instance, from, to, orders, totals }: TaxReport): string {
  const head = ['order', 'placed', 'store', 'goods', 'shipping', 'tax on goods', 'tax on shipping', 'tax', 'total'];
  const rows = orders.map((order) => [order.order, order.placedOn, order.store, ...FIGURES.map((name) => order[name])]);
  const sums = ['all', '', '', ...FIGURES.map((name) => totals[name])];
  return `Taxes of instance ${instance}, orders placed ${from} to ${to}, in the shop's base currency\n${table(head, [...rows, sums])}`;
}
