import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import path from 'node:path';
import { spawnWithLifeline } from '../../sandbox/lifeline';

const LISTEN = `require('net').createServer().listen(0, '127.0.0.1', function () { console.error(this.address().port) })`;

const portFrom = async (words: () => string): Promise<number> => {
  for (;;) {
    if (/^\d+$/.test(words())) return Number(words());
    await new Promise((resolve) => setImmediate(resolve));
  }
};

/** Waits until a connection is refused; a server that never ends fails by the test's own deadline. */
const untilRefused = async (port: number): Promise<void> => {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const outcome = await Promise.race([once(socket, 'connect'), once(socket, 'close').catch(() => 'refused')]).catch(
      () => 'refused',
    );
    socket.destroy();
    if (outcome === 'refused') return;
  }
};

test('a server ends with close()', async () => {
  const server = spawnWithLifeline(process.execPath, ['-e', LISTEN]);
  const port = await portFrom(() => server.lastWords());
  await server.close();
  await untilRefused(port);
});

test('a server ends with a process that was killed without warning', async () => {
  const program = `
    const { spawnWithLifeline } = require(${JSON.stringify(path.resolve(__dirname, '../../sandbox/lifeline.ts'))});
    const server = spawnWithLifeline(process.execPath, ['-e', ${JSON.stringify(LISTEN)}]);
    setInterval(() => process.stdout.write(server.lastWords() + '\\n'), 20);`;
  const owner = spawn(process.execPath, ['--require', 'tsx/cjs', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  owner.stdout.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
  const port = await portFrom(() => /^\d+$/m.exec(said)?.[0] ?? '');
  owner.kill('SIGKILL');
  await untilRefused(port);
});

test('the last words of a server that cannot start are kept', async () => {
  const server = spawnWithLifeline('/nowhere/temporal', []);
  expect(await server.exited).toBe(127);
  expect(server.lastWords()).toContain('/nowhere/temporal');
});
