import type { Command } from 'commander';
import { watchCounterpointPass, watchMagentoPass } from '../passes/watches';
import { command, settingsOf, type CommonOptions, type Done } from './options';
import { eachInstance } from './each-instance';
import { print } from './output';
import { withEngine, withInstance } from './session';

const nothing = (): void => undefined;

/** `cantus sync`: one pass of both watches, now. */
export const syncCommand = (done: Done): Command =>
  command('sync', 'look once for what changed in Counterpoint and in the shop, and tell the orders').action(
    async (options: CommonOptions) => {
      const report = { changed: 0, signalled: 0 };
      const all = await settingsOf(options);
      const { failed } = await withEngine((engine) =>
        eachInstance(all, (settings) =>
          withInstance(engine, settings, async ({ deps }) => {
            for (const pass of [
              await watchCounterpointPass(deps, nothing),
              await watchMagentoPass(deps, null, nothing),
            ]) {
              report.changed += pass.changed;
              report.signalled += pass.signalled;
            }
          }),
        ),
      );
      print(options.json, report, () => `${String(report.changed)} changed, ${String(report.signalled)} signalled`);
      done(failed.length > 0 ? 2 : 0);
    },
  );
