import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.resolve(__dirname, '../..');
const ROOMS =
  'domain,config,magento,database,notebook,counterpoint,notifications,passes,activities,workflows,worker,client,sandbox'.split(
    ',',
  );

type Graph = ReadonlyMap<string, readonly string[]>;

/** Every file of the product and its sandbox with the files it imports; imports of types count too. */
function imports(): Graph {
  const files = ROOMS.flatMap((room) =>
    readdirSync(path.join(root, room), { recursive: true, encoding: 'utf8' }).map((name) => path.join(room, name)),
  ).filter((file) => file.endsWith('.ts'));
  const known = new Set(files);
  return new Map(
    files.map((file) => {
      const { importedFiles } = ts.preProcessFile(readFileSync(path.join(root, file), 'utf8'));
      const bases = importedFiles
        .filter(({ fileName }) => fileName.startsWith('.'))
        .map(({ fileName }) => path.join(path.dirname(file), fileName));
      return [file, bases.flatMap((base) => [`${base}.ts`, path.join(base, 'index.ts')].filter((to) => known.has(to)))];
    }),
  );
}

/** The first circle found, as the files along it. */
function circle(graph: Graph): readonly string[] | null {
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): readonly string[] | null => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const next of graph.get(file) ?? []) {
      const found = visit(next, [...way, file]);
      if (found !== null) return found;
    }
    done.add(file);
    return null;
  };
  for (const file of graph.keys()) {
    const found = visit(file, []);
    if (found !== null) return found;
  }
  return null;
}

it('no file of the product or its sandbox imports itself by way of others', () => {
  const graph = imports();
  expect(graph.size).toBeGreaterThan(200);
  expect(circle(graph)).toBeNull();
});

it('a circle is named by the files along it', () => {
  const graph = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', []],
    ['d', ['b']],
  ]);
  expect(circle(graph)).toEqual(['b', 'd', 'b']);
});
