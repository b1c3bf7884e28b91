'use strict';

const js = require('@eslint/js');
const { defineConfig, globalIgnores } = require('eslint/config');
const tseslint = require('typescript-eslint');
const arrows = require('./scripts/lint/arrows.js');

module.exports = defineConfig(
  globalIgnores(['dist/', 'coverage/', '.cache/', 'test/fixtures/']),
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: __dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // process.env['NAME'] is how the compiler wants index signatures read where it is strict.
      '@typescript-eslint/dot-notation': 'off',
      // Texts are looked at by code point: Counterpoint's code pages know no clusters.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // A logger that says nothing is written as empty methods.
      '@typescript-eslint/no-empty-function': ['error', { allow: ['arrowFunctions', 'methods'] }],
      // The interfaces are asynchronous, their implementations need not be.
      '@typescript-eslint/require-await': 'off',
      // `for (;;)` and `while (true)` are how a loop that ends by return is written.
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.ts'],
    plugins: { cantus: { rules: { arrows } } },
    rules: { 'cantus/arrows': ['error', { root: __dirname }] },
  },
  { files: ['client/**/*.ts', 'scripts/**'], rules: { 'no-console': 'off' } },
  {
    files: ['test/**/*.ts'],
    rules: {
      // Matchers are typed `any`, and a test may look at what it was given without naming its type.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
    },
  },
  {
    files: ['**/*.js'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: {
        require: 'readonly',
        module: 'writable',
        process: 'readonly',
        console: 'readonly',
        __dirname: 'readonly',
        setTimeout: 'readonly',
        Buffer: 'readonly',
        fetch: 'readonly',
        URL: 'readonly',
      },
    },
  },
  {
    // Scripts of the sandbox's pages run in a browser.
    files: ['sandbox/**/*.js'],
    languageOptions: { globals: { document: 'readonly', window: 'readonly', setInterval: 'readonly' } },
  },
);
