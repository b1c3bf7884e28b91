import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ConfigError, configFiles, loadConfig, loadConfigs, type Problem } from '../../config';
import { CantusError } from '../../domain/errors';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'cantus-config-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const ENV = { TOKEN: 'letmein', SQL_PASSWORD: 'hunter2' };

const BASE = `instance: acme
environment: test
timezone: America/New_York
magento:
  baseUrl: https://shop.example/
  auth: { kind: token, token: "\${TOKEN}" }
  import: { statuses: [pending], from: 2026-11-01 }
counterpoint:
  connection: { kind: sandbox, url: "postgres://127.0.0.1:5432/cp" }
  store: WEB
  station: 1
  drawer: 1
  user: WEB
  taxCode: TAX
  noTaxCode: NOTAX
`;

const file = async (text: string, name = 'acme.yaml'): Promise<string> => {
  const target = path.join(folder, name);
  await writeFile(target, text);
  return target;
};

const load = async (text: string, env: NodeJS.ProcessEnv = ENV) => loadConfig(await file(text), env);

const problemsOf = async (text: string, env: NodeJS.ProcessEnv = ENV): Promise<readonly Problem[]> => {
  const error: unknown = await load(text, env).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof ConfigError) return error.problems;
  throw new Error('the configuration was accepted');
};

/** BASE with one line replaced. */
const having = (line: string | RegExp, replacement: string): string => {
  const text = BASE.replace(line, () => replacement);
  if (text === BASE) throw new Error(`no line ${String(line)}`);
  return text;
};

describe('values', () => {
  test('durations become seconds, bare codes keep how they were written, the address loses its slash', async () => {
    const text = `${having('station: 1', 'station: 01').replace('store: WEB', 'store: 5')}
  stores: { 2: { store: 7, station: 1, drawer: 002 } }
ageLimits: { imported: 90s, shipped: 2h }
`;
    await expect(load(text)).resolves.toMatchObject({
      magento: { baseUrl: 'https://shop.example', import: { from: '2026-11-01' } },
      counterpoint: { store: '5', station: '01', stores: { '2': { store: '7', station: '1', drawer: '002' } } },
      ageLimits: { imported: 90, shipped: 7_200, in_counterpoint: 259_200 },
    });
  });

  test('null switches off what can be switched off, and an empty section is one left out', async () => {
    const text = `${having('  import:', '  statuses: { needsAttention: null, confirmedCancelled: ~ }\n  import:')}  coupons:
parties:
silence: null
captures: { pickupAt: null }
notifications: { email: null }
`;
    const settings = await load(text);
    expect(settings.magento.statuses).toMatchObject({ needsAttention: null, confirmedCancelled: null });
    expect(settings.counterpoint.coupons).toEqual({});
    expect(settings.parties).toEqual({ merchant: undefined, agency: undefined, maintainer: undefined });
    expect(settings).toMatchObject({ silence: null, captures: { pickupAt: null }, notifications: {} });
  });

  test('a connection to SQL Server needs server, database, user and password', async () => {
    const text = having(/connection: .*/, 'connection: { kind: sqlserver }');
    expect((await problemsOf(text)).map(({ key, found }) => [key, found])).toEqual(
      ['server', 'database', 'user', 'password'].map((key) => [`counterpoint.connection.${key}`, 'is missing']),
    );
  });

  test('C5-72 the inventory source is one code, or one for each Counterpoint location', async () => {
    const sourceIn = async (source: string): Promise<unknown> =>
      (await load(having('  import:', `  source: ${source}\n  import:`))).magento.source;
    expect(await sourceIn('null')).toBeNull();
    expect(await sourceIn('east')).toBe('east');
    expect(await sourceIn('{ MAIN: east, 2: west, "*": default }')).toEqual({
      MAIN: 'east',
      '2': 'west',
      '*': 'default',
    });
  });

  test('a hook module is found from the folder of its configuration', async () => {
    const settings = await load(`${BASE}hooks: { module: ./hooks/acme.ts }\n`);
    expect(settings.hooks).toEqual({ module: path.join(folder, 'hooks/acme.ts'), enabled: true });
  });

  test.each([
    ['instance: acme', 'instance: Acme_1', 'instance'],
    ['timezone: America/New_York', 'timezone: Acmeland', 'timezone'],
    ['from: 2026-11-01', 'from: 2026-02-30', 'magento.import.from'],
    ['statuses: [pending]', 'statuses: []', 'magento.import.statuses'],
    ['https://shop.example/', 'ftp://shop.example', 'magento.baseUrl'],
    ['https://shop.example/', 'https://user:pw@shop.example', 'magento.baseUrl'],
    ['store: WEB', 'store: true', 'counterpoint.store'],
    [
      '  store: WEB',
      '  stores: { main: { store: A, station: B, drawer: C } }\n  store: WEB',
      'counterpoint.stores.main',
    ],
    ['  import:', '  source: {}\n  import:', 'magento.source'],
    ['  import:', '  source: [east]\n  import:', 'magento.source'],
    ['instance: acme', 'instance: acme\nageLimits: { imported: 15 }', 'ageLimits.imported'],
    ['instance: acme', 'instance: acme\nageLimits: { imported: 0s }', 'ageLimits.imported'],
    ['instance: acme', 'instance: acme\nschedules: { census: "24:00" }', 'schedules.census'],
    ['instance: acme', 'instance: acme\nsilence: { between: "8-22" }', 'silence.between'],
    ['instance: acme', 'instance: acme\ndeposits: sometimes', 'deposits'],
    ['instance: acme', 'instance: acme\npayments: { checkmo: { kind: cash } }', 'payments.checkmo.payCode'],
    ['instance: acme', 'instance: acme\ntracking: { inCounterpoint: perhaps }', 'tracking.inCounterpoint'],
  ])('%s → %s is refused at its key', async (line, replacement, key) => {
    expect((await problemsOf(having(line, replacement))).map((problem) => problem.key)).toEqual([key]);
  });
});

