import { behind, Circuit } from '../../activities/circuit';
import { failureOf } from '../../magento/http/errors';
import { CantusError, refused, transient } from '../../domain/errors';

beforeEach(() => {
  jest.useFakeTimers({ now: Date.parse('2026-11-20T14:00:00Z') });
});
afterEach(() => {
  jest.useRealTimers();
});

const unreachable = (): CantusError => transient({ code: 'shopUnreachable', message: 'The shop cannot be reached.' });

/** A system with a switch, and one order whose own calls never come to an answer. */
class System {
  away = false;
  calls = 0;
  looks = 0;
  readonly told: (number | null)[] = [];
  tellingFails = 0;
  readonly circuit = new Circuit({
    system: 'shop',
    probe: () => {
      this.looks += 1;
      return this.away ? Promise.reject(unreachable()) : Promise.resolve('2026-11-20');
    },
    tell: (since) => {
      if (this.tellingFails > 0) {
        this.tellingFails -= 1;
        return Promise.reject(new Error('the engine is away too'));
      }
      this.told.push(since);
      return Promise.resolve();
    },
    random: () => 1,
  });
  readonly client = behind(this.circuit, {
    order: (number: string) => {
      this.calls += 1;
      if (this.away || number === 'poison') return Promise.reject(unreachable());
      if (number === 'refused') return Promise.reject(refused({ code: 'shopRefused', message: 'No.' }));
      return Promise.resolve(`order ${number}`);
    },
  });

  /** @returns the code it ended with, or the answer */
  async ask(number = '1'): Promise<string> {
    const said = await this.client.order(number).catch((error: unknown) => (error as CantusError).code);
    await settle();
    return said;
  }
}

/** Lets what was begun beside a call come to its end. */
const settle = (): Promise<void> => jest.advanceTimersByTimeAsync(0);

async function opened(): Promise<System> {
  const system = new System();
  system.away = true;
  for (let call = 0; call < 3; call += 1) expect(await system.ask()).toBe('shopUnreachable');
  return system;
}

test('P-18 after three calls without an answer, and a look that finds nobody, nobody calls any more', async () => {
  const system = await opened();
  expect(system.calls).toBe(3);
  expect(await system.ask()).toBe('shopOutage');
  expect(await system.ask()).toBe('shopOutage');
  expect(system.calls).toBe(3);
});

test('P-18 one order whose own calls fail closes nothing: the look succeeds', async () => {
  const system = new System();
  for (let call = 0; call < 30; call += 1) expect(await system.ask('poison')).toBe('shopUnreachable');
  expect(await system.ask('2')).toBe('order 2');
  expect(system.told).toEqual([null]);
});

test('P-19 a look that was itself held back ends no outage, and begins none', async () => {
  const heldBack = new CantusError({ kind: 'throttled', code: 'shopThrottled', message: 'Later.' });
  let look: () => Promise<string> = () => Promise.reject(unreachable());
  const told: (number | null)[] = [];
  const circuit = new Circuit({
    system: 'shop',
    probe: () => look(),
    tell: (since) => Promise.resolve(void told.push(since)),
  });
  const call = (answer: Promise<string>): Promise<string> =>
    circuit.run(() => answer).catch((error: unknown) => (error as CantusError).code);
  for (let count = 0; count < 3; count += 1) await call(Promise.reject(unreachable()));
  await settle();
  look = () => Promise.reject(heldBack);
  await jest.advanceTimersByTimeAsync(120_000);
  expect(await call(Promise.resolve('there'))).toBe('shopOutage');
  // Told again, in case another worker had called it over.
  await jest.advanceTimersByTimeAsync(600_000);
  expect(told.length).toBeGreaterThan(1);
  expect(new Set(told).size).toBe(1);
  look = () => Promise.resolve('there');
  await jest.advanceTimersByTimeAsync(15_000);
  expect(await call(Promise.resolve('there'))).toBe('there');
  expect(told.at(-1)).toBe(null);
});

