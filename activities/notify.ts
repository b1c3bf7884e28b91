import { WorkflowNotFoundError } from '@temporalio/client';
import { ATTENTION } from '../domain/order/attention';
import { incidentWorkflowId, taskQueue } from '../domain/identities';
import { isUrgent, type IncidentReason, type Report } from '../domain/people/notification';
import { nextPickup, recipients, wordsFor } from '../domain/people/notification-text';
import type { Settings } from '../domain/settings';
import { postWebhook, sendMail } from '../notifications';
import type { IncidentInput } from '../workflows/contract';
import type { Channel, DeliverActivities, TellActivities } from './contract';
import type { Deps } from '../passes/deps';

export const channelsOf = ({ notifications }: Pick<Settings, 'notifications'>): readonly Channel[] => [
  ...(notifications.email === undefined ? [] : (['email'] as const)),
  ...(notifications.webhook === undefined ? [] : (['webhook'] as const)),
];

export const tellActivities = (deps: Deps, now: () => number = Date.now): TellActivities & DeliverActivities => ({
  /** Key: (incident, order, action); the incident takes the same news in once. */
  async notify({ reason, code, ...report }) {
    const held = ATTENTION[reason].repairs.includes('parcelHeld');
    const pickupAt = held && report.kind === 'raised' ? nextPickup(now(), deps.settings) : null;
    const incident = incidentWorkflowId(deps.settings.instance, reason, causeOf(reason, code));
    await tellIncident(deps, incident, reason, 'report', pickupAt === null ? report : { ...report, pickupAt });
  },

  /** Key: (incident, number), as Message-ID and Idempotency-Key; a repetition carries the same one. */
  async deliver({ incident, reason, channel, notice }) {
    const { settings } = deps;
    const { email, webhook } = settings.notifications;
    const key = `${incident}/${String(notice.number)}`;
    const { subject, text } = wordsFor(reason, notice, settings);
    if (channel === 'webhook' && webhook) {
      const { instance, environment } = settings;
      await postWebhook(webhook.url, key, { text: `${subject}\n\n${text}`, instance, environment, reason, ...notice });
    }
    const to = recipients(reason, notice.level, settings);
    if (channel === 'email' && email && to.length > 0) {
      const messageId = `<${key.replace(/[^A-Za-z0-9.-]+/g, '.')}@cantus>`;
      const urgent = isUrgent(reason) && notice.kind !== 'solved';
      await sendMail(email.smtp, { messageId, from: email.from, to, subject, text, urgent });
    }
    deps.log({ instance: settings.instance, incident, channel, kind: notice.kind, count: notice.count }, 'people told');
  },
});

/** An outage shows in many codes and is one incident; of the other reasons each code is a cause of its own. */
const causeOf = (reason: IncidentReason, code: string | undefined): string | undefined =>
  reason === 'systemDown' || code === reason ? undefined : code?.replace(/[^A-Za-z0-9-]/g, '');

/**
 * Brings a report to its incident. Only something that needs a person starts one; without a channel nobody could be
 * told, and nothing is started.
 */
export async function tellIncident(
  deps: Deps,
  incident: string,
  reason: IncidentReason,
  signal: 'report' | 'reportAll',
  report: Report | readonly Report[],
): Promise<void> {
  const { client, settings } = deps;
  const channels = channelsOf(settings);
  // An outage is shown in the engine's own list even where nobody is written to.
  if (channels.length === 0 && reason !== 'outage') return;
  const raises = Array.isArray(report) ? report.length > 0 : (report as Report).kind === 'raised';
  if (!raises) {
    await client.workflow
      .getHandle(incident)
      .signal(signal, report)
      .catch((error: unknown) => {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      });
    return;
  }
  const input: IncidentInput = { instance: settings.instance, reason, channels };
  await client.workflow.signalWithStart('incident', {
    workflowId: incident,
    taskQueue: taskQueue(settings.instance),
    args: [input],
    signal,
    signalArgs: [report],
    staticSummary: `Incident ${reason}`,
  });
}
