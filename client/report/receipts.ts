import type { Receipt } from '../../domain/ports/notebook';
import type { Command } from 'commander';
import { command, oneInstance, settingsOf, type CommonOptions, type Done } from '../options';
import { CannotRun, print } from '../output';
import { table } from '../../domain/text/table';
import { withStore } from './with-store';

interface ReceiptOptions extends CommonOptions {
  readonly confirm: string[];
  readonly instance?: string;
}

interface Listed extends Receipt {
  readonly instance: string;
}

const collect = (value: string, all: string[]): string[] => [...all, value];

/** `cantus report receipts`: deposits of manual payments that the store has yet to see arrive (C5-44). */
export const receiptsCommand = (done: Done): Command =>
  command('receipts', 'deposits of manual payments whose receipt the store has to confirm')
    .option('--confirm <order>', 'the money of this order is in hand; repeatable', collect, [])
    .option('--instance <name>', 'with --confirm, the instance of the orders where several are configured')
    .action(async (options: ReceiptOptions) => {
      if (options.confirm.length > 0) await confirm(options);
      const open: Listed[] = [];
      for (const settings of await settingsOf(options)) {
        const { instance } = settings;
        const found = await withStore(settings, (store) => store.notebook.receipts());
        open.push(...found.map((receipt) => ({ instance, ...receipt })));
      }
      print(options.json, open, () => inWords(open));
      done(open.length > 0 ? 1 : 0);
    });

async function confirm(options: ReceiptOptions): Promise<void> {
  const settings = await oneInstance(options);
  await withStore(settings, async (store) => {
    for (const order of options.confirm) {
      if (await store.notebook.confirmReceipt(order)) continue;
      throw new CannotRun(`No receipt of order ${order} is awaited in instance ${settings.instance}.`);
    }
  });
}

function inWords(open: readonly Listed[]): string {
  if (open.length === 0) return 'No receipt is to be confirmed.';
  const rows = open.map((each) => [
    each.order,
    each.placedOn,
    each.store,
    each.payCode ?? '',
    each.deposit,
    each.ticketNo ?? '',
    each.instance,
  ]);
  return `Receipts to be confirmed by the store\n${table(['order', 'placed', 'store', 'pay code', 'deposit', 'deposit ticket', 'instance'], rows)}`;
}
