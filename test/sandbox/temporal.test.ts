import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import { defineSearchAttributeKey, TypedSearchAttributes } from '@temporalio/common';
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes';
import { startDevServer, startTimeSkipping, type DevServer } from '../../sandbox/temporal';

jest.setTimeout(120_000);

const given = process.env['TEMPORAL_ADDRESS'];
let folder: string;
let server: DevServer;

beforeAll(async () => {
  delete process.env['TEMPORAL_ADDRESS'];
  folder = await mkdtemp(path.join(os.tmpdir(), 'cantus-temporal-'));
  server = await startDevServer({ dbFilename: path.join(folder, 'temporal.db'), namespace: 'shop' });
});

afterEach(() => {
  delete process.env['TEMPORAL_ADDRESS'];
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
  if (given !== undefined) process.env['TEMPORAL_ADDRESS'] = given;
});

const attributesAt = async (address: string, namespace: string): Promise<string[]> => {
  const connection = await Connection.connect({ address });
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    return Object.keys(customAttributes);
  } finally {
    await connection.close();
  }
};

test('a dev server is ready with its page, its namespace and every search attribute', async () => {
  expect(await attributesAt(server.address, 'shop')).toEqual(expect.arrayContaining(Object.keys(SEARCH_ATTRIBUTES)));
  const page = await fetch(server.uiAddress ?? 'no page');
  expect(page.status).toBe(200);
});

test('a server that TEMPORAL_ADDRESS names is used, completed by what is missing, and left running', async () => {
  process.env['TEMPORAL_ADDRESS'] = server.address;
  const borrowed = await startDevServer({ namespace: 'shop', searchAttributes: { CantusExtra: 'KEYWORD' } });
  expect(borrowed).toMatchObject({ address: server.address, uiAddress: null });
  await borrowed.close();
  expect(await attributesAt(server.address, 'shop')).toContain('CantusExtra');
});

test('a server that TEMPORAL_ADDRESS names in vain is told by its address', async () => {
  process.env['TEMPORAL_ADDRESS'] = '127.0.0.1:1';
  await expect(startDevServer()).rejects.toMatchObject({
    code: 'temporalUnreachable',
    message: expect.stringContaining('127.0.0.1:1') as string,
  });
});

test('a port that is taken is refused by name instead of talking to the server that has it', async () => {
  const port = Number(server.address.split(':')[1]);
  await expect(startDevServer({ port })).rejects.toMatchObject({
    code: 'portTaken',
    message: expect.stringContaining(String(port)) as string,
  });
});

test('workflows in a file database live through a restart on the same port', async () => {
  const port = Number(server.address.split(':')[1]);
  await inShop(async (client) => {
    await client.workflow.start('neverPolled', { taskQueue: 'nobody', workflowId: 'order:a:1' });
  });
  await server.close();
  server = await startDevServer({ port, dbFilename: path.join(folder, 'temporal.db'), namespace: 'shop' });
  await inShop(async (client) => {
    expect((await client.workflow.getHandle('order:a:1').describe()).status.name).toBe('RUNNING');
    await expect(client.workflow.getHandle('order:a:2').describe()).rejects.toThrow(WorkflowNotFoundError);
  });
});

const inShop = async (act: (client: Client) => Promise<void>): Promise<void> => {
  const connection = await Connection.connect({ address: server.address });
  try {
    await act(new Client({ connection, namespace: 'shop' }));
  } finally {
    await connection.close();
  }
};

test('the time-skipping server accepts the search attributes of an order', async () => {
  const environment = await startTimeSkipping();
  try {
    const state = defineSearchAttributeKey('CantusState', 'KEYWORD');
    const total = defineSearchAttributeKey('CantusTotal', 'DOUBLE');
    const handle = await environment.client.workflow.start('neverPolled', {
      taskQueue: 'nobody',
      workflowId: 'order:a:1',
      typedSearchAttributes: new TypedSearchAttributes([
        { key: state, value: 'imported' },
        { key: total, value: 12.3 },
      ]),
    });
    expect((await handle.describe()).typedSearchAttributes.get(state)).toBe('imported');
  } finally {
    await environment.teardown();
  }
});
