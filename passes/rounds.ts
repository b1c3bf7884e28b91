import { LIMITS } from '../domain/limits';
import type { CensusReport, RoundReport } from './reports';
import { statementCsv, statementHtml, statementName, statementWords, type Statement } from '../domain/census';
import { storeDay } from '../domain/time';
import { afterTheEnd } from './after-end';
import { takeCensus } from './census';
import type { ScheduleKind } from '../domain/identities';
import type { Alive, Deps } from './deps';
import { checkHealth, tellHealth, tellOfPasses } from './health';
import { watchMagentoPass } from './watches';
import { tellOnce, type News } from './tell-once';
import { channelsTo } from './tell-people';

/** Lists in a report are for people; the rest of a long one stands in the statement's files. */
const LISTED = 100;

/** One pass over what changed in the shop, then over what ended orders and the instance itself need (P-16, P-20). */
export async function watchRound(
  deps: Deps,
  since: string | null,
  alive: Alive,
): Promise<RoundReport & { until: string }> {
  const report = await watchMagentoPass(deps, since, alive);
  const channels = channelsTo(deps);
  const refunds = await aside(deps, async () => {
    const late = await afterTheEnd(deps, {
      since: new Date(Date.now() - LIMITS.refundsBackMs).toISOString(),
      all: false,
      channels,
    });
    return late.filter(({ news }) => news).length;
  });
  alive();
  const health = await aside(deps, async () => {
    const findings = await checkHealth(deps, { since });
    await tellHealth(deps, findings, channels);
    return findings.map(({ code, about }) => `${code} ${about}`);
  });
  return {
    ...report,
    ...(refunds === undefined || refunds === 0 ? {} : { refunds }),
    ...(health === undefined || health.length === 0 ? {} : { health }),
  };
}

/**
 * A pass that fails tells, once it has done so three times in a row, and the import looks after the others as well: the one
 * that looks after all may be the one that fails (P-27).
 */
export async function lookingAfterPasses<T>(deps: Deps, kind: ScheduleKind, work: () => Promise<T>): Promise<T> {
  const look = (): Promise<unknown> => aside(deps, () => tellOfPasses(deps));
  try {
    const report = await work();
    if (kind === 'import') await look();
    return report;
  } catch (error) {
    await look();
    throw error;
  }
}

/** What is looked at beside the watch never holds it up; the next round looks again. */
async function aside<T>(deps: Deps, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    deps.log(
      { instance: deps.settings.instance, err: error, warning: true },
      'a part of the round failed; the next one repeats it',
    );
    return undefined;
  }
}

/**
 * The daily census and its statement, told once a day. Its lists are cut for the history; the mail, and
 * `cantus census --out`, have them whole.
 */
export async function scheduledCensus(deps: Deps, alive: Alive): Promise<CensusReport> {
  const channels = channelsTo(deps);
  const statement = await takeCensus(deps, { channels }, alive);
  await tellOnce(deps, [statementNews(statement)], channels, { insist: true });
  return reportOf(statement);
}

function statementNews(statement: Statement): News {
  const { instance, orders, attention, tiesOut, timezone, at } = statement;
  const day = storeDay(at, timezone);
  const name = statementName(statement);
  const needs = attention === 0 ? 'nothing needs attention' : `${String(attention)} need attention`;
  return {
    key: `S:${day}`,
    code: 'statement',
    subject: `[${instance}] Statement of ${day}: ${String(orders.length)} orders, ${tiesOut ? needs : `does not tie out, ${needs}`}`,
    text: `${statementWords(statement)}\n`,
    owner: 'merchant',
    ...(attention === 0 && tiesOut ? { calm: true } : {}),
    files: [
      { name: `${name}.html`, type: 'text/html', content: statementHtml(statement) },
      { name: `${name}.csv`, type: 'text/csv', content: statementCsv(statement) },
    ],
  };
}

const reportOf = ({ orders, findings, afterTheEnd: refunds, changedAfterEnd, ...rest }: Statement): CensusReport => ({
  ...rest,
  orders: orders.length,
  findings: findings.slice(0, LISTED),
  afterTheEnd: refunds.slice(0, LISTED),
  changedAfterEnd: changedAfterEnd.slice(0, LISTED),
});
