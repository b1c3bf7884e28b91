import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

interface Tally {
  readonly proven: readonly string[];
  readonly unproven: readonly string[];
}
type Results = Readonly<Record<string, Readonly<Record<string, string>>>>;
interface Requirements {
  requirementIds(markdown: string): string[];
  idsInTitle(title: string): string[];
  tally(ids: readonly string[], results: Results): Tally;
}
interface TestResults {
  mergeResults(known: Results, run: Results, filtered: boolean): Results;
}

const { requirementIds, idsInTitle, tally } = jest.requireActual<Requirements>('../../scripts/requirements.js');
const { mergeResults } = jest.requireActual<TestResults>('../../scripts/test-results.js');
const root = path.resolve(__dirname, '../..');
const list = readFileSync(path.join(root, 'docs/reference/requirements.md'), 'utf8');

test('every requirement of the list is counted once', () => {
  const ids = requirementIds(list);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => id.startsWith('C5-'))).toHaveLength(90);
  expect(ids.filter((id) => id.startsWith('P-'))).toHaveLength(27);
  expect(ids.filter((id) => id.startsWith('X-'))).toHaveLength(12);
  expect(ids).toEqual(expect.arrayContaining(['OF-A', 'OF-I', 'SS-A', 'SS-H', 'PC-A', 'PC-H']));
});

test('a title may carry several ids, a range stands for its ends only, and longer words carry none', () => {
  expect(idsInTitle('C5-10 P-06 the first invoice (X-09) carries all')).toEqual(['C5-10', 'P-06', 'X-09']);
  expect(idsInTitle('C5-01…C5-05 in one go')).toEqual(['C5-01', 'C5-05']);
  expect(idsInTitle('XC5-10 C5-100 PC-AB MAP-01')).toEqual([]);
});

test('an id is proven by a passing test, and not when another test that carries it fails', () => {
  const results = {
    'a.test.ts': { 'C5-01 works': 'passed', 'C5-02 works': 'failed', 'C5-03 waits': 'pending' },
    'b.test.ts': { 'C5-02 works too': 'passed', 'orders C5-04 in a group': 'passed' },
  };
  expect(tally(['C5-01', 'C5-02', 'C5-03', 'C5-04'], results)).toEqual({
    proven: ['C5-01', 'C5-04'],
    unproven: ['C5-02', 'C5-03'],
  });
});

test('a file that ran again replaces its results, others stay', () => {
  const known = { 'a.test.ts': { old: 'passed', same: 'failed' }, 'b.test.ts': { other: 'passed' } };
  expect(mergeResults(known, { 'a.test.ts': { same: 'passed' } }, false)).toEqual({
    'a.test.ts': { same: 'passed' },
    'b.test.ts': { other: 'passed' },
  });
});

test('tests left out by a name filter keep their last result', () => {
  const known = { 'a.test.ts': { one: 'passed', two: 'passed' } };
  expect(mergeResults(known, { 'a.test.ts': { one: 'pending', two: 'failed' } }, true)).toEqual({
    'a.test.ts': { one: 'passed', two: 'failed' },
  });
});

test('--json prints nothing but the two lists', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cantus-requirements-'));
  const results = path.join(folder, 'results.json');
  await writeFile(results, JSON.stringify({ 'test/scripts/requirements.test.ts': { 'P-01 holds': 'passed' } }));
  const command = ['scripts/requirements.js', '--json', '--results', results];
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: root });
  await rm(folder, { recursive: true });
  const { proven, unproven } = JSON.parse(stdout) as Tally;
  expect(proven).toEqual(['P-01']);
  expect([...proven, ...unproven].sort()).toEqual(requirementIds(list).sort());
});
