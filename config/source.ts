import { readFile } from 'node:fs/promises';
import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Pair,
} from 'yaml';
import { ConfigError, type Problem } from './problems';

export type Path = readonly (string | number)[];

/** A configuration file as written: plain values, with the line of every key. */
export interface Source {
  readonly file: string;
  readonly tree: unknown;
  /** Line of a key, counted from 1; of the nearest section around it when the key itself is missing. */
  lineOf(path: Path): number | null;
}

/**
 * Reads a YAML file (1.2, core schema).
 * @throws ConfigError when it cannot be read, is no YAML, or is not a table of keys.
 */
export async function readSource(file: string): Promise<Source> {
  const text = await readText(file);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems: Problem[] = document.errors.map((error) => ({
    file,
    line: lines.linePos(error.pos[0]).line,
    key: '',
    found: `no valid YAML (${error.message})`,
    allowed: 'check indentation, quotes and doubled keys there; a ${REFERENCE} inside { } or [ ] needs quotes',
  }));
  if (problems.length > 0) throw new ConfigError(problems);
  if (!isMap(document.contents)) {
    const allowed = 'start from config-reference.yaml';
    throw new ConfigError([{ file, line: null, key: '', found: 'holds no table of keys', allowed }]);
  }
  keepWritten(document);
  const tree: unknown = document.toJS();
  return { file, tree, lineOf: (path) => lineAt(document, lines, path) };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown';
    const found = code === 'ENOENT' ? 'there is no such file' : `the file cannot be read (${code})`;
    const allowed = 'name an existing file with --config or CANTUS_CONFIG';
    throw new ConfigError([{ file, line: null, key: '', found, allowed }], error);
  }
}

/** Codes such as `01` or `1e3` read as numbers in YAML; what counts is how they were written. Keys are always text. */
function keepWritten(document: Document): void {
  visit(document, {
    Scalar(key, node) {
      const written = node.source ?? String(node.value);
      if (key === 'key') node.value = written;
      else if (typeof node.value === 'number' && String(node.value) !== written) node.value = written;
    },
  });
}

function lineAt(document: Document, lines: LineCounter, path: Path): number | null {
  let node: unknown = document.contents;
  let offset: number | undefined;
  for (const step of path) {
    const here = isAlias(node) ? node.resolve(document) : node;
    if (isMap(here)) {
      const pair: Pair | undefined = here.items.find(({ key }) => isScalar(key) && key.value === step);
      if (pair === undefined) break;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(here)) {
      node = here.items[Number(step)];
      offset = startOf(node) ?? offset;
    } else break;
  }
  return offset === undefined ? null : lines.linePos(offset).line;
}

const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);
