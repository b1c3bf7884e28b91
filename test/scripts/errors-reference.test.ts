import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');
const ROOMS = ['domain', 'config', 'magento', 'counterpoint', 'notifications', 'activities', 'worker', 'client'];
/** The sandbox shop speaks Magento's codes, so of the sandbox only its own errors count. */
const SANDBOX = ['sandbox/temporal.ts', 'sandbox/temporal-binary.ts', 'sandbox/temporal-wheel.ts'];

const sources = [
  ...ROOMS.flatMap((room) =>
    readdirSync(path.join(root, room), { recursive: true, encoding: 'utf8' }).map((file) => `${room}/${file}`),
  ),
  ...SANDBOX,
].filter((file) => file.endsWith('.ts'));

/** Codes given to an error: camelCase words; `custom` is zod's, `ups` and the like stand in defaults. */
const codesIn = (file: string): string[] =>
  [
    ...readFileSync(path.join(root, file), 'utf8').matchAll(
      /(?:\bcode: (?:\w+ \? )?|\bcannot\(input, )'([a-z]+[A-Z][A-Za-z]*|constraint)'/g,
    ),
  ].map(([, code]) => code ?? '');

test('every error code in the sources stands in the reference of errors', () => {
  const reference = readFileSync(path.join(root, 'docs/reference/errors.md'), 'utf8');
  const found = sources.flatMap((file) => codesIn(file).map((code) => ({ file, code })));
  expect(found.length).toBeGreaterThan(50);
  expect(found.filter(({ code }) => !reference.includes(`\`${code}\``))).toEqual([]);
});
