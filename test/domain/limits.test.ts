import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LIMITS } from '../../domain/limits';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'reference', 'reliability.md'), 'utf8');

const UNITS = [
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

function told(name: string, value: number | readonly number[]): string {
  if (typeof value !== 'number') return value.map((each) => told(name, each)).join(', ');
  if (!name.endsWith('Ms')) return String(value);
  const [unit, ms] = UNITS.find(([, each]) => value % each === 0) ?? ['ms', 1];
  return `${String(value / ms)} ${unit}`;
}

it('every limit stands in the reference with its value, and nothing else does', () => {
  const rows = [...page.matchAll(/^\| `(\w+)` \| (\d+(?: \w+)?(?:, \d+ \w+)*) \| .+ \|$/gm)].map(([, name, value]) => [
    name,
    value,
  ]);
  expect(rows).toEqual(Object.entries(LIMITS).map(([name, value]) => [name, told(name, value)]));
});
