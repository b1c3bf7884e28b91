import path from 'node:path';
import { ConfigError } from './problems';

/**
 * The configuration files of a command: those of `--config`, else those of `CANTUS_CONFIG`, separated by commas or
 * by the system's path separator.
 * @throws ConfigError when neither names one.
 */
export function configFiles(given: readonly string[], env: NodeJS.ProcessEnv = process.env): readonly string[] {
  const named = given.length > 0 ? given : fromEnvironment(env['CANTUS_CONFIG'] ?? '');
  if (named.length > 0) return named;
  const allowed = 'give --config FILE (as often as there are instances) or set CANTUS_CONFIG';
  throw new ConfigError([{ file: 'cantus', line: null, key: '', found: 'no configuration file is named', allowed }]);
}

const fromEnvironment = (value: string): string[] =>
  value
    .split(',')
    .flatMap((part) => part.split(path.delimiter))
    .map((part) => part.trim())
    .filter((part) => part !== '');
