import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

/** A server running beside this process; it never outlives it. */
export interface Lifeline {
  /** Resolves with the exit code once the server is gone; null when a signal ended it. */
  readonly exited: Promise<number | null>;
  /** The last lines the server wrote to its error stream. */
  lastWords(): string;
  /** Asks the server to stop, insists after five seconds, and waits for its end. */
  close(): Promise<void>;
}

/**
 * Runs between us and the server: when its standard input closes, by `close()` or because this process is gone
 * however violently, it ends the server. A signal handler here could not: nothing runs after SIGKILL.
 */
const GUARDIAN = `
const { spawn } = require('node:child_process');
const server = spawn(process.argv[1], process.argv.slice(2), { stdio: ['ignore', 'ignore', 'inherit'] });
server.on('error', (error) => { console.error(error.message); process.exit(127); });
server.on('exit', (code) => process.exit(code === null ? 0 : code));
const stop = () => { server.kill('SIGTERM'); setTimeout(() => server.kill('SIGKILL'), 5000); };
process.stdin.on('end', stop).on('error', stop).resume();
`;

const KEPT_CHARACTERS = 4_000;

/**
 * Starts an executable that is ended with this process. It gets a process group of its own, so that Ctrl-C in a
 * terminal reaches us first and a worker can still end its polls against a living server.
 */
export function spawnWithLifeline(executable: string, args: readonly string[]): Lifeline {
  const child = spawn(process.execPath, ['-e', GUARDIAN, '--', executable, ...args], {
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true,
    windowsHide: true,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const errors = collectErrors(child.stderr);
  const exited = new Promise<number | null>((resolve) => {
    // 'close', not 'exit': only then has every last word arrived.
    child.once('close', (code) => resolve(code));
    child.once('error', () => resolve(127));
  });
  // The guardian may be gone before we close its input; that is no failure of ours.
  child.stdin.on('error', () => undefined);
  child.unref();
  return {
    exited,
    lastWords: errors,
    async close() {
      child.ref();
      child.stdin.end();
      await exited;
    },
  };
}

function collectErrors(stream: Readable): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-KEPT_CHARACTERS);
  });
  return () => text.trim();
}
