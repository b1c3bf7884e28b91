import { Command } from 'commander';
import type { Done } from './options';
import { receiptsCommand } from './report/receipts';
import { taxesCommand } from './report/taxes';

/** `cantus report`: lists for the store's and the shop's people. */
export const reportCommand = (done: Done): Command =>
  new Command('report')
    .description('lists for people: receipts to be confirmed, taxes')
    .addCommand(receiptsCommand(done))
    .addCommand(taxesCommand(done));
