import { rm } from 'node:fs/promises';

export default async function stopOnce(): Promise<void> {
  await globalThis.cantusPostgres?.close();
  await rm(process.env['CANTUS_TEST_BUILT'] ?? '', { recursive: true, force: true });
}
