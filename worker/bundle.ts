import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode, type WorkflowBundleOption } from '@temporalio/worker';

/** The package carries the bundle its build made; a source checkout makes it when the worker starts. */
const PREBUILT = join(__dirname, '..', 'workflow-bundle.js');

/** `CANTUS_WORKFLOW_BUNDLE` names a bundle made before, so that a restarted worker is back sooner. */
export async function workflowBundle(): Promise<WorkflowBundleOption> {
  const given = process.env['CANTUS_WORKFLOW_BUNDLE'];
  if (given !== undefined && given !== '') return { codePath: given };
  if (existsSync(PREBUILT)) return { codePath: PREBUILT };
  return { code: (await makeBundle()).code };
}

export const makeBundle = (): ReturnType<typeof bundleWorkflowCode> =>
  bundleWorkflowCode({
    workflowsPath: require.resolve('../workflows'),
    workflowInterceptorModules: [
      require.resolve('../workflows/updates-last'),
      require.resolve('../workflows/cancel-request'),
    ],
    logger: { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} },
  });
