import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');
const pages = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.md'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((page) => page !== '' && existsSync(path.join(root, page)));
const ROOMS =
  'domain|config|magento|database|notebook|counterpoint|notifications|passes|activities|workflows|worker|client|sandbox|bench|scripts|test|docs';

const at = (place: string): boolean =>
  ['', '.ts', '.js', '.md'].some((end) => existsSync(path.join(root, `${place}${end}`)));

test.each(pages)('files and folders that %s names are there', (page) => {
  const text = readFileSync(path.join(root, page), 'utf8');
  const named = [...text.matchAll(new RegExp(`\`((?:${ROOMS})/[\\w./-]*)\``, 'g'))].map(([, place = '']) => place);
  expect(named.filter((place) => !place.includes('NNN') && !at(place.replace(/\/$/, '')))).toEqual([]);
});

test.each(pages)('links of %s lead somewhere', (page) => {
  const text = readFileSync(path.join(root, page), 'utf8');
  const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link);
  const broken = links.filter((link) => !/^[a-z]+:/.test(link) && !at(path.join(path.dirname(page), link)));
  expect(broken).toEqual([]);
});
