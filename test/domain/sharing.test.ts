import { claimOf, sharingProblem, type Claim } from '../../domain/sharing';
import { settings } from '../support/store';

const claim = (change: Partial<Claim>): Claim => ({
  instance: 'one',
  shop: 'shop.example',
  company: '10.0.0.1:1433/acme',
  storeViews: [],
  ...change,
});
const other = (change: Partial<Claim>): Claim => claim({ instance: 'two', ...change });
const elsewhere = { shop: 'other.example', company: '10.0.0.1:1433/other' };

test.each([
  ['of another shop and another company', claim({}), other(elsewhere), null],
  [
    'of one shop',
    claim({}),
    other({ company: 'elsewhere' }),
    /share the shop shop\.example.*one imports every store view/,
  ],
  ['of one company', claim({}), other({ shop: 'other.example' }), /share the company database 10\.0\.0\.1:1433\/acme/],
  [
    'of one shop, where one does not say which views',
    claim({ storeViews: [1] }),
    other({}),
    /two imports every store view/,
  ],
  [
    'of one shop, with a view in common',
    claim({ storeViews: [1, 2] }),
    other({ storeViews: [2, 3] }),
    /both import store view 2/,
  ],
  ['of one shop, with views of their own', claim({ storeViews: [1] }), other({ storeViews: [2] }), null],
  // A view's number says nothing beside another shop's.
  [
    'of two shops in one company, each naming its views',
    claim({ storeViews: [1] }),
    other({ shop: 'other.example', storeViews: [1] }),
    null,
  ],
  ['of one name: a second worker', claim({}), claim({}), null],
])('PC-A P-01 two instances %s', (_, own, second, expected) => {
  const problem = sharingProblem(own, second);
  if (expected === null) expect(problem).toBeNull();
  else expect(problem).toMatch(expected);
});

test('PC-A one shop and one company are known however their addresses are spelled', () => {
  const sqlserver = (server: string, database: string) =>
    ({
      kind: 'sqlserver',
      server,
      port: 1433,
      database,
      user: 'u',
      password: 'p',
      encrypt: true,
      trustServerCertificate: false,
      poolMax: 10,
    }) as const;
  const one = settings(sqlserver('SQL01', 'Acme'));
  const two = settings(sqlserver('sql01', 'ACME'));
  expect(claimOf(one).company).toBe(claimOf(two).company);
  const at = (baseUrl: string): string => claimOf({ ...one, magento: { ...one.magento, baseUrl } }).shop;
  expect(at('http://Shop.Example:80/')).toBe(at('https://shop.example'));
  expect(at('https://shop.example/index.php/')).toBe(at('https://shop.example.'));
  expect(at('http://localhost:8080')).toBe(at('http://127.0.0.1:8080'));
  const on = (server: string): string => claimOf(settings(sqlserver(server, 'acme'))).company;
  expect(new Set(['localhost', '.', '(local)', 'tcp:127.0.0.1'].map(on)).size).toBe(1);
  expect(at('https://shop.example/b')).not.toBe(at('https://shop.example/a'));
});
