/** What the worker registers; every export is a workflow type on the wire. */
export { census } from './census';
export { incident } from './incident';
export { order } from './order/order';
export { importOrders, watchCounterpoint, watchMagento } from './scheduled';
