import type { Owner } from '../domain/order/attention';
import type { Deps } from './deps';

/** Something to be said once, whoever finds it how often. No personal data. */
export interface News {
  /** Stable: the same news has the same key. */
  readonly key: string;
  /** The order it is about; none: the instance. */
  readonly order?: string;
  readonly code: string;
  readonly subject: string;
  readonly text: string;
  /** Whose move it is. */
  readonly owner: Owner;
  /** Where nothing is wrong the log gets the subject alone. */
  readonly calm?: true;
  /** For those who read mail. */
  readonly files?: readonly NewsFile[];
}

export interface NewsFile {
  readonly name: string;
  /** MIME type. */
  readonly type: string;
  readonly content: string;
}

/** Sends over one channel; the same key again is the same message. @throws CantusError transient when it was not taken */
export type Send = (news: News) => Promise<void>;

/** News of the instance itself are kept under a number no order has. */
export const NO_ORDER = '*';

/**
 * Tells each news exactly once over every channel: told first and remembered then, under a key that mail readers and
 * webhooks know again, so that a crash in between shows nobody the same thing twice. What a channel does not take is
 * left for the next pass; with `insist` the error of the first such channel is thrown after all others were tried.
 * @returns the news that nobody had been told before
 */
export async function tellOnce(
  deps: Deps,
  news: readonly News[],
  channels: Readonly<Record<string, Send>>,
  { insist = false }: { readonly insist?: boolean } = {},
): Promise<News[]> {
  if (news.length === 0) return [];
  let undelivered: unknown;
  const ways: [string, Send][] = [['log', (each) => writeDown(deps, each)], ...Object.entries(channels)];
  const notes = news.flatMap((each) => ways.map(([way]) => ({ order: orderOf(each), key: keyOf(each, way) })));
  const told = await deps.notebook.alreadyTold(notes);
  const fresh: News[] = [];
  for (const each of news) {
    const order = orderOf(each);
    for (const [way, send] of ways) {
      const key = keyOf(each, way);
      if (told.has(`${order} ${key}`)) continue;
      try {
        await send(each);
      } catch (error) {
        deps.log(
          { instance: deps.settings.instance, code: each.code, channel: way, err: error },
          'news not delivered; the next pass tries again',
        );
        undelivered ??= error;
        continue;
      }
      await deps.target.markSeen([{ order, keys: [key], what: each.code }]);
      if (way === 'log') fresh.push(each);
    }
  }
  if (insist && undelivered !== undefined) throw undelivered as Error;
  return fresh;
}

const orderOf = ({ order }: News): string => order ?? NO_ORDER;
const keyOf = ({ key }: News, way: string): string => `${key}@${way}`;

const writeDown = ({ log, settings }: Deps, { code, order, subject, text, calm }: News): Promise<void> => {
  const about = { instance: settings.instance, code, ...(order === undefined ? {} : { order }) };
  if (calm) log(about, subject);
  else log({ ...about, warning: true }, text);
  return Promise.resolve();
};
