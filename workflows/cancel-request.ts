import { CancellationScope, type WorkflowInterceptors } from '@temporalio/workflow';
import type { CancelRequest } from './contract';

/** What the timeline calls whoever asked: the engine tells a workflow that it is to be cancelled, not who pressed. */
const BUTTON = "the engine's own cancel request";

/** Filled by the interceptor; a workflow's modules are its own. */
let reason = '';

/**
 * Runs a workflow so that the engine's own cancel request (its web page, its command line, a client) interrupts
 * nothing: `heard` is told, and the work goes on. The engine delivers one such request to a run, never a second.
 */
export async function heedingCancelRequests<T>(
  heard: (request: CancelRequest) => void,
  run: () => Promise<T>,
): Promise<T> {
  void CancellationScope.current().cancelRequested.catch(() => {
    heard({ by: reason === '' ? BUTTON : `${BUTTON} (${reason})`, reason: reason === '' ? BUTTON : reason });
  });
  return await CancellationScope.nonCancellable(run);
}

/** The SDK itself hands the reason of a request to nobody. */
export const interceptors = (): WorkflowInterceptors => ({
  internals: [
    {
      activate(input, next) {
        for (const { cancelWorkflow } of input.activation.jobs ?? []) reason = cancelWorkflow?.reason ?? reason;
        next(input);
      },
    },
  ],
});
