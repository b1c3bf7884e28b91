'use strict';

const { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const ROOT = path.join(__dirname, '..');

/** Where the reporter keeps the latest outcome of every test: `{ [file]: { [title]: 'passed' | 'failed' | … } }`. */
const RESULTS = path.join(ROOT, '.cache', 'test-results.json');

/** The latest results of the test files that still exist; null before the first run. */
function readResults(file = RESULTS, root = ROOT) {
  if (!existsSync(file)) return null;
  const entries = Object.entries(JSON.parse(readFileSync(file, 'utf8')));
  return Object.fromEntries(entries.filter(([name]) => existsSync(path.join(root, name))));
}

/**
 * Lays one run over what is known. A file that ran is replaced as a whole; where a name filter left tests out, their
 * last outcome stays.
 */
function mergeResults(known, run, filtered) {
  const merged = { ...known };
  for (const [file, outcomes] of Object.entries(run)) {
    const ran = Object.entries(outcomes).filter(([, status]) => !filtered || status !== 'pending');
    merged[file] = { ...(filtered ? known[file] : {}), ...Object.fromEntries(ran) };
  }
  return merged;
}

/** Written aside and renamed, so that two runs at once never leave half a file. */
function writeResults(results, file = RESULTS) {
  mkdirSync(path.dirname(file), { recursive: true });
  const aside = `${file}.${process.pid}`;
  writeFileSync(aside, JSON.stringify(results, null, 1));
  renameSync(aside, file);
}

module.exports = { ROOT, RESULTS, readResults, mergeResults, writeResults };
