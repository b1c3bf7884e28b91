/** One swc transform for all; kysely ships as ES modules only. */
const base = {
  testEnvironment: 'node',
  transform: {
    '^.+\\.[cm]?[tj]s$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs', ignoreDynamic: true } }],
  },
  transformIgnorePatterns: ['/node_modules/(?!(kysely)/)'],
};
module.exports = { ...base, testMatch: ['<rootDir>/test/**/*.test.ts'], testTimeout: 30_000, maxWorkers: 2 };
