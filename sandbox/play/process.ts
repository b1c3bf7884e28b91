import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

const READY_WITHIN_MS = 90_000;

/** The `cantus` command of this very checkout or package. */
export function cantusCommand(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const command = join(folder, 'bin', 'cantus.js');
    if (existsSync(command)) return command;
    if (folder === dirname(folder)) throw new Error('bin/cantus.js is missing from this installation.');
  }
}

export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one `cantus` command to its end, as a person or a script would. */
export async function runCantus(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  command = cantusCommand(),
): Promise<Answer> {
  const child = spawn(process.execPath, [command, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (bytes: Buffer) => out.push(bytes));
  child.stderr.on('data', (bytes: Buffer) => err.push(bytes));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? 2, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() };
}

/** A worker as a process of its own, so that killing it is real. */
export class WorkerProcess {
  #child: ChildProcess | undefined;

  constructor(
    private readonly configs: readonly string[],
    private readonly env: NodeJS.ProcessEnv,
    private readonly logFile: string,
    private readonly command = cantusCommand(),
  ) {}

  get running(): boolean {
    return this.#child !== undefined;
  }

  /** @param env what is different from now on. Resolves when it polls; rejects with its last words when it ends before that. */
  async start(env: NodeJS.ProcessEnv = {}): Promise<void> {
    if (this.#child) return;
    Object.assign(this.env, env);
    const child = spawn(
      process.execPath,
      [this.command, 'worker', ...this.configs.flatMap((file) => ['--config', file])],
      {
        env: this.env,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    this.#child = child;
    const log = createWriteStream(this.logFile, { flags: 'a' });
    child.stderr.pipe(log, { end: false });
    const words: string[] = [];
    child.stderr.on('data', (bytes: Buffer) => words.push(bytes.toString()));
    const ready = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`The worker was not ready within ${String(READY_WITHIN_MS / 1000)} s; see ${this.logFile}.`));
      }, READY_WITHIN_MS);
      createInterface({ input: child.stdout }).on('line', (line) => {
        log.write(`${line}\n`);
        if (!line.includes('"msg":"worker ready"')) return;
        clearTimeout(timer);
        resolve();
      });
      child.once('exit', (code) => {
        clearTimeout(timer);
        reject(new Error(`The worker ended with ${String(code)}: ${words.join('').trim()}`));
      });
    });
    child.once('exit', () => {
      if (this.#child === child) this.#child = undefined;
    });
    await ready;
  }

  /** kill −9: no chance to say goodbye. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child?.exitCode !== null) return;
    this.#child = undefined;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
}
