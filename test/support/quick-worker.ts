import type { WorkflowHandle } from '@temporalio/client';
import { Worker, type WorkerOptions, type WorkflowBundleOption } from '@temporalio/worker';
import { putAway } from './put-away';

/**
 * A worker that runs workflows in the test's own thread: it stands in a tenth of the time that one with threads takes.
 * The scenarios run the one with threads, as the product does.
 */
export const quickWorker = (options: WorkerOptions): Promise<Worker> => Worker.create({ ...options, debugMode: true });

/**
 * Ends the workflow, and plays what was recorded of it once more, as a worker does that has forgotten it: the history of
 * one that goes on may never come to its end. While its own worker still runs.
 * @throws where it differs
 */
export async function playAgain(handle: WorkflowHandle, workflowBundle: WorkflowBundleOption): Promise<void> {
  await putAway(handle);
  await Worker.runReplayHistory({ workflowBundle }, await handle.fetchHistory(), handle.workflowId);
}
