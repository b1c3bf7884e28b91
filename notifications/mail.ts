import { LIMITS } from '../domain/limits';
import { createTransport } from 'nodemailer';
import { transient } from '../domain/errors';
import type { Party } from '../domain/settings';

export interface Mail {
  /** Stays the same when the same message is sent again, so that servers and readers show it once. */
  readonly messageId: string;
  readonly from: string;
  readonly to: readonly Party[];
  readonly subject: string;
  readonly text: string;
  readonly urgent: boolean;
  /** Attached: name, MIME type and text. */
  readonly files?: readonly { readonly name: string; readonly type: string; readonly content: string }[];
}

/**
 * Hands one mail to the server of `notifications.email.smtp`.
 * @throws CantusError transient, `mailNotSent`: nothing was accepted, or it is not known
 */
export async function sendMail(smtp: string, mail: Mail): Promise<void> {
  const transport = createTransport({
    url: smtp,
    connectionTimeout: LIMITS.mailMs,
    greetingTimeout: LIMITS.mailMs,
    socketTimeout: LIMITS.mailMs,
  });
  try {
    await transport.sendMail({
      messageId: mail.messageId,
      from: mail.from,
      to: mail.to.map(({ name, email }) => ({ name, address: email ?? '' })),
      subject: mail.subject,
      text: mail.text,
      attachments: (mail.files ?? []).map(({ name, type, content }) => ({
        filename: name,
        contentType: type,
        content,
      })),
      headers: { 'Auto-Submitted': 'auto-generated' },
      ...(mail.urgent ? { priority: 'high' as const } : {}),
    });
  } catch (error) {
    throw transient(
      {
        code: 'mailNotSent',
        message: 'The mail server did not take a notification. It is sent again; check notifications.email.',
        field: 'notifications.email.smtp',
      },
      error,
    );
  } finally {
    transport.close();
  }
}
