import { Command } from 'commander';
import { configFiles, loadConfigs } from '../config';
import type { Settings } from '../domain/settings';
import { CannotRun } from './output';

export interface CommonOptions {
  readonly config: string[];
  readonly json: boolean;
  readonly debug: boolean;
}

export type Done = (exitCode: number) => void;

const collect = (value: string, all: string[]): string[] => [...all, value];

/** A sub-command with the options every command takes. */
export const command = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .option('-c, --config <file>', 'configuration file, repeatable (or CANTUS_CONFIG)', collect, [])
    .option('--json', 'answer as JSON', false)
    .option('--debug', 'print stacks', false);

/** The instances of the given files, or of CANTUS_CONFIG. */
export const settingsOf = (options: CommonOptions): Promise<readonly Settings[]> =>
  loadConfigs(configFiles(options.config));

/** The instance an order belongs to: the only one, or the one named with --instance. */
export async function oneInstance(options: CommonOptions & { instance?: string }): Promise<Settings> {
  const all = await settingsOf(options);
  const named = options.instance === undefined ? all : all.filter((settings) => settings.instance === options.instance);
  const [settings, more] = named;
  if (!settings) throw new CannotRun(`No configuration has the instance '${options.instance ?? ''}'.`);
  if (more)
    throw new CannotRun(
      `Several instances are configured (${all.map((each) => each.instance).join(', ')}): name one with --instance.`,
    );
  return settings;
}
