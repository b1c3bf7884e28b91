import type { ImportReport } from '../passes/reports';
import type { Command } from 'commander';
import { importPass } from '../passes/import';
import { command, settingsOf, type CommonOptions, type Done } from './options';
import { eachInstance } from './each-instance';
import { print } from './output';
import { withEngine, withInstance } from './session';

/** `cantus import`: one full pass over the shop's new orders, now. The worker need not be running. */
export const importCommand = (done: Done): Command =>
  command('import', 'find new orders in the shop and start one workflow for each').action(
    async (options: CommonOptions) => {
      const all = await settingsOf(options);
      const { results, failed } = await withEngine((engine) =>
        eachInstance(all, (settings) =>
          withInstance(engine, settings, ({ deps }) => importPass(deps, null, progress(options))),
        ),
      );
      const report = addUp(results);
      if (!options.json && process.stderr.isTTY) process.stderr.write('\n');
      print(options.json, report, () => inWords(report));
      done(failed.length > 0 ? 2 : report.parked.length > 0 ? 1 : 0);
    },
  );

/** A dot per page, so that a long import is seen to move. */
const progress = (options: CommonOptions) => (): void => {
  if (!options.json && process.stderr.isTTY) process.stderr.write('.');
};

const addUp = (reports: readonly ImportReport[]): ImportReport => ({
  found: reports.reduce((total, each) => total + each.found, 0),
  started: reports.reduce((total, each) => total + each.started, 0),
  already: reports.reduce((total, each) => total + each.already, 0),
  skipped: reports.flatMap((each) => each.skipped),
  parked: reports.flatMap((each) => each.parked),
});

const inWords = (report: ImportReport): string =>
  [
    `${String(report.found)} found, ${String(report.started)} started, ${String(report.already)} already known`,
    ...report.skipped.map((each) => `skipped ${each.order}: ${each.reason}`),
    ...report.parked.map((each) => `parked ${each.order ?? '(unreadable)'}: ${each.reason}`),
  ].join('\n');
