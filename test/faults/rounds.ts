import type { LineMode, Trapped } from '../../sandbox/line';
import type { Stage } from '../../sandbox/play/stage';
import type { Play } from './play';
import type { Fault } from './seeds';

/** How many orders meet the same fault in one go. What holds connections must leave the worker some to go on with. */
export const AT_ONCE: Readonly<Record<Fault, number>> = {
  'kill before the call': 6,
  'kill after the commit': 6,
  'reply cut': 24,
  'black hole': 18,
  refused: 18,
  'engine restart': 12,
  'engine line cut': 12,
  deploy: 12,
  'charge then fail': 24,
  '408 before the call': 24,
  '408 after the call': 24,
};

/** Longer than a whole pass of both watches, so that every push has had its call. */
const SPRUNG_WITHIN_MS = 12_000;
/** Longer than the shop's time-out of the stage (3 s), so that a silent socket is given up. */
const BLACK_HOLE_MS = 5_000;
/** Stands for ten minutes: several tries of the back-off fall into it. */
const REFUSED_MS = 9_000;
const ENGINE_CUT_MS = 4_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export interface Deployments {
  /** The bundle that is not running now. */
  next(): string;
}

/** Brings the orders before their phases, lets the fault strike, and heals. @returns the plays it really struck */
export async function strike(
  stage: Stage,
  fault: Fault,
  plays: readonly Play[],
  deployments: Deployments,
): Promise<ReadonlySet<Play>> {
  const all = new Set(plays);
  const push = (): Promise<unknown> => Promise.all(plays.map((play) => play.push()));
  switch (fault) {
    case 'kill before the call':
    case 'kill after the commit': {
      const traps = await trapped(plays, fault === 'kill before the call' ? 'call' : 'answer');
      await stage.worker.kill();
      traps.forEach((trap) => trap.kept()?.cut());
      await stage.worker.start();
      return struckBy(plays, traps);
    }
    case 'reply cut': {
      const traps = await trapped(plays, 'answer', true);
      return struckBy(plays, traps);
    }
    case 'black hole':
    case 'refused': {
      const mode: LineMode = fault === 'refused' ? 'refuse' : 'blackHole';
      const lines = [stage.shopLine, stage.databaseLine];
      lines.forEach((line) => {
        line.mode(mode);
      });
      if (mode === 'refuse')
        lines.forEach((line) => {
          line.reset();
        });
      await push();
      await pause(mode === 'refuse' ? REFUSED_MS : BLACK_HOLE_MS);
      lines.forEach((line) => {
        line.mode('pass');
      });
      // What went into the hole never comes back; the far side of the network gives those connections up.
      if (mode === 'blackHole')
        lines.forEach((line) => {
          line.reset();
        });
      return all;
    }
    case 'engine restart':
      await push();
      await stage.restartEngine();
      return all;
    case 'engine line cut':
      stage.engineLine?.mode('refuse');
      stage.engineLine?.reset();
      await push();
      await pause(ENGINE_CUT_MS);
      stage.engineLine?.mode('pass');
      return all;
    case 'charge then fail':
    case '408 before the call':
    case '408 after the call':
      return await answered(plays, fault);
    case 'deploy':
      await push();
      await stage.deploy(deployments.next());
      return all;
  }
}

/** Has the shop, or what stands in front of it, answer the call of the phase as the fault wants. */
async function answered(
  plays: readonly Play[],
  fault: 'charge then fail' | '408 before the call' | '408 after the call',
): Promise<ReadonlySet<Play>> {
  const met = plays.map((play) => (fault === 'charge then fail' ? play.chargeThenFail() : play.answer408(fault)));
  await Promise.all(plays.map((play) => play.push()));
  const deadline = Date.now() + SPRUNG_WITHIN_MS;
  while (met.some((hasMet) => !hasMet()) && Date.now() < deadline) await pause(100);
  return new Set(plays.filter((_, at) => met[at]?.() === true));
}

/** Pushes every order into its trap and waits until they have sprung, or those that will have. */
async function trapped(
  plays: readonly Play[],
  keep: 'call' | 'answer',
  cutAtOnce = false,
): Promise<readonly Trapped[]> {
  const traps = await Promise.all(
    plays.map(async (play) => {
      const placing = play.seed.phase === 'import' || play.seed.phase === 'document';
      // An order that is yet to be placed has no number to set a trap for; placing it takes no time.
      const pushed = placing ? play.push() : undefined;
      const trap = play.trap(keep);
      if (cutAtOnce)
        void trap.sprung.then((kept) => {
          kept.cut();
        });
      await (pushed ?? play.push());
      return trap;
    }),
  );
  await Promise.race([Promise.all(traps.map((trap) => trap.sprung)), pause(SPRUNG_WITHIN_MS)]);
  traps.forEach((trap) => {
    trap.remove();
  });
  return traps;
}

const struckBy = (plays: readonly Play[], traps: readonly Trapped[]): ReadonlySet<Play> =>
  new Set(plays.filter((_, at) => traps[at]?.kept() !== undefined));
