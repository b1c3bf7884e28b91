import type { Columns } from '../columns';
import type { EngineWords, Statement } from '../engine';
import { sql } from '../kysely';
import type { Days } from './question';

/**
 * How many tickets, tracking numbers and orders history has of some days. It only grows: while the figures stand as the
 * last finished pass found them, nothing was posted, finished or typed in since.
 */
export const recentHistory = (engine: EngineWords, columns: Columns, { from, to }: Days): Statement[] => [
  sql`
select count(*) as how_many
from dbo."PS_TKT_HIST" h
where h."BUS_DAT" >= ${engine.time(from)} and h."BUS_DAT" <= ${engine.time(to)}`,
  sql`
select count(*) as how_many
from dbo."PS_ORD_HIST" b
where b."BUS_DAT" >= ${engine.time(from)} and b."BUS_DAT" <= ${engine.time(to)}`,
  ...(columns.has('dbo.PS_TKT_HIST_PKG_TRK_NO')
    ? [
        sql`
select count(*) as how_many
from dbo."PS_TKT_HIST_PKG_TRK_NO" k
where k."BUS_DAT" >= ${engine.time(from)} and k."BUS_DAT" <= ${engine.time(to)}`,
      ]
    : []),
];
