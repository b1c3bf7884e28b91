import { Command } from 'commander';
import { cancelCommand } from './orders/cancel';
import { listCommand } from './orders/list';
import { repairCommand } from './orders/repair';
import { rulesCommand } from './orders/rules';
import { showCommand } from './orders/show';
import type { Done } from './options';

export const ordersCommand = (done: Done): Command => {
  const orders = new Command('orders').description('look at orders and help those that wait');
  for (const command of [listCommand, showCommand, cancelCommand, repairCommand, rulesCommand])
    orders.addCommand(command(done));
  return orders;
};
