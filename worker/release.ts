import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The package's own version: beside the sources in a checkout, one folder further up from the built form. */
export function release(): string {
  const [beside, above] = [join(__dirname, '..', 'package.json'), join(__dirname, '..', '..', 'package.json')];
  return (JSON.parse(readFileSync(existsSync(beside) ? beside : above, 'utf8')) as { version: string }).version;
}
