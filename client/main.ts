import { Command } from 'commander';
import { demoCommand } from './demo';
import { importCommand } from './import';
import { ordersCommand } from './orders';
import { CannotRun, explain } from './output';
import { setupCommand } from './setup';
import { syncCommand } from './sync';
import { workerCommand } from './worker';

/** 0 fine, 1 something needs attention, 2 cannot run. */
async function main(argv: string[]): Promise<number> {
  const program = new Command('cantus')
    .description('Durable Magento to NCR Counterpoint orders on Temporal')
    .version((require('../package.json') as { version: string }).version)
    .showHelpAfterError()
    .exitOverride((error) => {
      throw error.exitCode === 0 ? error : new CannotRun(error.message);
    });
  let code = 0;
  const done = (result: number): void => {
    code = Math.max(code, result);
  };
  for (const command of [setupCommand, workerCommand, importCommand, syncCommand, ordersCommand, demoCommand]) {
    program.addCommand(command(done));
  }
  await program.parseAsync(argv);
  return code;
}

main(process.argv).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.exitCode = explain(error, process.argv);
  },
);
