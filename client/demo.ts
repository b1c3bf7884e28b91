import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { makeBundle } from '../worker/bundle';
import { command, type CommonOptions, type Done } from './options';
import { CannotRun } from './output';

interface DemoOptions extends CommonOptions {
  readonly serve: boolean;
  readonly port: string;
}

/** `sandbox/play/run.ts`, as far as this command knows it: what is published must not hold the sandbox, not even by its types. */
interface Sandbox {
  runDemo(wishes: { serve: boolean; port: number; json: boolean; bundle: () => Promise<string> }): Promise<boolean>;
}

/** `cantus demo`: a shop, a Counterpoint, an engine and a worker on this machine, and orders of every kind walked to their end. */
export const demoCommand = (done: Done): Command =>
  command('demo', 'try Cantus on this machine: no shop, no Counterpoint, no Temporal needed')
    .option('--serve', 'keep everything running, with a page to play shopper and clerk', false)
    .option('--port <port>', 'port of the page (with --serve)', '8090')
    .action(async ({ serve, port, json }: DemoOptions) => {
      const bundle = async (): Promise<string> => (await makeBundle()).code;
      done((await sandbox().runDemo({ serve, port: Number(port), json, bundle })) ? 0 : 1);
    });

function sandbox(): Sandbox {
  const place = join(__dirname, '..', 'sandbox', 'play', 'run.ts');
  if (!existsSync(place))
    throw new CannotRun(
      'The demo needs the sources, which this package does not hold: git clone the repository of Cantus, then npm ci && npm run demo.',
    );
  return require(place) as Sandbox; // eslint-disable-line @typescript-eslint/no-require-imports -- only where there is a checkout
}
