import path from 'node:path';
import { ESLint, type Linter } from 'eslint';

const root = path.resolve(__dirname, '../..');
const projectConfig = jest.requireActual<Linter.Config[]>('../../eslint.config.js');
/** This rule looks at the text alone; without types it need not read the whole project first. */
const untyped: Linter.Config = { files: ['**/*.ts'], languageOptions: { parserOptions: { projectService: false } } };
const eslint = new ESLint({
  cwd: root,
  overrideConfigFile: true,
  overrideConfig: [...projectConfig, untyped],
  ruleFilter: ({ ruleId }) => ruleId === 'cantus/arrows',
});

/** What the project's own lint says of a text, were it the content of this file. */
const complaints = async (file: string, text: string): Promise<string[]> => {
  const [result] = await eslint.lintText(text, { filePath: path.join(root, file) });
  return (result?.messages ?? []).map(({ message }) => message);
};

test.each([
  ['domain/money.ts', `import { loadConfig } from '../config';`, 'domain/ may not use config/'],
  ['domain/money.ts', `import type { Tables } from '../database/tables';`, 'domain/ may not use database/'],
  ['domain/money.ts', `import axios from 'axios';`, 'domain/ may not use the package axios'],
  ['domain/money.ts', `import type { AxiosError } from 'axios';`, 'domain/ may not use the package axios'],
  ['domain/money.ts', `import { readFile } from 'node:fs';`, 'domain/ may not use the package node:fs'],
  ['domain/document/draft.ts', `export * from '../../magento';`, 'domain/ may not use magento/'],
  ['magento/index.ts', `import { store } from '../counterpoint';`, 'magento/ may not use counterpoint/'],
  [
    'magento/index.ts',
    `import { log } from '@temporalio/activity';`,
    'magento/ may not use the package @temporalio/activity',
  ],
  ['notebook/intents.ts', `import { openStore } from '../counterpoint';`, 'notebook/ may not use counterpoint/'],
  ['database/engine.ts', `import { migrate } from '../notebook/migrate';`, 'database/ may not use notebook/'],
  ['passes/import.ts', `import { createActivities } from '../activities';`, 'passes/ may not use activities/'],
  ['passes/import.ts', `import { createShop } from '../magento';`, 'passes/ may not use magento/'],
  ['counterpoint/open-store.ts', `const s = require('../sandbox/temporal');`, 'counterpoint/ may not use sandbox/'],
  ['counterpoint/open-store.ts', `const s = import('../activities');`, 'counterpoint/ may not use activities/'],
  ['activities/index.ts', `import { order } from '../workflows';`, 'activities/ may only take types from workflows/'],
  ['activities/index.ts', `import { main } from '../worker';`, 'activities/ may not use worker/'],
  [
    'workflows/census.ts',
    `import { activities } from '../activities';`,
    'workflows/ may only take types from activities/',
  ],
  ['workflows/census.ts', `import { z } from 'zod';`, 'workflows/ may not use the package zod'],
  [
    'workflows/census.ts',
    `import { createHash } from 'node:crypto';`,
    'workflows/ may not use the package node:crypto',
  ],
  ['worker/index.ts', `import { main } from '../client/main';`, 'worker/ may not use client/'],
  ['worker/index.ts', `import { startDevServer } from '../sandbox/temporal';`, 'worker/ may not use sandbox/'],
  ['client/demo.ts', `import { startDevServer } from '../sandbox/temporal';`, 'client/ may not use sandbox/'],
  ['sandbox/temporal.ts', `import { plan } from '../workflows';`, 'sandbox/ may not use workflows/'],
  ['config/load.ts', `import { test } from '../test/support';`, 'config/ may not use test/'],
])('an arrow against the design fails the lint: %s with %s', async (file, text, message) => {
  expect(await complaints(file, text)).toEqual([expect.stringContaining(message)]);
});

test.each([
  [
    'domain/money.ts',
    `import { Decimal } from 'decimal.js'; import { DateTime } from 'luxon'; import { x } from './errors';`,
  ],
  ['magento/index.ts', `import { refused } from '../domain/errors'; import axios from 'axios';`],
  ['activities/index.ts', `import { a } from '../passes/census'; import type { b } from '../workflows/contract';`],
  ['workflows/census.ts', `import { sleep } from '@temporalio/workflow'; import type { A } from '../activities';`],
  ['workflows/census.ts', `import type { Logger } from 'pino'; import { plan } from '../domain/order/plan';`],
  ['worker/index.ts', `import { a } from '../activities'; import { b } from '../config';`],
])('an arrow of the design passes: %s with %s', async (file, text) => {
  expect(await complaints(file, text)).toEqual([]);
});
