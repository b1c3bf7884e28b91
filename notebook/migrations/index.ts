import { firstTables } from './001-first-tables';
import { refusedIntents } from './002-refused-intents';
import { tendersBeside } from './003-tenders-beside';
import { watchFromTheSmallSide } from './004-watch-from-the-small-side';
import { writtenOrders } from './005-written-orders';
import { instances } from './006-instances';
import { sellingUnits } from './007-selling-units';
import { itemRules } from './008-item-rules';
import { watchRecentHistory } from './009-watch-recent-history';
import { decisions } from './010-decisions';
import { orderKeys } from './011-order-keys';
import { numbersOfHistory } from './012-numbers-of-history';
import type { Migration } from './migration';

export type { Migration } from './migration';

/** Every step of the schema `cantus`, in the order of their numbers. How to add one: docs/decisions/044. */
export const MIGRATIONS: readonly Migration[] = [
  firstTables,
  refusedIntents,
  tendersBeside,
  watchFromTheSmallSide,
  writtenOrders,
  instances,
  sellingUnits,
  itemRules,
  watchRecentHistory,
  decisions,
  orderKeys,
  numbersOfHistory,
];

export const newest = (migrations: readonly Migration[] = MIGRATIONS): number => migrations.at(-1)?.number ?? 0;

/** Our own tables, as the newest schema has them. */
export const CANTUS_TABLES = MIGRATIONS.flatMap(({ tables }) => tables).map((table) => `cantus.${table}`);
