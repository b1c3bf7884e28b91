import { condition, continueAsNew, log, setCurrentDetails, setHandler, workflowInfo } from '@temporalio/workflow';
import {
  newIncident,
  nextNotice,
  takeIn,
  takeInAll,
  type Incident,
  type Notice,
  type Channel,
} from '../domain/people/notification';
import { heedingCancelRequests } from './cancel-request';
import { reportAllSignal, reportSignal, type IncidentInput } from './contract';
import { post } from './policies';

/**
 * One cause for which orders wait: they report to it, and it tells people, once for all of them, again when nobody
 * answers, and a last time when it is over. It needs neither shop nor database, so that it can tell of their outage.
 */
export async function incident(input: IncidentInput): Promise<void> {
  let askedToStop = false;
  const heard = (): void => {
    askedToStop = true;
  };
  await heedingCancelRequests(heard, () => tell(input, () => askedToStop));
}

/** @param askedToStop somebody pressed the engine's cancel button: the orders still wait, so that people still hear of it */
async function tell(input: IncidentInput, askedToStop: () => boolean): Promise<void> {
  const { reason } = input;
  let now: Incident = input.carry ?? newIncident(reason);
  let taken = 0;
  setHandler(reportSignal, (report) => {
    now = takeIn(now, report, Date.now());
    taken += 1;
  });
  setHandler(reportAllSignal, (reports) => {
    now = takeInAll(now, reports, Date.now());
    taken += 1;
  });
  const outbox = new Outbox(input);
  for (;;) {
    const heard = taken;
    setCurrentDetails(card(now, askedToStop()));
    const step = nextNotice(now, Date.now());
    if ('notice' in step) {
      now = step.after;
      outbox.put(step.notice);
    } else if (step.over) {
      await outbox.empty();
      if (taken === heard) return;
    } else {
      if (workflowInfo().continueAsNewSuggested) {
        await outbox.empty();
        await continueAsNew<typeof incident>({ ...input, carry: now });
      }
      const stop = askedToStop();
      await condition(
        () => taken > heard || askedToStop() !== stop,
        step.until === null ? undefined : Math.max(1, step.until - Date.now()),
      );
    }
  }
}

/** Each channel sends in order and waits for no other: a mail server that is away holds no webhook up. */
class Outbox {
  readonly #lines = new Map<Channel, Promise<void>>();

  constructor(private readonly input: IncidentInput) {}

  put(notice: Notice): void {
    const { reason, channels } = this.input;
    const { workflowId, firstExecutionRunId } = workflowInfo();
    for (const channel of channels) {
      const before = this.#lines.get(channel) ?? Promise.resolve();
      const delivery = { incident: `${workflowId}/${firstExecutionRunId}`, reason, channel, notice };
      this.#lines.set(
        channel,
        before
          .then(() => post.deliver(delivery))
          .catch(() => {
            log.error('a notification could not be delivered', { reason, channel, number: notice.number });
          }),
      );
    }
  }

  async empty(): Promise<void> {
    await Promise.all(this.#lines.values());
  }
}

const GOES_ON =
  '*A cancel request came. An incident ends by itself once none of its orders needs anybody: solve or skip those.*';

const card = ({ reason, entries }: Incident, askedToStop: boolean): string =>
  [
    ...(askedToStop ? [GOES_ON] : []),
    `### ${reason}: ${String(entries.filter((entry) => entry.solved !== true).length)} open`,
    ...entries.slice(0, 50).map(({ order, message }) => `- ${order}${message === undefined ? '' : `: ${message}`}`),
  ].join('\n');
