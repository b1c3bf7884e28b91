import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes';

interface Compose {
  readonly services: { readonly temporal: { readonly command: readonly string[] } };
}

test('the composed Temporal server registers exactly the search attributes of an order', () => {
  const file = path.resolve(__dirname, '../../docker-compose.yml');
  const { command } = (parse(readFileSync(file, 'utf8')) as Compose).services.temporal;
  const registered = command.filter((word) => word.startsWith('--search-attribute=')).map((word) => word.slice(19));
  const kinds = { KEYWORD: 'Keyword', DOUBLE: 'Double' };
  expect(registered).toEqual(Object.entries(SEARCH_ATTRIBUTES).map(([name, kind]) => `${name}=${kinds[kind]}`));
});