test('P-19 P-24 a firewall before the whole shop is one outage, and told as what it is', async () => {
  const wall = failureOf(
    { answer: { status: 403, headers: {}, text: '<html></html>' } },
    { doing: 'looking', write: false },
    new Date(),
  );
  const told: (string | null)[] = [];
  const circuit = new Circuit({
    system: 'shop',
    probe: () => Promise.reject(wall),
    tell: (_since, met) => Promise.resolve(void told.push(met)),
  });
  for (let call = 0; call < 3; call += 1) await circuit.run(() => Promise.reject(wall)).catch(() => undefined);
  await settle();
  await expect(circuit.run(() => Promise.resolve('there'))).rejects.toMatchObject({ code: 'shopOutage' });
  expect(told).toEqual([expect.stringMatching(/HTTP 403.*let Cantus through/)]);
  circuit.close();
});

test('a refusal is an answer', async () => {
  const system = new System();
  system.away = true;
  await system.ask();
  await system.ask();
  system.away = false;
  expect(await system.ask('refused')).toBe('shopRefused');
  system.away = true;
  await system.ask();
  expect(system.looks).toBe(0);
});

test('P-19 looks ever more rarely, at least every 15 seconds, and lets everybody in again once one is answered', async () => {
  const system = await opened();
  await jest.advanceTimersByTimeAsync(600_000);
  expect(system.looks).toBeGreaterThan(600 / 15);
  expect(system.looks).toBeLessThan(600 / 15 + 8);
  system.away = false;
  expect(await system.ask()).toBe('shopOutage');
  await jest.advanceTimersByTimeAsync(15_000);
  expect(await system.ask()).toBe('order 1');
});

test('P-19 tells everybody when to come again: the later the longer it lasts, at most a minute, no two at once', async () => {
  const system = await opened();
  const whenTold = async (): Promise<number | undefined> => {
    const error: unknown = await system.client.order('1').catch((thrown: unknown) => thrown);
    return (error as CantusError).facts.retryAfterMs;
  };
  expect(await whenTold()).toBe(2_000);
  await jest.advanceTimersByTimeAsync(20_000);
  expect(await whenTold()).toBe(20_000);
  await jest.advanceTimersByTimeAsync(3_600_000);
  expect(await whenTold()).toBe(60_000);

  const spread = new Circuit({
    system: 'shop',
    probe: () => Promise.reject(unreachable()),
    tell: () => Promise.resolve(),
  });
  const call = (): Promise<unknown> => spread.run(() => Promise.reject(unreachable())).catch((error: unknown) => error);
  for (let count = 0; count < 3; count += 1) await call();
  await settle();
  await jest.advanceTimersByTimeAsync(60_000);
  const waits = await Promise.all(
    Array.from({ length: 50 }, async () => ((await call()) as CantusError).facts.retryAfterMs),
  );
  expect(new Set(waits).size).toBeGreaterThan(40);
  expect(Math.min(...waits.map(Number))).toBeGreaterThanOrEqual(30_000);
  spread.close();
});

test('P-18 tells people once that it is away and once that it is back, even when telling fails at first', async () => {
  const system = new System();
  system.tellingFails = 2;
  system.away = true;
  for (let call = 0; call < 3; call += 1) await system.ask();
  await jest.advanceTimersByTimeAsync(120_000);
  expect(system.told).toEqual([Date.parse('2026-11-20T14:00:00Z')]);
  system.away = false;
  await jest.advanceTimersByTimeAsync(30_000);
  expect(system.told).toEqual([Date.parse('2026-11-20T14:00:00Z'), null]);
});

test('a worker that starts anew takes back what an earlier one may have told', async () => {
  const system = new System();
  expect(await system.ask()).toBe('order 1');
  expect(await system.ask()).toBe('order 1');
  expect(system.told).toEqual([null]);
});

test('looks no more once it is closed', async () => {
  const system = await opened();
  system.circuit.close();
  const { looks } = system;
  await jest.advanceTimersByTimeAsync(60_000);
  expect(system.looks).toBe(looks);
});
