/** Names on the wire to the engine: running orders know each other by them. Added to, never renamed. */

export const WORKFLOW = {
  order: 'order',
  incident: 'incident',
  importOrders: 'importOrders',
  watchCounterpoint: 'watchCounterpoint',
  watchMagento: 'watchMagento',
  census: 'census',
} as const;

export const SIGNAL = { changed: 'changed', cancel: 'cancel', report: 'report', reportAll: 'reportAll' } as const;
export const UPDATE = { repair: 'repair' } as const;
export const QUERY = { status: 'status' } as const;

/** The filter of the engine's list for all orders of an instance. */
export const ordersOf = (instance: string): string =>
  `WorkflowType = '${WORKFLOW.order}' AND CantusInstance = '${instance}'`;

export const RUNNING = `ExecutionStatus = 'Running'`;
/** An order that started a fresh history is listed once: its earlier runs only say "continued as new". */
export const NEWEST_RUN = `ExecutionStatus != 'ContinuedAsNew'`;
