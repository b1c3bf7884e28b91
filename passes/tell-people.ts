import type { Deps } from './deps';
import type { Send } from './tell-once';
import { postWebhook, sendMail } from '../notifications';

/** The configured ways to people; the key of a news stays its Message-ID and Idempotency-Key however often it is sent. */
export function channelsTo({ settings }: Pick<Deps, 'settings'>): Readonly<Record<string, Send>> {
  const { instance, environment, parties, notifications } = settings;
  const { email, webhook } = notifications;
  const idOf = (key: string): string => `${instance}/${key}`;
  return {
    ...(email && {
      email: async ({ key, subject, text, owner, files }) => {
        const names = [...new Set([...email.to, owner])];
        const to = names.flatMap((name) => (parties[name]?.email === undefined ? [] : [parties[name]]));
        if (to.length === 0) return;
        const messageId = `<${idOf(key).replace(/[^A-Za-z0-9.-]+/g, '.')}@cantus>`;
        await sendMail(email.smtp, {
          messageId,
          from: email.from,
          to,
          subject,
          text,
          urgent: false,
          files: files ?? [],
        });
      },
    }),
    ...(webhook && {
      webhook: async ({ key, order, code, subject, text, owner }) => {
        const about = { instance, environment, code, owner, ...(order === undefined ? {} : { order }) };
        await postWebhook(webhook.url, idOf(key), { text: `${subject}\n\n${text}`, ...about });
      },
    }),
  };
}
