import type { Engine } from '../database/engine';
import type { Settings } from '../domain/settings';

/** What every page of the notebook needs: the database it lies in, and whose notes these are. */
export interface NotebookContext {
  readonly engine: Engine;
  readonly settings: Settings;
}

/** The moment for our own tables: UTC to the second, "YYYY-MM-DDTHH:mm:ssZ". */
export const utcNow = (): string => `${new Date().toISOString().slice(0, 19)}Z`;
