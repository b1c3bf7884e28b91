import { orderWorkflowId } from '../../domain/identities';
import { readBooks } from './books';
import { violations } from './invariants';
import { SCENES, type Scene } from './scenes';
import type { Stage } from './stage';

export interface Ending {
  readonly scene: string;
  readonly order: string;
  readonly asExpected: boolean;
  readonly what: string;
  readonly violations: readonly string[];
}

/** One line of the live table. */
export interface Standing {
  readonly scene: string;
  readonly order: string;
  readonly state: string;
  readonly attention: string;
}

const SHOW_EVERY_MS = 500;

/**
 * Plays every scene at once against one stage and checks the two systems' own books at the end.
 * @param show is given the whole table now and then
 */
export async function playDemo(
  stage: Stage,
  show: (table: readonly Standing[]) => void,
  scenes: readonly Scene[] = SCENES,
): Promise<Ending[]> {
  const standings = scenes.map((scene): Standing => ({ scene: scene.name, order: '', state: '', attention: '' }));
  const look = async (): Promise<void> => {
    await Promise.all(
      standings.map(async (standing, at) => {
        if (standing.order === '') return;
        const view = await stage.view(standing.order);
        if (view) standings[at] = { ...standing, state: view.state, attention: view.attention?.reason ?? '' };
      }),
    );
    show(standings);
  };
  let playing = true;
  const watching = (async () => {
    while (playing) {
      await look();
      await new Promise((resolve) => setTimeout(resolve, SHOW_EVERY_MS));
    }
  })();
  try {
    return await Promise.all(
      scenes.map((scene, at) =>
        playScene(stage, scene, (order) => {
          standings[at] = { scene: scene.name, order, state: 'placed', attention: '' };
        }),
      ),
    );
  } finally {
    playing = false;
    await watching;
    await look();
  }
}

async function playScene(stage: Stage, scene: Scene, placed: (order: string) => void): Promise<Ending> {
  let order = '';
  try {
    await scene.play(stage, (number) => {
      order = number;
      placed(number);
    });
    const outcome = (await stage.client.workflow.getHandle(orderWorkflowId(stage.instance, order)).result()) as {
      state: string;
    };
    const status = String(stage.shop.order(order)['status']);
    const broken = violations(await readBooks(stage.shop, stage.database, order), scene.expected);
    const asExpected = outcome.state === scene.expected.end && status === scene.expected.status;
    return {
      scene: scene.name,
      order,
      asExpected,
      what: `${outcome.state}, shop status ${status}`,
      violations: broken,
    };
  } catch (error) {
    return {
      scene: scene.name,
      order,
      asExpected: false,
      what: error instanceof Error ? error.message : String(error),
      violations: [],
    };
  }
}

/** The line the demo ends with. */
export const verdict = (endings: readonly Ending[]): string => {
  const broken = endings.reduce((count, each) => count + each.violations.length, 0);
  return `demo: ${String(endings.length)} orders, ${String(endings.filter((each) => each.asExpected).length)} ended as expected, ${String(broken)} violations`;
};

export const allGood = (endings: readonly Ending[]): boolean =>
  endings.every((each) => each.asExpected && each.violations.length === 0);
