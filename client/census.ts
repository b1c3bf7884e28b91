import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { takeCensus } from '../passes/census';
import { statementCsv, statementHtml, statementName, statementWords, type Statement } from '../domain/census';
import { command, settingsOf, type CommonOptions, type Done } from './options';
import { eachInstance } from './each-instance';
import { CannotRun, print } from './output';
import { withEngine, withInstance } from './session';

interface CensusOptions extends CommonOptions {
  readonly days: string;
  readonly out?: string;
  readonly heal: boolean;
}

/** `cantus census`: every order of the window accounted for once, now. The worker need not be running. */
export const censusCommand = (done: Done): Command =>
  command('census', 'compare shop, Counterpoint and workflows; heal gaps or name them with owner and remedy')
    .option('--days <count>', 'orders placed within so many days; open ones are counted whatever their age', '30')
    .option('--out <folder>', 'write the statement as HTML, CSV and JSON into this folder')
    .option('--no-heal', 'only name gaps: start and wake nothing')
    .action(async (options: CensusOptions) => {
      const days = daysOf(options.days);
      const instances = await settingsOf(options);
      const { results: statements, failed } = await withEngine((engine) =>
        eachInstance(instances, (settings) =>
          withInstance(engine, settings, ({ deps }) => takeCensus(deps, { days, heal: options.heal }, () => undefined)),
        ),
      );
      if (options.out !== undefined) for (const statement of statements) await write(statement, options.out);
      print(options.json, statements, () => statements.map(statementWords).join('\n\n'));
      done(failed.length > 0 ? 2 : statements.some((each) => each.attention > 0 || !each.tiesOut) ? 1 : 0);
    });

function daysOf(text: string): number {
  const days = Number(text);
  if (Number.isFinite(days) && days > 0) return days;
  throw new CannotRun(`--days takes a number of days above 0, not '${text}'.`);
}

/** `<instance>-<day>.html`, `.csv` and `.json`; a statement of the same day is replaced. */
async function write(statement: Statement, folder: string): Promise<void> {
  const name = join(folder, statementName(statement));
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(`${name}.html`, statementHtml(statement));
    await writeFile(`${name}.csv`, statementCsv(statement));
    await writeFile(`${name}.json`, `${JSON.stringify(statement, null, 2)}\n`);
  } catch (error) {
    throw new CannotRun(`The statement cannot be written to ${folder}. Name a folder that can be written with --out.`, {
      cause: error,
    });
  }
}
