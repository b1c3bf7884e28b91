import { openStore, type Store } from '../../counterpoint';
import type { Settings } from '../../domain/settings';

/** Runs the work with the instance's database open; a report needs neither shop nor engine. */
export async function withStore<T>(settings: Settings, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(settings);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
