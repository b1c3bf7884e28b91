import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { loadConfig } from '../../config';
import { configSchema } from '../../config/schema';

const FILE = path.resolve(__dirname, '../../config-reference.yaml');
const ENV = {
  ACME_MAGENTO_TOKEN: 'token',
  ACME_SQL_USER: 'cantus',
  ACME_SQL_PASSWORD: 'secret',
  ACME_SMTP_URL: 'smtps://mail.example',
  ACME_WEBHOOK_URL: 'https://hooks.example/1',
};

type Tree = Record<string, unknown>;
const at = (tree: unknown, keys: string): unknown =>
  keys.split('.').reduce<unknown>((value, key) => (value as Tree)[key], tree);

/** Keys without a default; what the reference shows for them is an example. */
const REQUIRED = [
  'instance',
  'timezone',
  'magento.baseUrl',
  'magento.auth',
  'magento.import.statuses',
  'magento.import.from',
  'counterpoint.connection.kind',
  'counterpoint.connection.server',
  'counterpoint.connection.database',
  'counterpoint.connection.user',
  'counterpoint.connection.password',
  'counterpoint.store',
  'counterpoint.station',
  'counterpoint.drawer',
  'counterpoint.user',
  'counterpoint.taxCode',
  'counterpoint.noTaxCode',
];
const EXAMPLES = ['parties', 'notifications'];

const shortest = (reference: Tree): Tree => {
  const file: Tree = {};
  for (const keys of REQUIRED) {
    const steps = keys.split('.');
    const last = steps.pop() ?? '';
    const place = steps.reduce<Tree>((tree, step) => (tree[step] ??= {}) as Tree, file);
    place[last] = at(reference, keys);
  }
  return file;
};

test('the configuration reference loads as it stands', async () => {
  await expect(loadConfig(FILE, ENV)).resolves.toMatchObject({
    instance: 'acme-live',
    magento: { auth: { kind: 'token', token: 'token' }, import: { from: '2026-11-01' } },
    ageLimits: { imported: 900, in_counterpoint: 259_200, partially_released: 604_800 },
    silence: { expectOrderEvery: 21_600 },
  });
});

test('a file of the required keys alone gets every default that the reference shows', async () => {
  const reference = parse(await readFile(FILE, 'utf8')) as Tree;
  const given = Object.fromEntries(Object.entries(reference).filter(([key]) => !EXAMPLES.includes(key)));
  expect(configSchema.parse(shortest(reference))).toEqual(configSchema.parse(given));
});

test('the reference shows every key of the format', async () => {
  const reference = parse(await readFile(FILE, 'utf8')) as Tree;
  const settings = configSchema.parse(shortest(reference));
  expect(keysOf(reference)).toEqual(expect.arrayContaining(keysOf(settings)));
});

test.each(REQUIRED.filter((keys) => !keys.endsWith('.kind')))('%s is required', async (keys) => {
  const file = shortest(parse(await readFile(FILE, 'utf8')) as Tree);
  const steps = keys.split('.');
  const last = steps.pop() ?? '';
  const place = steps.reduce<Tree>((tree, step) => tree[step] as Tree, file);
  place[last] = undefined;
  const paths = configSchema.safeParse(file).error?.issues.map((issue) => issue.path.join('.'));
  expect(paths).toEqual([keys]);
});

const keysOf = (value: unknown, before = ''): string[] => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, entry]) => [before + key, ...keysOf(entry, `${before}${key}.`)]);
};

test('the page about configuration explains every key', async () => {
  const page = await readFile(path.resolve(__dirname, '../../docs/reference/configuration.md'), 'utf8');
  const tables = ['payments', 'shipping.shipVia', 'shipping.carriers', 'parties'];
  const reference = parse(await readFile(FILE, 'utf8')) as Tree;
  const keys = keysOf(reference).filter((keys) => !tables.some((table) => keys.startsWith(`${table}.`)));
  const missing = keys.filter((keys) => !new RegExp(`\\b${keys.split('.').at(-1) ?? ''}\\b`).test(page));
  expect(missing).toEqual([]);
});
