'use strict';

const path = require('node:path');
const { ROOT, mergeResults, readResults, writeResults } = require('./test-results');

/** Jest reporter: keeps the outcome of every test by its title, for `npm run requirements`. */
module.exports = class RequirementsReporter {
  constructor(globalConfig) {
    this.filtered = (globalConfig.testNamePattern ?? '') !== '';
    this.run = {};
  }

  onTestResult(_test, { testFilePath, testResults }) {
    const file = path.relative(ROOT, testFilePath).split(path.sep).join('/');
    // One title may stand for several cases of a table: a single failure decides.
    const outcomes = {};
    for (const { fullName, status } of testResults) {
      if (outcomes[fullName] !== 'failed') outcomes[fullName] = status;
    }
    this.run[file] = outcomes;
  }

  onRunComplete() {
    writeResults(mergeResults(readResults() ?? {}, this.run, this.filtered));
  }
};
