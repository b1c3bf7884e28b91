'use strict';

const base = {
  rootDir: __dirname,
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  transform: {
    '^.+\\.[cm]?[tj]s$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'commonjs', ignoreDynamic: true },
      },
    ],
  },
  // kysely is published as ES modules only.
  transformIgnorePatterns: ['/node_modules/(?!(kysely)/)'],
};

/** Which folders of test/ make which layer. What no layer names is a unit test, so that no file is left out. */
const LAYERS = {
  shop: ['magento', 'sandbox/shop'],
  store: ['counterpoint', 'sandbox/counterpoint'],
  workflow: ['workflows', 'activities', 'worker'],
  journey: ['journey'],
  // Not part of `npm test`: each has a script of its own and needs more time or more than Node.
  scenarios: ['scenarios'],
  browser: ['browser'],
  faults: ['faults'],
  sqlserver: ['sqlserver'],
};

const folders = Object.values(LAYERS).flat();

const layers = Object.entries(LAYERS).map(([displayName, places]) => ({
  ...base,
  displayName,
  testMatch: places.map((place) => `<rootDir>/test/${place}/**/*.test.ts`),
}));

const unit = {
  ...base,
  displayName: 'unit',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', ...folders.map((place) => `<rootDir>/test/${place}/`)],
};

module.exports = {
  projects: [unit, ...layers],
  testTimeout: 90_000,
  maxWorkers: 2,
  reporters: ['default', '<rootDir>/scripts/requirements-reporter.js'],
};
