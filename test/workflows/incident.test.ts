import '../support/quiet-runtime';
import { builtBundle } from '../support/built';
import { quickWorker } from '../support/quick-worker';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundlePath } from '@temporalio/worker';
import type { Deps } from '../../passes/deps';
import type { OrderNews } from '../../activities/contract';
import { tellActivities } from '../../activities/notify';
import { taskQueue } from '../../domain/identities';
import type { Settings } from '../../domain/settings';
import { startTimeSkipping } from '../../sandbox/temporal';
import { openHook, openMailbox, type Hook, type Mailbox } from '../support/desk';
import { putAway } from '../support/put-away';

let env: TestWorkflowEnvironment;
let bundle: WorkflowBundlePath;

beforeAll(async () => {
  bundle = await builtBundle();
}, 120_000);
// Time is skipped for a whole server at once: what one test leaves behind must not hold up the next one's.
beforeEach(async () => {
  env = await startTimeSkipping();
}, 60_000);
afterEach(async () => {
  await env.teardown();
});

/* ----- an instance that can tell people ----- */

interface Desk {
  readonly mailbox: Mailbox;
  readonly hook: Hook;
  notify(news: OrderNews): Promise<void>;
  until(seen: () => boolean): Promise<void>;
  running(reason: string): Promise<boolean>;
}

let count = 0;

/** As the engine does with an activity: two that tell of a new incident at one moment may both try to start it. */
async function retried(activity: () => Promise<void>, attempts = 5): Promise<void> {
  try {
    await activity();
  } catch (error) {
    if (attempts <= 1) throw error;
    await new Promise((resolve) => setTimeout(resolve, 50));
    await retried(activity, attempts - 1);
  }
}

async function withDesk(play: (desk: Desk) => Promise<void>): Promise<void> {
  const [mailbox, hook] = await Promise.all([openMailbox(), openHook()]);
  count += 1;
  const instance = `told-${String(count)}`;
  const settings = {
    instance,
    environment: 'test',
    timezone: 'America/New_York',
    captures: { pickupAt: '16:00' },
    parties: {
      merchant: { name: 'Acme', email: 'orders@acme.example' },
      agency: { name: 'North', email: 'ops@north.example' },
      maintainer: { name: 'Makers', email: 'help@makers.example' },
    },
    notifications: {
      email: { smtp: mailbox.url, from: 'cantus@acme.example', to: ['merchant'] },
      webhook: { url: hook.url },
    },
  } as unknown as Settings;
  const deps = { settings, client: env.client, log: () => undefined } as unknown as Deps;
  let clock = await env.currentTimeMs();
  const activities = tellActivities(deps, () => clock);
  const worker = await quickWorker({
    connection: env.nativeConnection,
    taskQueue: taskQueue(instance),
    workflowBundle: bundle,
    activities: { ...activities },
  });
  const until = async (seen: () => boolean): Promise<void> => {
    for (let asked = 0; asked < 400 && !seen(); asked += 1) await new Promise((resolve) => setTimeout(resolve, 25));
    expect(seen()).toBe(true);
  };
  try {
    await worker.runUntil(async () => {
      await play({
        mailbox,
        hook,
        notify: async (news) => {
          clock = await env.currentTimeMs();
          await retried(() => activities.notify(news));
        },
        until,
        running: async (reason) => {
          const { status } = await env.client.workflow.getHandle(`incident:${instance}:${reason}`).describe();
          return status.name === 'RUNNING';
        },
      });
      for (const reason of ['captureRefused', 'unknownSku'])
        await putAway(env.client.workflow.getHandle(`incident:${instance}:${reason}`));
    });
  } finally {
    await Promise.all([mailbox.close(), hook.close()]);
  }
}

const refusedCapture: OrderNews = {
  kind: 'raised',
  reason: 'captureRefused',
  code: 'captureRefused',
  order: '000000012',
  action: 'invoiceTicket:GUID-1',
  ticket: '000000012-01',
  tracks: ['1Z999'],
  message: 'The payment for ticket 000000012-01 of order 000000012 was refused.',
};
const unknownSku = (order: string): OrderNews => ({
  kind: 'raised',
  reason: 'unknownSku',
  code: 'unknownSku',
  order,
  action: 'createDocument',
  message: `Order ${order}: SKU X is not in Counterpoint.`,
});

