import type { WorkflowHandle } from '@temporalio/client';
import { Worker, type WorkerOptions, type WorkflowBundleOption } from '@temporalio/worker';

/**
 * A worker that runs workflows in the test's own thread: it stands in a tenth of the time that one with threads takes.
 * The scenarios run the one with threads, as the product does.
 */
export const quickWorker = (options: WorkerOptions): Promise<Worker> => Worker.create({ ...options, debugMode: true });

/**
 * Plays what was recorded of a workflow that ended once more, as a worker does that has forgotten it.
 * @throws where it differs
 */
export const playAgain = async (handle: WorkflowHandle, workflowBundle: WorkflowBundleOption): Promise<void> =>
  Worker.runReplayHistory({ workflowBundle }, await handle.fetchHistory(), handle.workflowId);
