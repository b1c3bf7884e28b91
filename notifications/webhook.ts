import { LIMITS } from '../domain/limits';
import axios from 'axios';
import { transient } from '../domain/errors';

/**
 * Posts one JSON object; `text` is what Slack and its like show. `Idempotency-Key` stays the same when it is sent again.
 * @throws CantusError transient, `webhookNotSent`: it was not taken, or it is not known
 */
export async function postWebhook(url: string, key: string, body: Readonly<Record<string, unknown>>): Promise<void> {
  try {
    await axios.post(url, body, {
      timeout: LIMITS.webhookMs,
      maxRedirects: 0,
      proxy: false,
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
    });
  } catch (error) {
    // The address holds the secret, and axios keeps it in its error: only the status goes on.
    const status = axios.isAxiosError(error) ? (error.response?.status ?? error.code) : undefined;
    throw transient({
      code: 'webhookNotSent',
      message: `The webhook did not take a notification (${String(status ?? 'no answer')}). It is sent again; check notifications.webhook.`,
      field: 'notifications.webhook.url',
    });
  }
}
