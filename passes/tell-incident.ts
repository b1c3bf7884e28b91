import { WorkflowNotFoundError } from '@temporalio/client';
import { type SIGNAL, WORKFLOW } from '../domain/engine-names';
import { taskQueue } from '../domain/identities';
import type { Channel, IncidentReason, Report } from '../domain/people/notification';
import type { Settings } from '../domain/settings';
import type { IncidentInput } from '../workflows/contract';
import type { Deps } from './deps';

export const channelsOf = ({ notifications }: Pick<Settings, 'notifications'>): readonly Channel[] => [
  ...(notifications.email === undefined ? [] : (['email'] as const)),
  ...(notifications.webhook === undefined ? [] : (['webhook'] as const)),
];

/**
 * Brings a report to its incident. Only something that needs a person starts one; without a channel nobody could be
 * told, and nothing is started.
 */
export async function tellIncident(
  deps: Pick<Deps, 'client' | 'settings'>,
  incident: string,
  reason: IncidentReason,
  signal: typeof SIGNAL.report | typeof SIGNAL.reportAll,
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
  await client.workflow.signalWithStart(WORKFLOW.incident, {
    workflowId: incident,
    taskQueue: taskQueue(settings.instance),
    args: [input],
    signal,
    signalArgs: [report],
    staticSummary: `Incident ${reason}`,
  });
}
