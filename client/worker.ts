import type { Command } from 'commander';
import { runWorker } from '../worker';
import { createLog } from '../worker/log';
import { command, settingsOf, type CommonOptions, type Done } from './options';

export const workerCommand = (done: Done): Command =>
  command('worker', 'run the workflows and activities of the given instances until stopped').action(
    async (options: CommonOptions) => {
      await runWorker(await settingsOf(options), createLog());
      done(0);
      // An attempt to connect that was still under way would hold the process for seconds.
      process.exit(0);
    },
  );