describe('references', () => {
  test('the environment is read anywhere, inside texts, numbers and lists alike', async () => {
    const text = having('[pending]', '["${STATUS}"]')
      .replace('https://shop.example/', 'https://${HOST}:${PORT}/shop')
      .replace('store: WEB', 'store: ${STORE}')
      .concat('tracking: { inCounterpoint: "${TRACKING}" }\n');
    const env = { ...ENV, STATUS: 'new', HOST: 'h.example', PORT: '8443', STORE: '05', TRACKING: 'false' };
    await expect(load(text, env)).resolves.toMatchObject({
      magento: { baseUrl: 'https://h.example:8443/shop', import: { statuses: ['new'] } },
      counterpoint: { store: '05' },
      tracking: { inCounterpoint: false },
    });
  });

  test('a value from the environment is never read for references again', async () => {
    const settings = await load(BASE, { TOKEN: 'a${HOME}$1' });
    expect(settings.magento.auth).toEqual({ kind: 'token', token: 'a${HOME}$1' });
  });

  test.each([
    [{}, 'not set'],
    [{ TOKEN: '' }, 'empty'],
  ])('a variable that is missing is named together with its key (%j)', async (env, word) => {
    expect(await problemsOf(BASE, env)).toEqual([
      {
        file: path.join(folder, 'acme.yaml'),
        line: 6,
        key: 'magento.auth.token',
        found: `the environment variable TOKEN is ${word}`,
        allowed: 'set it before starting',
      },
    ]);
  });

  const SQL = 'connection: { kind: sqlserver, server: s, database: d, user: sa, password: "${SQL_PASSWORD}" }';
  const OAUTH =
    'auth: { kind: oauth1, consumerKey: key, consumerSecret: "${TOKEN}", accessToken: "${TOKEN}", accessTokenSecret: "${TOKEN}" }';
  const MAIL = 'notifications: { email: { smtp: "${TOKEN}", from: a@b.example, to: [agency] } }';

  test('a user may be written out, a password not', async () => {
    await expect(load(having(/connection: .*/, SQL))).resolves.toMatchObject({
      counterpoint: { connection: { user: 'sa', password: 'hunter2', port: 1_433, encrypt: true } },
    });
  });

  test.each([
    ['magento.auth.token', having('"${TOKEN}"', 'f00dcafe')],
    ['magento.auth.token', having('"${TOKEN}"', '"f00dcafe${TOKEN}"')],
    ['magento.auth.token', having('"${TOKEN}"', '12345678')],
    ['magento.auth.consumerSecret', having(/auth: .*/, OAUTH.replace('"${TOKEN}"', 'f00dcafe'))],
    ['magento.auth.accessToken', having(/auth: .*/, OAUTH.replace('accessToken: "${TOKEN}"', 'accessToken: f00dcafe'))],
    ['magento.auth.accessTokenSecret', having(/auth: .*/, OAUTH.replace(/"\$\{TOKEN\}" \}/, 'f00dcafe }'))],
    ['counterpoint.connection.password', having(/connection: .*/, SQL.replace('"${SQL_PASSWORD}"', 'f00dcafe'))],
    ['notifications.webhook.url', `${BASE}notifications: { webhook: { url: "https://hooks.example/f00dcafe" } }\n`],
    [
      'notifications.email.smtp',
      `${BASE}parties: { agency: { name: A, email: a@b.example } }\n${MAIL.replace('${TOKEN}', 'smtp://u:f00dcafe@mail')}\n`,
    ],
  ])('a secret written out at %s is refused and not repeated', async (key, text) => {
    const problems = await problemsOf(text);
    expect(problems.map((problem) => problem.key)).toEqual([key]);
    expect(JSON.stringify(problems)).not.toMatch(/f00dcafe|12345678/);
  });

  test('a wrong value that came from the environment is shown as its reference only', async () => {
    const [problem] = await problemsOf(having('timezone: America/New_York', 'timezone: ${ZONE}'), {
      ...ENV,
      ZONE: 'X/Y',
    });
    expect(problem).toMatchObject({ key: 'timezone', found: 'found "${ZONE}"' });
  });
});

