import { transformFile } from '@swc/core';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { makeBundle } from '../../worker/bundle';
import { include } from '../../tsconfig.build.json';

/**
 * What a run of tests builds once, by whichever test asks first: the workflows' bundle, and the command as the package
 * carries it, which starts in half the time of the sources. Two that ask at once make the same.
 */

const ROOT = join(__dirname, '..', '..');

/** Of this run alone: the sources may have changed since the last one. */
export async function builtBundle(): Promise<{ readonly codePath: string }> {
  const codePath = join(folder(), 'workflow-bundle.js');
  if (!existsSync(codePath)) await put(codePath, async (draft) => writeFile(draft, (await makeBundle()).code));
  return { codePath };
}

/** @returns the script to run with Node, in place of `bin/cantus.js` */
export async function builtCommand(): Promise<string> {
  const built = join(folder(), 'command');
  if (!existsSync(built)) await put(built, transpileTo);
  return join(built, 'client', 'main.js');
}

async function transpileTo(draft: string): Promise<void> {
  const rooms = await Promise.all(include.map(sourcesIn));
  for (const source of rooms.flat()) {
    const { code } = await transformFile(source, {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs' },
    });
    const file = join(draft, relative(ROOT, source).replace(/\.ts$/, '.js'));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, code);
  }
  await copyFile(join(ROOT, 'package.json'), join(draft, 'package.json'));
}

const sourcesIn = async (room: string): Promise<string[]> =>
  (await readdir(join(ROOT, room), { recursive: true }))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(ROOT, room, file));

/** Whole or not at all, so that nobody else finds half of it. */
async function put(place: string, make: (draft: string) => Promise<void>): Promise<void> {
  const workshop = await mkdtemp(join(folder(), 'making-'));
  try {
    await make(join(workshop, 'it'));
    await rename(join(workshop, 'it'), place);
  } catch (error) {
    if (!existsSync(place)) throw error;
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

/** Inside the checkout, where what is built finds its packages. */
function folder(): string {
  const made = process.env['CANTUS_TEST_BUILT'];
  if (made === undefined) throw new Error('There is no folder for what tests build: jest.config.js makes one.');
  return made;
}
