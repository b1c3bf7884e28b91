import type { Columns } from '../../../database/columns';
import type { EngineWords, Statement } from '../../../database/engine';
import { sql } from '../../../database/kysely';
import type { Days } from './question';

const howMany = (engine: EngineWords, table: string, { from, to }: Days): Statement => sql`
select count(*) as how_many
from ${sql.table(`dbo.${table}`)} h
where h."BUS_DAT" >= ${engine.time(from)} and h."BUS_DAT" <= ${engine.time(to)}`;

/**
 * How many links to an order, finished orders and tracking numbers history has of some days. It only grows: while the figures
 * stand as the last finished pass found them, nothing that concerns us was posted, finished or typed in since. The shop
 * floor's sales have none of these.
 */
export const recentHistory = (engine: EngineWords, columns: Columns, days: Days): Statement[] =>
  ['PS_TKT_HIST_ORIG_DOC', 'PS_ORD_HIST', 'PS_TKT_HIST_PKG_TRK_NO']
    .filter((table) => columns.has(`dbo.${table}`))
    .map((table) => howMany(engine, table, days));

/**
 * All its tickets, the floor's too: only this tells of one that was released and posted between two passes and has no link to
 * its order. Counted once in a round through the unposted documents, by every pass of a shop that has few of them.
 */
export const recentTickets = (engine: EngineWords, days: Days): Statement => howMany(engine, 'PS_TKT_HIST', days);