describe('telling people', () => {
  it('C5-11 P-07 a refused capture goes out at once by mail and webhook, naming order, ticket and parcel', async () => {
    await withDesk(async ({ mailbox, hook, notify, until }) => {
      await notify(refusedCapture);
      await until(() => mailbox.mails.length === 1 && hook.posts.length === 1);
      const [mail = ''] = mailbox.mails;
      expect(mail).toMatch(/Subject: \[told-\d+\] Payment refused or not recorded: order 000000012/);
      expect(mail).toContain('Order 000000012, ticket 000000012-01, parcel 1Z999');
      expect(mail).toMatch(/carrier collects at \d{4}-\d\d-\d\d 16:00/);
      expect(mail).toContain('orders@acme.example');
      expect(mail).not.toContain('ops@north.example');
      expect(hook.posts[0]?.body).toMatchObject({ reason: 'captureRefused', kind: 'raised', count: 1 });
      expect(String(hook.posts[0]?.body['text'])).toContain('parcel 1Z999');
    });
  });

  it('X-05 counts down to the pickup and tells more people, until somebody confirms that the parcel is held', async () => {
    await withDesk(async ({ mailbox, notify, until }) => {
      await notify(refusedCapture);
      await until(() => mailbox.mails.length === 1);
      await env.sleep('25 hours');
      const reminders = mailbox.mails.slice(1);
      expect(reminders.length).toBeGreaterThanOrEqual(3);
      expect(reminders[0]).toContain('Still open: Payment refused or not recorded');
      expect(reminders[0]).toContain('ops@north.example');
      expect(reminders[1]).toContain('help@makers.example');
      await notify({ ...refusedCapture, kind: 'held' });
      const before = mailbox.mails.length;
      await env.sleep('6 hours');
      expect(mailbox.mails.length).toBe(before);
    });
  });

  it('C5-11 gives the all-clear when the capture succeeds later, and then is quiet', async () => {
    await withDesk(async ({ mailbox, notify, until, running }) => {
      await notify(refusedCapture);
      await until(() => mailbox.mails.length === 1);
      await notify({
        kind: 'solved',
        reason: 'captureRefused',
        order: '000000012',
        action: 'invoiceTicket:GUID-1',
        code: 'captureRefused',
      });
      await until(() => mailbox.mails.length === 2);
      expect(mailbox.mails[1]).toContain('Solved: Payment refused or not recorded: order 000000012');
      await env.sleep('30 hours');
      expect(mailbox.mails).toHaveLength(2);
      expect(await running('captureRefused')).toBe(false);
    });
  });

  it('X-07 five hundred orders that fail for one cause are one message with a count', async () => {
    await withDesk(async ({ mailbox, hook, notify }) => {
      const orders = Array.from({ length: 500 }, (_, at) => String(at).padStart(9, '0'));
      for (let at = 0; at < orders.length; at += 50)
        await Promise.all(orders.slice(at, at + 50).map((order) => notify(unknownSku(order))));
      await env.sleep('5 minutes');
      expect(mailbox.mails).toHaveLength(1);
      expect(mailbox.mails[0]).toContain('Unknown sku: 500 orders');
      expect(hook.posts.map(({ body }) => body['count'])).toEqual([500]);
      await Promise.all(orders.map((order) => notify({ ...unknownSku(order), kind: 'solved' })));
      await env.sleep('5 minutes');
      expect(mailbox.mails).toHaveLength(2);
      expect(mailbox.mails[1]).toContain('Solved: Unknown sku: 500 orders');
    });
  }, 60_000);

  it('X-01 what was told twice is sent once, and what is solved before anybody was told is never sent', async () => {
    await withDesk(async ({ mailbox, notify, until }) => {
      await notify(unknownSku('000000001'));
      await notify(unknownSku('000000001'));
      await notify(unknownSku('000000002'));
      await notify({ ...unknownSku('000000002'), kind: 'solved' });
      await env.sleep('2 minutes');
      await until(() => mailbox.mails.length === 1);
      expect(mailbox.mails[0]).toContain('order 000000001');
      expect(mailbox.mails[0]).not.toContain('000000002');
    });
  });

  it('P-20 a mail server that refuses is tried again with the same Message-ID and holds no webhook up', async () => {
    await withDesk(async ({ mailbox, hook, notify, until }) => {
      mailbox.refuse = 3;
      await notify(refusedCapture);
      await until(() => hook.posts.length === 1);
      await env.sleep('5 minutes');
      await until(() => mailbox.mails.length === 1);
      const ids = [...mailbox.rejected, ...mailbox.mails].map((mail) => /Message-ID: (\S+)/i.exec(mail)?.[1]);
      expect(ids).toHaveLength(4);
      expect(new Set(ids).size).toBe(1);
      expect(hook.posts).toHaveLength(1);
    });
  });

  it('starts nothing where nobody is to be told', async () => {
    const settings = { instance: 'silent', captures: { pickupAt: null }, notifications: {} } as unknown as Settings;
    const deps = { settings, client: env.client, log: () => undefined } as unknown as Deps;
    await tellActivities(deps).notify(refusedCapture);
    await expect(env.client.workflow.getHandle('incident:silent:captureRefused').describe()).rejects.toThrow();
  });
});
