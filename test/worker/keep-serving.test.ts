import { misconfigured, transient } from '../../domain/errors';
import { keepServing, type InstanceLife, type Serving } from '../../worker/keep-serving';

interface Line {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
}

/** One instance whose tries to come up end as listed, the last one by polling until it is stopped. */
function life(outcomes: readonly (Error | null)[], stop: AbortController) {
  const lines: Line[] = [];
  const tried: unknown[] = [];
  let opened = 0;
  let polling = 0;
  const write = (level: Line['level']) => (_fields: unknown, message: string) => {
    lines.push({ level, message });
  };
  const serving: Serving = {
    run: () =>
      new Promise((resolve) => {
        if (stop.signal.aborted) resolve();
        stop.signal.addEventListener('abort', () => {
          resolve();
        });
      }),
    close: () => Promise.resolve(),
  };
  const instance: InstanceLife = {
    instance: 'acme',
    open: () => {
      const outcome = outcomes[Math.min(opened, outcomes.length - 1)];
      opened += 1;
      return outcome ? Promise.reject(outcome) : Promise.resolve(serving);
    },
    stop: stop.signal,
    log: { info: write('info'), warn: write('warn'), error: write('error') } as unknown as InstanceLife['log'],
    tried: (error) => tried.push(error),
    polls: () => {
      polling += 1;
      stop.abort();
    },
    pauses: { away: [1, 1, 2], unfit: 1 },
  };
  return { instance, lines, tried, opened: () => opened, polling: () => polling };
}

const away = (code = 'databaseUnreachable') => transient({ code, message: 'The database does not answer.' });
const refused = misconfigured({ code: 'loginRefused', message: 'The database refuses the login.' });

it('PC-A P-20 a database that is away is told once, then waited for in silence until it is back', async () => {
  const stop = new AbortController();
  const one = life([away(), away('connectionReset'), away(), away(), null], stop);
  await keepServing(one.instance);
  expect(one.opened()).toBe(5);
  expect(one.polling()).toBe(1);
  expect(one.lines).toEqual([
    { level: 'warn', message: expect.stringContaining('Instance acme waits until it is there again') as string },
    { level: 'info', message: 'instance works again' },
  ]);
  expect(one.tried).toHaveLength(1);
});

it('PC-A what is set up wrongly is named, again only when it is something else, and tried until it is mended', async () => {
  const stop = new AbortController();
  const unfit = misconfigured({ code: 'databaseUnfit', message: 'A column is missing.' });
  const one = life([refused, refused, unfit, unfit, null], stop);
  await keepServing(one.instance);
  expect(one.lines.map(({ message }) => message.split(' Instance')[0])).toEqual([
    'The database refuses the login.',
    'A column is missing.',
    'instance works again',
  ]);
});

it('is stopped at once while it waits, and while an attempt to connect is under way', async () => {
  const waiting = new AbortController();
  const one = life([away()], waiting);
  const slow: InstanceLife = { ...one.instance, pauses: { away: [3_600_000], unfit: 3_600_000 } };
  const ended = keepServing({ ...slow, tried: () => setImmediate(() => waiting.abort()) });
  await expect(ended).resolves.toBeUndefined();

  const connecting = new AbortController();
  const two = life([null], connecting);
  const closed = jest.fn(() => Promise.resolve());
  let arrive: (serving: Serving) => void = () => undefined;
  const opening = new Promise<Serving>((resolve) => {
    arrive = resolve;
  });
  const stopped = keepServing({ ...two.instance, open: () => opening });
  connecting.abort();
  await expect(stopped).resolves.toBeUndefined();
  arrive({ run: () => Promise.reject(new Error('must not run')), close: closed });
  await opening;
  await Promise.resolve();
  expect(closed).toHaveBeenCalledTimes(1);
  expect(two.polling()).toBe(0);
});
