import {
  CancellationScope,
  condition,
  type WorkflowInterceptors,
  type WorkflowInternalsInterceptor,
} from '@temporalio/workflow';

type Activation = Parameters<NonNullable<WorkflowInternalsInterceptor['activate']>>[0];

/** More turns than an order takes between two activities: then everything else of the activation has been worked off. */
const TURNS = 20;

/**
 * Hands updates over after everything else they came with. The engine's core tells an update and an activity's answer
 * one after the other when a worker takes a workflow up anew, but together, and the update first, when it is replayed
 * later; without this a repair sent just then wrote a history that no worker could go on with (sdk-rust#1281, #1597).
 */
const updatesLast: WorkflowInternalsInterceptor = {
  activate(input, next) {
    const jobs = input.activation.jobs ?? [];
    const updates = jobs.filter((job) => job.doUpdate);
    if (updates.length === 0 || updates.length === jobs.length) {
      next(input);
      return;
    }
    next(
      withJobs(
        input,
        jobs.filter((job) => !job.doUpdate),
      ),
    );
    void afterTheRest().then(() => {
      next(withJobs(input, updates));
    });
  },
};

const withJobs = (input: Activation, jobs: NonNullable<Activation['activation']['jobs']>): Activation => ({
  ...input,
  activation: { ...input.activation, jobs },
});

/** Each turn lets everybody who waits for a condition go on, as far as they get. */
const afterTheRest = (): Promise<void> =>
  CancellationScope.nonCancellable(async () => {
    for (let turn = 0; turn < TURNS; turn += 1) {
      let asked = 0;
      await condition(() => (asked += 1) > 1);
    }
  });

export const interceptors = (): WorkflowInterceptors => ({ internals: [updatesLast] });
