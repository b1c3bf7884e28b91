import type { Stage } from '../../sandbox/play/stage';
import { stageWithWorker } from '../support/stage';
import { Board } from './board';

/** Time-outs short enough for a test; everything else as the reference configuration has it. */
const SHORT = {
  magento: { timeoutSeconds: 3, requestsPerSecond: 200 },
  counterpoint: { connection: { poolMax: 16 } },
};

/** A stage whose engine survives a restart, and the board its players watch. */
export async function openFaults(): Promise<{ stage: Stage; board: Board; close(): Promise<void> }> {
  const stage = await stageWithWorker({ configuration: SHORT, durableEngine: true });
  const board = new Board(stage);
  return {
    stage,
    board,
    close: async () => {
      await board.close();
      await stage.close();
    },
  };
}
