import { ATTENTION, type AttentionReason } from '../domain/order/attention';
import { SIGNAL } from '../domain/engine-names';
import { incidentWorkflowId, orderWorkflowId } from '../domain/identities';
import { isUrgent } from '../domain/people/notification';
import { nextPickup, recipients, wordsFor } from '../domain/people/notification-text';
import { cancelRequestedBy } from '../passes/order-runs';
import { tellIncident } from '../passes/tell-incident';
import { postWebhook, sendMail } from '../notifications';
import type { DeliverActivities, TellActivities } from './contract';
import type { Deps } from '../passes/deps';

export const tellActivities = (deps: Deps, now: () => number = Date.now): TellActivities & DeliverActivities => ({
  /** Key: (incident, order, action); the incident takes the same news in once. */
  async notify({ reason, code, ...report }) {
    const held = ATTENTION[reason].repairs.includes('parcelHeld');
    const pickupAt = held && report.kind === 'raised' ? nextPickup(now(), deps.settings) : null;
    const incident = incidentWorkflowId(deps.settings.instance, reason, causeOf(reason, code));
    await tellIncident(deps, incident, reason, SIGNAL.report, pickupAt === null ? report : { ...report, pickupAt });
  },

  async whoAskedToCancel({ order, run }) {
    return { by: await cancelRequestedBy(deps, orderWorkflowId(deps.settings.instance, order), run) };
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

const causeOf = (reason: AttentionReason, code: string | undefined): string | undefined =>
  ATTENTION[reason].oneIncident || code === reason ? undefined : code?.replace(/[^A-Za-z0-9-]/g, '');
