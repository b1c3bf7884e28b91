import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { misconfigured } from '../../domain/errors';
import { table } from '../../domain/text/table';
import { allGood, playDemo, verdict, type Ending, type Standing } from './demo';
import { startPage } from './page';
import { openStage, type Stage } from './stage';

/** What `cantus demo` was asked for. */
export interface DemoWishes {
  readonly serve: boolean;
  /** Port of the page, with `serve`. */
  readonly port: number;
  readonly json: boolean;
  /** The workflows' code, in one text, for the worker that plays. */
  readonly bundle: () => Promise<string>;
}

/** Plays the whole demo, or keeps the stage open until Ctrl-C. Returns whether every order ended as it should. */
export async function runDemo({ serve, port, json, bundle }: DemoWishes): Promise<boolean> {
  const say = (text: string): void => {
    if (!json) process.stdout.write(`${text}\n`);
  };
  let good = true;
  await withStage(say, bundle, async (stage) => {
    if (serve) {
      await keepOpen(stage, port, say);
      return;
    }
    const endings = await playDemo(stage, json ? () => undefined : liveTable());
    if (json) process.stdout.write(`${JSON.stringify(endings)}\n`);
    else report(endings, say);
    good = allGood(endings);
  });
  return good;
}

async function withStage(
  say: (text: string) => void,
  makeBundle: () => Promise<string>,
  play: (stage: Stage) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'cantus-bundle-'));
  const bundle = join(folder, 'workflow-bundle.js');
  say('Starting a shop, a Counterpoint on PostgreSQL, a Temporal server and a worker …');
  try {
    const [code, stage] = await Promise.all([makeBundle(), openStage({ bundle })]);
    const giveUp = (): void => {
      void stage.close().finally(() => process.exit(130));
    };
    process.once('SIGINT', giveUp).once('SIGTERM', giveUp);
    try {
      await writeFile(bundle, code);
      const setUp = await stage.cantus('setup', '--json');
      if (setUp.code !== 0) {
        const message = `The sandbox could not be set up: ${setUp.stderr || setUp.stdout}`;
        throw misconfigured({ code: 'sandboxNotSetUp', message });
      }
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

async function keepOpen(stage: Stage, port: number, say: (text: string) => void): Promise<void> {
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
