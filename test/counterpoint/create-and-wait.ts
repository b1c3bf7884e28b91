import { openStore } from '../../counterpoint';
import { draft } from '../support/drafts';
import { settings } from '../support/store';

/** A worker of its own for the kill test: writes one order, says so, and then never acknowledges it. */
async function main(): Promise<void> {
  const [url = '', order = ''] = process.argv.slice(2);
  const store = await openStore(settings({ kind: 'sandbox', url, poolMax: 2 }));
  await store.createDocument(draft({ order }));
  process.stdout.write('committed\n');
  process.stdin.resume();
}
void main();
