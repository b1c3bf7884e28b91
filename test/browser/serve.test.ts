import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { chromium, type Browser, type Page } from 'playwright-core';
import { cantusCommand } from '../../sandbox/play/process';
import { until } from '../../sandbox/play/until';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

let demo: ChildProcess;
let browser: Browser;
let page: Page;
const addresses = new Map<string, string>();

beforeAll(async () => {
  demo = spawn(process.execPath, [cantusCommand(), 'demo', '--serve', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!demo.stdout) throw new Error('no output');
  for await (const line of createInterface({ input: demo.stdout })) {
    const [, name, url] = /^(\S.*?)\s{2,}(\S+)$/.exec(line) ?? [];
    if (name !== undefined && url !== undefined) addresses.set(name, url);
    if (line.startsWith('Ctrl-C')) break;
  }
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  page = await browser.newPage();
}, 180_000);

afterAll(async () => {
  await browser.close();
  const gone = once(demo, 'exit');
  demo.kill('SIGTERM');
  await gone;
}, 60_000);

const address = (name: string): string => {
  const url = addresses.get(name);
  if (url === undefined)
    throw new Error(`demo --serve printed no address for ${name}: ${[...addresses.keys()].join(', ')}`);
  return url;
};

it('a person plays shopper and clerk on the page, and the order goes from placed to complete', async () => {
  await page.goto(address('Page to play with'));
  await page.getByLabel('Kind of order').selectOption('authorised-two-lines');
  await page.getByRole('button', { name: 'Place it' }).click();
  const order = page.locator('article').first();
  await order.locator('.state', { hasText: 'in counterpoint' }).waitFor({ timeout: 60_000 });
  await order.getByRole('button', { name: 'Release all' }).click();
  await order.getByText('1 invoices, 0 shipments, 1 charges').waitFor({ timeout: 60_000 });
  await order.getByRole('button', { name: 'Add tracking' }).click();
  await order.locator('.state', { hasText: 'complete' }).waitFor({ timeout: 60_000 });
  expect(await order.getByText('1 invoices, 1 shipments, 1 charges').count()).toBe(1);
}, 240_000);

it('shows a refused capture as something a person has to look at, and the repair solves it', async () => {
  await page.getByRole('button', { name: 'Place it' }).click();
  const order = page.locator('article').first();
  await order.locator('.state', { hasText: 'in counterpoint' }).waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Refuse the next capture' }).click();
  await order.getByRole('button', { name: 'Release all' }).click();
  await order.getByText('needs attention: captureRefused').waitFor({ timeout: 60_000 });
  await order.getByRole('button', { name: 'Repair: retry' }).click();
  await order.getByText('1 invoices, 0 shipments, 1 charges').waitFor({ timeout: 60_000 });
}, 240_000);

it('an order desk finds the order and its life in the Temporal UI', async () => {
  const order = await page.locator('article').last().getAttribute('data-order');
  if (order === null) throw new Error('no order on the page');
  const ui = await browser.newPage();
  await ui.goto(
    `${address('Temporal UI')}/namespaces/default/workflows/${encodeURIComponent(`order:sandbox:${order}`)}`,
  );
  await ui.getByText(`order:sandbox:${order}`).first().waitFor({ timeout: 60_000 });
  await ui.getByText('User Metadata').click();
  // The UI shows Markdown in frames of their own.
  await until(
    'the life of the order in the UI',
    async () => {
      const texts = await Promise.all(ui.frames().map((frame) => frame.content().catch(() => '')));
      return texts.some((text) => text.includes(`Order ${order}: complete`));
    },
    60_000,
  );
}, 120_000);
