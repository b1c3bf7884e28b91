'use strict';

const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { ROOT } = require('./test-results');

/**
 * The suites that know dates, at hours in which the day of the store, of the machine and of UTC differ, on both days of
 * a clock change and in two zones of the machine. Debian's `faketime` gives every process of a run the hour, except the
 * engine, which takes its time from the machine: so what the engine times by itself is not among them, and the days are
 * past ones, before which nothing of it can seem overdue.
 */
const SUITES = [
  // Amounts and the shape of JSON hang on no clock, and take a third of the time.
  'test/domain/(?!document/placed-orders|.*property)',
  'test/config/',
  'test/counterpoint/(?!.*(migrations|item-rules|kill))',
  'test/magento/(?!.*property)',
  'test/sandbox/shop/',
  'test/activities/(ages|health|import-pass|late-tracks|classes)',
  'test/scenarios/census',
];

const AUTUMN = '2026-11-01';
const SPRING = '2026-03-08';
const NEW_YORK = 'America/New_York';
const AUCKLAND = 'Pacific/Auckland';

/** Each hour meets both days and both zones. */
const RUNS = [
  { at: `${AUTUMN} 23:30:00`, zone: NEW_YORK },
  { at: `${AUTUMN} 00:30:00`, zone: AUCKLAND },
  { at: `${AUTUMN} 04:30:00`, zone: NEW_YORK },
  { at: `${SPRING} 23:30:00`, zone: AUCKLAND },
  { at: `${SPRING} 00:30:00`, zone: NEW_YORK },
  { at: `${SPRING} 04:30:00`, zone: AUCKLAND },
];

const hasFaketime = () => spawnSync('faketime', ['--version'], { stdio: 'ignore' }).error === undefined;

/** faketime reads a time as the zone's own; the hours above are UTC. */
const run = ({ at, zone }) => {
  console.error(`\n== ${at} UTC, in ${zone}`);
  const jest = path.join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  const projects = ['unit', 'shop', 'store', 'workflow', 'scenarios'];
  const args = [jest, '--selectProjects', ...projects, '--maxWorkers', '2', '--testPathPatterns', ...SUITES];
  const since = Math.floor(Date.parse(`${at.replace(' ', 'T')}Z`) / 1000) - Math.floor(Date.now() / 1000);
  const env = { ...process.env, TZ: zone, FAKETIME_DONT_FAKE_MONOTONIC: '1' };
  const sign = since < 0 ? '-' : '+';
  const { status } = spawnSync('faketime', ['-f', `${sign}${Math.abs(since)}s`, process.execPath, ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    env,
  });
  return status === 0;
};

if (!hasFaketime()) {
  console.error('This needs the command faketime: apt-get install faketime, or your system’s own package of it.');
  process.exit(1);
}
const red = RUNS.filter((each) => !run(each));
for (const { at, zone } of red) console.error(`red at ${at} UTC in ${zone}`);
process.exit(red.length === 0 ? 0 : 1);
