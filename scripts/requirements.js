'use strict';

const { spawnSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const path = require('node:path');
const { parseArgs } = require('node:util');
const { RESULTS, ROOT, readResults } = require('./test-results');

const ID = '(?:C5-\\d{2}|P-\\d{2}|X-\\d{2}|OF-[A-Z]|SS-[A-Z]|PC-[A-Z])';

/** The ids that docs/reference/requirements.md defines, in its order. */
function requirementIds(markdown) {
  return [...markdown.matchAll(new RegExp(`^- (${ID})\\b`, 'gm'))].map(([, id]) => id);
}

/** The ids a test title carries. A range such as `C5-01…C5-05` names its two ends and nothing between. */
function idsInTitle(title) {
  return [...title.matchAll(new RegExp(`(?<![\\w-])${ID}(?![\\w-])`, 'g'))].map(([id]) => id);
}

/** An id is proven by a test that passed, unless another one that carries it failed. */
function tally(ids, results) {
  const passed = new Set();
  const failed = new Set();
  for (const outcomes of Object.values(results)) {
    for (const [title, status] of Object.entries(outcomes)) {
      for (const id of idsInTitle(title)) {
        if (status === 'passed') passed.add(id);
        if (status === 'failed') failed.add(id);
      }
    }
  }
  const proven = ids.filter((id) => passed.has(id) && !failed.has(id));
  return { proven, unproven: ids.filter((id) => !proven.includes(id)) };
}

function runSuite() {
  console.error('No test results yet: running the test suite once.');
  const { scripts } = require('../package.json');
  const [, args] = /\bjest\b(.*)$/.exec(scripts.test) ?? [null, ''];
  const jest = path.join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  const given = args.split(' ').filter((word) => word !== '');
  spawnSync(process.execPath, [jest, ...given], { cwd: ROOT, stdio: 'ignore' });
}

function main(args) {
  const ids = requirementIds(readFileSync(path.join(ROOT, 'docs', 'reference', 'requirements.md'), 'utf8'));
  const { values: options } = parseArgs({
    args,
    options: { json: { type: 'boolean' }, results: { type: 'string', default: RESULTS } },
  });
  if (readResults(options.results) === null) runSuite();
  const { proven, unproven } = tally(ids, readResults(options.results) ?? {});
  if (options.json) {
    console.log(JSON.stringify({ proven, unproven }));
    return;
  }
  console.log(`${proven.length} of ${ids.length} requirements are proven by a passing test.`);
  console.log(`\nproven:   ${proven.join(' ') || 'none'}`);
  console.log(`\nunproven: ${unproven.join(' ') || 'none'}`);
}

module.exports = { requirementIds, idsInTitle, tally };
if (require.main === module) main(process.argv.slice(2));