describe('errors', () => {
  test('an unknown key is an error with the line it stands on and the key that was probably meant', async () => {
    const text = having('  import:', '  timeoutsSeconds: 3\n  zebra: 1\n  import:');
    expect((await problemsOf(text)).map(({ line, key, found, allowed }) => [line, key, found, allowed])).toEqual([
      [7, 'magento.timeoutsSeconds', 'unknown key', expect.stringMatching(/^did you mean timeoutSeconds\? allowed: /)],
      [8, 'magento.zebra', 'unknown key', expect.stringMatching(/^allowed: the keys baseUrl, storeCode, auth/)],
    ]);
  });

  test('all problems are told at once, in the order of the file', async () => {
    const text = having('timezone: America/New_York', 'timezone: Mars')
      .replace('from: 2026-11-01', 'from: soon')
      .replace('  user: WEB\n', '')
      .concat('deposit: always\n');
    const keys = (await problemsOf(text, {})).map(({ line, key }) => [line, key]);
    expect(keys).toEqual([
      [3, 'timezone'],
      [6, 'magento.auth.token'],
      [7, 'magento.import.from'],
      [8, 'counterpoint.user'],
      [15, 'deposit'],
    ]);
  });

  test('the message names file, line, key, what was found and what is allowed', async () => {
    const attempt = load(having('from: 2026-11-01', 'from: soon'));
    await expect(attempt).rejects.toThrow(CantusError);
    await expect(attempt).rejects.toMatchObject({ kind: 'misconfigured', code: 'configInvalid' });
    await expect(attempt).rejects.toThrow(
      `${path.join(folder, 'acme.yaml')}:7 magento.import.from: found "soon"; allowed: a day such as 2026-11-01`,
    );
  });

  test.each(['environment: live', ''])('a live instance never writes to a sandbox (%j)', async (line) => {
    const problems = await problemsOf(having('environment: test', line));
    expect(problems).toMatchObject([
      { key: 'counterpoint.connection.kind', found: 'found "sandbox" in a live instance' },
    ]);
  });

  test('a party that is to be notified has an e-mail address', async () => {
    const text = `${BASE}parties: { merchant: { name: Acme }, agency: { name: North, email: ops@north.example } }
notifications: { email: { smtp: "\${TOKEN}", from: a@b.example, to: [merchant, agency] } }
`;
    expect(await problemsOf(text, { TOKEN: 'smtp://mail.example' })).toMatchObject([
      { key: 'notifications.email.to.0', line: 17, found: 'merchant has no e-mail address' },
    ]);
  });

  test.each([
    ['instance: [', 'no valid YAML'],
    ['instance: a\ninstance: b\n', 'no valid YAML'],
    ['- a\n- b\n', 'holds no table of keys'],
    ['', 'holds no table of keys'],
  ])('a file that is no table of keys is refused: %j', async (text, found) => {
    expect((await problemsOf(text))[0]?.found).toContain(found);
  });

  test('a file that is not there is named', async () => {
    await expect(loadConfig(path.join(folder, 'gone.yaml'))).rejects.toThrow(/gone\.yaml: there is no such file/);
  });
});

