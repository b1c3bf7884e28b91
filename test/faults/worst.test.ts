import type { Stage } from '../../sandbox/play/stage';
import type { Board } from './board';
import { openFaults } from './open';
import { Play } from './play';
import { randomFrom, seedOf, type Seed } from './seeds';

/** `CANTUS_ORDERS` and `CANTUS_KILLS` for a smaller or a larger storm. */
const ORDERS = Number(process.env['CANTUS_ORDERS'] ?? 500);
const KILLS = Number(process.env['CANTUS_KILLS'] ?? 20);
/** So many new orders come between two kills. */
const BETWEEN_MS = 12_000;
const OUTAGE_MS = 3_000;
const CALM_MS = 1_200_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let stage: Stage;
let board: Board;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ stage, board, close } = await openFaults());
}, 180_000);
afterAll(async () => {
  await close();
});

/** Shop and database fail in turn, for a while each. */
async function outage(random: () => number): Promise<void> {
  const line = random() < 0.5 ? stage.shopLine : stage.databaseLine;
  line.mode(random() < 0.5 ? 'refuse' : 'blackHole');
  line.reset();
  await pause(OUTAGE_MS);
  line.mode('pass');
  line.reset();
}

/** One order of the storm: it lives through whatever is on when it gets there. */
async function live(seed: Seed): Promise<Play> {
  const play = new Play(seed, stage, board);
  await play.approach(CALM_MS);
  await play.push();
  await play.finish(CALM_MS);
  return play;
}

it(`of ${String(ORDERS)} orders in every state, the worker killed ${String(KILLS)} times and both systems failing on and off, none is lost, doubled or charged twice`, async () => {
  const random = randomFrom(ORDERS * 31 + KILLS);
  const began = Date.now();
  const lives: Promise<Play>[] = [];
  for (let kill = 1; kill <= KILLS; kill += 1) {
    while (lives.length < (ORDERS * kill) / KILLS) lives.push(live(seedOf(lives.length + 1)));
    await pause(BETWEEN_MS * random());
    await outage(random);
    await stage.worker.kill();
    await stage.worker.start();
    process.stderr.write(`kill ${String(kill)}/${String(KILLS)}, ${String(lives.length)} orders placed\n`);
  }
  const plays = await Promise.all(lives);
  const broken = (await Promise.all(plays.map((play) => play.violations()))).flat();
  const count = (outcome: Play['outcome']): string => String(plays.filter((play) => play.outcome === outcome).length);
  process.stdout.write(
    `\n${String(ORDERS)} orders, ${String(KILLS)} kills, ${String(KILLS)} outages, ${String(Math.round((Date.now() - began) / 1000))} s: ` +
      `${count('ended')} ended, ${count('owned')} left to a person with a reason, ${count('stuck')} stuck, ${String(broken.length)} violations\n${broken.join('\n')}\n`,
  );
  expect(broken).toEqual([]);
  expect(count('stuck')).toBe('0');
}, 3_600_000);
