import type { SandboxDatabase } from './database';
import { DOCUMENT_TABLES } from './schema-documents';
import { HISTORY_TABLES } from './schema-history';
import { MASTER_TABLES } from './schema-master';
import { createStatements } from './table-definition';

/** Every table of the sandbox's Counterpoint, parents first: one definition for both engines. */
export const TABLES = [...MASTER_TABLES, ...DOCUMENT_TABLES, ...HISTORY_TABLES];

/**
 * A trigger of this name exists on live databases; an empty one makes tests meet the rule that OUTPUT without INTO is
 * refused on a table with an enabled trigger.
 */
const DELETE_TRIGGER = `create trigger dbo.TR_RS_PS_DOC_HDR_D on dbo.PS_DOC_HDR after delete as begin set nocount on; end`;

/** Makes the tables in an empty database of either engine. */
export async function createSchema(database: SandboxDatabase): Promise<void> {
  if (database.engine === 'postgres') await database.query('create schema if not exists dbo');
  for (const table of TABLES)
    for (const statement of createStatements(table, database.engine)) await database.query(statement);
  if (database.engine === 'sqlserver') await database.query(`exec('${DELETE_TRIGGER}')`);
}