describe('several instances', () => {
  test('each file is an instance of its own', async () => {
    const other = having('instance: acme', 'instance: other')
      .replace(/baseUrl: .*/, 'baseUrl: https://other.example')
      .replace('5432/cp', '5432/other');
    const files = [await file(BASE, 'a.yaml'), await file(other, 'b.yaml')];
    expect((await loadConfigs(files, ENV)).map(({ instance }) => instance)).toEqual(['acme', 'other']);
  });

  test('two files of one name are refused, naming both', async () => {
    const files = [await file(BASE, 'a.yaml'), await file(BASE, 'b.yaml')];
    await expect(loadConfigs(files, ENV)).rejects.toMatchObject({
      problems: [{ file: files[1], key: 'instance', found: expect.stringContaining(files[0] ?? '') as string }],
    });
  });

  test('PC-A P-01 two instances of one shop and one company are refused by name, until each names its store views', async () => {
    const alone = [await file(BASE, 'a.yaml'), await file(having('instance: acme', 'instance: other'), 'b.yaml')];
    await expect(loadConfigs(alone, ENV)).rejects.toMatchObject({
      problems: [
        {
          file: alone[1],
          key: 'magento.import.storeViews',
          found: expect.stringMatching(/^Instances acme and other share the shop/) as string,
        },
      ],
    });
    const views = (text: string, ids: string): string =>
      text.replace('from: 2026-11-01', `from: 2026-11-01, storeViews: ${ids}`);
    const said = [
      await file(views(BASE, '[1]'), 'c.yaml'),
      await file(views(having('instance: acme', 'instance: other'), '[2]'), 'd.yaml'),
    ];
    expect((await loadConfigs(said, ENV)).map(({ instance }) => instance)).toEqual(['acme', 'other']);
  });

  test('the problems of all files are told together', async () => {
    const bad = having('timezone: America/New_York', 'timezone: Mars');
    const files = [await file(bad, 'a.yaml'), await file(BASE, 'b.yaml'), await file(bad, 'c.yaml')];
    await expect(loadConfigs(files, ENV)).rejects.toMatchObject({ problems: [{ file: files[0] }, { file: files[2] }] });
  });

  test('files come from --config, else from CANTUS_CONFIG, else the command says what to give', () => {
    const env = { CANTUS_CONFIG: `a.yaml, b.yaml${path.delimiter}c.yaml` };
    expect(configFiles(['x.yaml', 'y.yaml'], env)).toEqual(['x.yaml', 'y.yaml']);
    expect(configFiles([], env)).toEqual(['a.yaml', 'b.yaml', 'c.yaml']);
    expect(() => configFiles([], {})).toThrow(/--config FILE/);
  });
});
