import type { WorkflowHandle } from '@temporalio/client';

/**
 * Ends a workflow for good. One that is left without its worker, or is ended while an activity of it runs, would hold
 * the skipped time of all other tests up.
 */
export async function putAway(handle: WorkflowHandle): Promise<void> {
  try {
    while (((await handle.describe()).raw.pendingActivities ?? []).length > 0)
      await new Promise((resolve) => setTimeout(resolve, 20));
    await handle.terminate();
  } catch {
    // It ended by itself, or never began.
  }
}
