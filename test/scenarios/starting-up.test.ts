import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { parse, stringify } from 'yaml';
import { builtCommand } from '../support/built';
import type { Stage } from '../../sandbox/play/stage';
import { until } from '../../sandbox/play/until';
import { startShop, type SandboxShop } from '../../sandbox/shop';
import { stageWithWorker } from '../support/stage';

/** Each command is a process of its own, and machines that test are busy. */
jest.setTimeout(180_000);

interface Config {
  instance: string;
  magento: { baseUrl: string; import: Record<string, unknown> };
  counterpoint: { connection: { url: string } };
}

let stage: Stage;
let otherShop: SandboxShop;

beforeAll(async () => {
  stage = await stageWithWorker();
  otherShop = await startShop();
  await stage.worker.stop();
}, 180_000);
afterAll(async () => {
  await otherShop.close();
  await stage.close();
});

/** The stage's own configuration with something changed, in a file of its own. */
function configured(name: string, change: (config: Config) => void): string {
  const config = parse(readFileSync(stage.configFile, 'utf8')) as Config;
  config.instance = name;
  change(config);
  const file = join(dirname(stage.configFile), `${name}.yaml`);
  writeFileSync(file, stringify(config));
  return file;
}

interface Started {
  readonly child: ChildProcess;
  readonly lines: { readonly level: number; readonly msg: string; readonly instance?: string }[];
  readonly said: (message: string) => number;
  readonly words: () => string;
}

/** A worker process of these configurations; its log is read as it comes. */
async function startWorker(...files: readonly string[]): Promise<Started> {
  const child = spawn(
    process.execPath,
    [await builtCommand(), 'worker', ...files.flatMap((file) => ['--config', file])],
    {
      env: { ...process.env, TEMPORAL_ADDRESS: stage.addresses.temporal, SANDBOX_SHOP_TOKEN: 'sandbox-token' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const lines: Started['lines'] = [];
  const words: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(JSON.parse(line) as Started['lines'][number]);
  });
  child.stderr.on('data', (bytes: Buffer) => words.push(bytes.toString()));
  const said = (message: string): number => lines.filter(({ msg }) => msg.includes(message)).length;
  return { child, lines, said, words: () => words.join('') };
}

async function stopped({ child }: Started): Promise<number | null> {
  const gone = once(child, 'exit') as Promise<[number | null]>;
  child.kill('SIGTERM');
  const [code] = await gone;
  return code;
}

it('PC-A P-20 a worker waits for a database that is away, says so once, and works as soon as it is there', async () => {
  stage.databaseLine.mode('refuse');
  stage.databaseLine.reset();
  const worker = await startWorker(stage.configFile);
  await until('the wait to be told', () => worker.said('waits until it is there again') === 1);
  stage.databaseLine.mode('pass');
  await until('the worker to be ready', () => worker.said('worker ready') === 1);
  expect(worker.said('waits until it is there again')).toBe(1);
  const order = stage.shop.place('simple-checkmo').incrementId;
  await until('an order to be in Counterpoint', async () => (await stage.view(order))?.state === 'in_counterpoint');
  expect(await stopped(worker)).toBe(0);
});

it('ends when it is told to stop while it waits', async () => {
  stage.databaseLine.mode('refuse');
  stage.databaseLine.reset();
  const worker = await startWorker(stage.configFile);
  await until('the wait to be told', () => worker.said('waits until it is there again') === 1);
  // From here on an attempt to connect is under way for ever.
  stage.databaseLine.mode('blackHole');
  expect(await stopped(worker)).toBe(0);
  stage.databaseLine.mode('pass');
});

it('PC-A an instance whose database refuses stays off, named, while the other one works', async () => {
  const refused = configured('refused', (config) => {
    config.magento.baseUrl = otherShop.baseUrl;
    config.counterpoint.connection.url = config.counterpoint.connection.url.replace(/\/[^/]*$/, '/no_such_company');
  });
  const worker = await startWorker(refused, stage.configFile);
  await until('the worker to be ready', () => worker.said('worker ready') === 1);
  expect(worker.lines.filter(({ instance, level }) => instance === 'refused' && level >= 50)).toHaveLength(1);
  const order = stage.shop.place('simple-checkmo').incrementId;
  await until('an order to be in Counterpoint', async () => (await stage.view(order))?.state === 'in_counterpoint');
  expect(await stopped(worker)).toBe(0);
  // Where there is nobody else, the process says why and ends.
  const alone = await startWorker(refused);
  const [code] = (await once(alone.child, 'exit')) as [number | null];
  expect(code).toBe(2);
  expect(alone.words()).toMatch(/no_such_company|login|database/i);
});

it('PC-A P-01 two instances that would import the same orders are refused by every command, in one process or in two', async () => {
  const twin = configured('twin', () => undefined);
  const both = await stage.cantus('doctor', '--json', '--config', twin);
  expect([both.code, both.stdout]).toEqual([2, expect.stringContaining('share the shop')]);
  const say = async (command: string): Promise<string> => {
    const child = spawn(process.execPath, [await builtCommand(), command, '--json', '--config', twin], {
      env: { ...process.env, TEMPORAL_ADDRESS: stage.addresses.temporal, SANDBOX_SHOP_TOKEN: 'sandbox-token' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const out: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => out.push(bytes.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    expect(code).not.toBe(0);
    return out.join('');
  };
  const sentence = new RegExp(`Instances twin and ${stage.instance} share the shop`);
  for (const command of ['setup', 'doctor', 'worker']) expect(await say(command)).toMatch(sentence);
  await expect(stage.client.schedule.getHandle('cantus:twin:import').describe()).rejects.toThrow();
});
