import type { Command } from 'commander';
import { checkInstance, type Finding } from './doctor/check-instance';
import { probeInstance, type Probed } from './doctor/probe-instance';
import { command, settingsOf, type CommonOptions, type Done } from './options';
import { print } from './output';

interface DoctorOptions extends CommonOptions {
  readonly probe: boolean;
  readonly out: string;
}

interface Diagnosis {
  readonly instance: string;
  readonly findings: readonly Finding[];
}

const MARKS = { ok: 'ok     ', note: 'note   ', warning: 'WARNING', problem: 'PROBLEM' } as const;

/** `cantus doctor`: whether an instance can run as it is configured; writes nothing to any of the systems. */
export const doctorCommand = (done: Done): Command =>
  command('doctor', 'check configuration, hooks, shop, Temporal and Counterpoint of the given instances')
    .option('--probe', 'answer the open points about the Counterpoint database, read-only, and write a report', false)
    .option('--out <folder>', 'where the report of --probe goes', '.')
    .action(async (options: DoctorOptions) => {
      const all = await settingsOf(options);
      if (options.probe) {
        const reports: Probed[] = [];
        for (const settings of all) reports.push(await probeInstance(settings, options.out));
        print(
          options.json,
          reports.map(({ report, files }) => ({ ...report, files })),
          () => reports.map((each) => each.words).join('\n\n'),
        );
        done(reports.some((each) => each.report.findings.length > 0) ? 1 : 0);
        return;
      }
      const diagnoses: Diagnosis[] = [];
      for (const settings of all)
        diagnoses.push({ instance: settings.instance, findings: await checkInstance(settings) });
      print(options.json, diagnoses, () => diagnoses.map(inWords).join('\n\n'));
      const bad = diagnoses.some(({ findings }) =>
        findings.some(({ level }) => level === 'problem' || level === 'warning'),
      );
      done(bad ? 1 : 0);
    });

const inWords = ({ instance, findings }: Diagnosis): string =>
  [
    `Instance ${instance}`,
    ...findings.map(({ level, area, message }) => `  ${MARKS[level]}  ${area}: ${message}`),
  ].join('\n');
