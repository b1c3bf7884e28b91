import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fields } from '../json';

const FOLDER = join(__dirname, '..', 'samples');

/** Names of the sample orders that come with the sandbox, without their ending. */
export const sampleOrderNames = (): string[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort();

/** One sample order as `GET /V1/orders/:id` answered it. */
export const sampleOrder = (name: string): Fields =>
  JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as Fields;
