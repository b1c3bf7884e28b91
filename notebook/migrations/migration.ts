import type { Columns } from '../../database/columns';
import type { EngineWords, Statement } from '../../database/engine';

/** One step of the schema `cantus`. Once released it is never edited: what changes later is a step of its own. */
export interface Migration {
  readonly number: number;
  /** For people, in `cantus.migration`. */
  readonly name: string;
  /** Tables it creates, without the schema's name. */
  readonly tables: readonly string[];
  /**
   * In words both engines know. Each statement is sent by itself: SQL Server compiles a whole batch before it runs it, so
   * a column that is added and used in one batch would be unknown.
   */
  statements(engine: EngineWords, columns: Columns): readonly Statement[];
}
