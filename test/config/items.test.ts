import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ConfigError, loadConfig } from '../../config';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'cantus-items-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const load = async (items: string) => {
  const file = path.join(folder, 'acme.yaml');
  await writeFile(
    file,
    `instance: acme
environment: test
timezone: America/New_York
magento:
  baseUrl: https://shop.example/
  auth: { kind: token, token: "\${TOKEN}" }
  import: { statuses: [pending], from: 2026-11-01 }
counterpoint:
  connection: { kind: sandbox, url: "postgres://127.0.0.1:5432/cp" }
  store: WEB
  station: 1
  drawer: 1
  user: WEB
  taxCode: TAX
  noTaxCode: NOTAX
items:
${items}
`,
  );
  return loadConfig(file, { TOKEN: 't' });
};
const problem = async (rule: string) => {
  const error: unknown = await load(`  rules:\n    - ${rule}`).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ConfigError)) throw new Error('the rule was accepted');
  return error.problems[0];
};

test('P-13 a map and rules for SKUs are read as they are written', async () => {
  const settings = await load('  map: { GIFT-BOX: 4711 }\n  rules: [{ pattern: "^(S\\\\d+)(-.*)?$", item: "$1" }]');
  expect(settings.items).toEqual({ map: { 'GIFT-BOX': '4711' }, rules: [{ pattern: '^(S\\d+)(-.*)?$', item: '$1' }] });
});

test.each([
  ['no regular expression', '{ pattern: "^(S", item: S1 }', 'pattern', /regular expression/],
  ['a repetition inside a repetition', '{ pattern: "^(a+)+$", item: "$1" }', 'pattern', /may never come to an end/],
  ['a group that is not there', '{ pattern: "^(S1)-", item: "$2" }', 'item', /has 1 groups/],
  ['no item', '{ pattern: "^(S1)-" }', 'item', /item number/],
])('P-13 a rule with %s is refused with file, line and key', async (_what, rule, key, allowed) => {
  const found = await problem(rule);
  expect(found).toMatchObject({ key: `items.rules.0.${key}` });
  expect(found?.file).toMatch(/acme\.yaml$/);
  expect(found?.line).toBeGreaterThan(16);
  expect(found?.allowed).toMatch(allowed);
});
