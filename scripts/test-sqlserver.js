'use strict';

const { spawnSync } = require('node:child_process');
const path = require('node:path');

const HOW =
  'It is told by MSSQL_SERVER, MSSQL_PORT (1433), MSSQL_USER (sa), MSSQL_PASSWORD and MSSQL_ENCRYPT (true). ' +
  'One command brings a server up: docker compose --profile sqlserver up -d --wait; then ' +
  'MSSQL_SERVER=127.0.0.1 MSSQL_PASSWORD=Cantus-Tests-1 npm run test:sqlserver';

/**
 * The store's contract suite, unchanged, on a SQL Server; each test file makes a database of its own there and drops it.
 * Without a server nothing is run and nothing counts as passed: exit code 2.
 */
function main(args) {
  for (const name of ['MSSQL_SERVER', 'MSSQL_PASSWORD']) {
    if ((process.env[name] ?? '') !== '') continue;
    console.error(`test:sqlserver: ${name} is not set, so no SQL Server is named and no test was run. ${HOW}`);
    return 2;
  }
  const jest = path.join(__dirname, '..', 'node_modules', 'jest', 'bin', 'jest.js');
  const suite = ['--selectProjects', 'store', '--testPathPatterns', 'test/counterpoint/', '--runInBand'];
  // Their results are not those of the ordinary suite, which counts proven requirements.
  const { status } = spawnSync(process.execPath, [jest, ...suite, '--reporters', 'default', ...args], {
    cwd: path.join(__dirname, '..'),
    stdio: 'inherit',
    // No PostgreSQL is started: whatever would ask one is told so by name.
    env: { ...process.env, CANTUS_TEST_ENGINE: 'sqlserver', CANTUS_TEST_POSTGRES: undefined },
  });
  return status ?? 2;
}

if (require.main === module) process.exitCode = main(process.argv.slice(2));
