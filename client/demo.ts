import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { allGood, playDemo, verdict, type Ending, type Standing } from '../sandbox/play/demo';
import { startPage } from '../sandbox/play/page';
import { openStage, type Stage } from '../sandbox/play/stage';
import { makeBundle } from '../worker/bundle';
import { command, type CommonOptions, type Done } from './options';
import { CannotRun } from './output';
import { table } from '../domain/text/table';

interface DemoOptions extends CommonOptions {
  readonly serve: boolean;
  readonly port: string;
}

/** `cantus demo`: a shop, a Counterpoint, an engine and a worker on this machine, and orders of every kind walked to their end. */
export const demoCommand = (done: Done): Command =>
  command('demo', 'try Cantus on this machine: no shop, no Counterpoint, no Temporal needed')
    .option('--serve', 'keep everything running, with a page to play shopper and clerk', false)
    .option('--port <port>', 'port of the page (with --serve)', '8090')
    .action(async (options: DemoOptions) => {
      const say = (text: string): void => {
        if (!options.json) process.stdout.write(`${text}\n`);
      };
      await withStage(say, async (stage) => {
        if (options.serve) {
          await serve(stage, Number(options.port), say);
          done(0);
          return;
        }
        const endings = await playDemo(stage, options.json ? () => undefined : liveTable());
        if (options.json) process.stdout.write(`${JSON.stringify(endings)}\n`);
        else report(endings, say);
        done(allGood(endings) ? 0 : 1);
      });
    });

async function withStage(say: (text: string) => void, play: (stage: Stage) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'cantus-bundle-'));
  const bundle = join(folder, 'workflow-bundle.js');
  say('Starting a shop, a Counterpoint on PostgreSQL, a Temporal server and a worker …');
  try {
    const [{ code }, stage] = await Promise.all([makeBundle(), openStage({ bundle })]);
    const giveUp = (): void => {
      void stage.close().finally(() => process.exit(130));
    };
    process.once('SIGINT', giveUp).once('SIGTERM', giveUp);
    try {
      await writeFile(bundle, code);
      const setUp = await stage.cantus('setup', '--json');
      if (setUp.code !== 0) throw new CannotRun(`The sandbox could not be set up: ${setUp.stderr || setUp.stdout}`);
      await stage.worker.start();
      await play(stage);
    } finally {
      process.off('SIGINT', giveUp).off('SIGTERM', giveUp);
      await stage.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Redraws in place on a terminal; elsewhere a line for each change. */
function liveTable(): (standings: readonly Standing[]) => void {
  const shown = new Map<string, string>();
  let drawn = 0;
  return (standings) => {
    const rows = standings.map((each) => [each.order, each.scene, each.state.replaceAll('_', ' '), each.attention]);
    if (process.stdout.isTTY) {
      const text = table(['order', 'scene', 'state', 'attention'], rows);
      process.stdout.write(
        `${drawn > 0 ? `\u001B[${String(drawn)}A` : ''}${text
          .split('\n')
          .map((line) => `\u001B[2K${line}`)
          .join('\n')}\n`,
      );
      drawn = text.split('\n').length;
      return;
    }
    for (const { scene, order, state, attention } of standings) {
      const now = `${order}  ${state.replaceAll('_', ' ')}${attention === '' ? '' : `  needs attention: ${attention}`}`;
      if (order === '' || shown.get(scene) === now) continue;
      shown.set(scene, now);
      process.stdout.write(`${now}  (${scene})\n`);
    }
  };
}

function report(endings: readonly Ending[], say: (text: string) => void): void {
  say('');
  say(
    table(
      ['order', 'scene', 'ended as'],
      endings.map((each) => [each.order, each.scene, `${each.asExpected ? '' : 'NOT EXPECTED: '}${each.what}`]),
    ),
  );
  for (const broken of endings.flatMap((each) => each.violations)) say(`VIOLATION ${broken}`);
  say('');
  say(verdict(endings));
}

async function serve(stage: Stage, port: number, say: (text: string) => void): Promise<void> {
  const page = await startPage(stage, port);
  say(`Page to play with   ${page.url}`);
  if (stage.addresses.temporalUi !== null) say(`Temporal UI         ${stage.addresses.temporalUi}`);
  say(`Shop (REST)         ${stage.addresses.shop}`);
  say(`Counterpoint (SQL)  ${stage.addresses.database}`);
  say(`Configuration       ${stage.configFile}`);
  say('Ctrl-C ends it.');
  await new Promise<void>((resolve) => {
    process.removeAllListeners('SIGINT').once('SIGINT', resolve);
    process.removeAllListeners('SIGTERM').once('SIGTERM', resolve);
  });
  await page.close();
}
