import { Command } from 'commander';
import { release } from '../worker/release';
import type { Done } from './options';
import { CannotRun, explain } from './output';

/* eslint-disable @typescript-eslint/no-require-imports -- the one place that loads on demand */

/** Each sub-command is loaded only when it is asked for: the engine's libraries take seconds that `--help` need not wait. */
const COMMANDS: Readonly<Record<string, { readonly about: string; load(done: Done): Command }>> = {
  setup: {
    about: 'prepare Temporal and the Counterpoint database; may be run again',
    load: (done) => (require('./setup') as typeof import('./setup')).setupCommand(done),
  },
  worker: {
    about: 'run the workflows and activities of the given instances until stopped',
    load: (done) => (require('./worker') as typeof import('./worker')).workerCommand(done),
  },
  import: {
    about: 'find new orders in the shop and start one workflow for each',
    load: (done) => (require('./import') as typeof import('./import')).importCommand(done),
  },
  sync: {
    about: 'look once for what changed in Counterpoint and in the shop',
    load: (done) => (require('./sync') as typeof import('./sync')).syncCommand(done),
  },
  census: {
    about: 'account for every order once, heal gaps or name them',
    load: (done) => (require('./census') as typeof import('./census')).censusCommand(done),
  },
  orders: {
    about: 'look at orders and help those that wait: list, show, cancel, repair, rules',
    load: (done) => (require('./orders') as typeof import('./orders')).ordersCommand(done),
  },
  doctor: {
    about: 'check configuration, hooks, shop, Temporal and Counterpoint; --probe looks into the database',
    load: (done) => (require('./doctor') as typeof import('./doctor')).doctorCommand(done),
  },
  report: {
    about: 'lists for people: receipts to be confirmed, taxes',
    load: (done) => (require('./report') as typeof import('./report')).reportCommand(done),
  },
  demo: {
    about: 'try Cantus on this machine: no shop, no Counterpoint, no Temporal needed',
    load: (done) => (require('./demo') as typeof import('./demo')).demoCommand(done),
  },
};

/** 0 fine, 1 something needs attention, 2 cannot run. */
async function main(argv: string[]): Promise<number> {
  let code = 0;
  const done: Done = (result) => {
    code = Math.max(code, result);
  };
  const program = new Command('cantus')
    .description('Durable Magento to NCR Counterpoint orders on Temporal')
    .version(release())
    .showHelpAfterError();
  const wanted = COMMANDS[argv[2] ?? ''];
  if (wanted) program.addCommand(wanted.load(done));
  else for (const [name, { about }] of Object.entries(COMMANDS)) program.command(name).description(about);
  refuseAsTwo(program);
  await program.parseAsync(argv);
  return code;
}

/** Wrong words on the command line are "cannot run" too. */
function refuseAsTwo(command: Command): void {
  command.exitOverride((error) => {
    throw error.exitCode === 0 ? error : new CannotRun('');
  });
  command.commands.forEach(refuseAsTwo);
}

/** The sandbox's PostgreSQL package ends the process with 0 once nothing is left to do; the last word is ours. */
function endWith(code: number): void {
  process.exitCode = code;
  process.once('exit', () => {
    process.exitCode = code;
  });
}

main(process.argv).then(endWith, (error: unknown) => {
  endWith(explain(error, process.argv));
});
