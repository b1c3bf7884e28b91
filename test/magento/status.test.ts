import { createShop } from '../../magento';
import { failure } from './calls';
import {
  QUICK,
  internalError,
  ok,
  recorded,
  settingsFor,
  startScriptedShop,
  type Answer,
  type ScriptedShop,
  type Seen,
} from './recorded-shop';

const INPUT = { order: '000000150', entityId: 158, status: 'in_counterpoint', comment: 'Counterpoint order' } as const;
const exchanges = recorded('offline-part-by-part');
const REFUSED_247 = exchanges[1]?.answer as Answer;
const REFUSED_248: Answer = {
  status: 400,
  body: {
    message: 'Unable to add comment: The status "%1" is not part of the order status history.',
    parameters: ['in_counterpoint'],
  },
};
const COMMENT = 'POST /orders/158/comments';
const SAVE = 'POST /orders';

interface World {
  status: string | null;
  state: string;
  total: number;
  comments: string[];
}

let server: ScriptedShop | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** A shop that keeps status and comments; `on` may answer in place of it. */
async function shopWith(
  changes: Partial<World>,
  on: { comment?: (tries: number) => Answer | null; save?: (world: World) => Answer | null } = {},
  mode: 'auto' | 'comment' | 'save' = 'auto',
) {
  const world: World = { status: 'pending', state: 'new', total: 74.36, comments: [], ...changes };
  let tries = 0;
  const keep = (row: { status?: string; comment: string }): Answer => {
    if (row.status !== undefined) world.status = row.status;
    world.comments.push(row.comment);
    return ok(true);
  };
  server = await startScriptedShop({
    'GET /orders/158': () =>
      ok({
        entity_id: 158,
        increment_id: '000000150',
        state: world.state,
        ...(world.status === null ? {} : { status: world.status }),
        base_grand_total: world.total,
        status_histories: world.comments.map((comment) => ({ comment })),
      }),
    [COMMENT]: (seen: Seen) => {
      tries += 1;
      return (
        on.comment?.(tries) ??
        keep((seen.body as { statusHistory: { status?: string; comment: string } }).statusHistory)
      );
    },
    [SAVE]: (seen: Seen) => {
      const { entity } = seen.body as { entity: { status: string; status_histories: { comment: string }[] } };
      const own = on.save?.(world);
      if (own !== null && own !== undefined) return own;
      return keep({ status: entity.status, comment: entity.status_histories[0]?.comment ?? '' });
    },
  });
  return { world, server, shop: createShop(settingsFor(server.baseUrl, { statusUpdates: mode }), QUICK) };
}

describe('setting the status of an order', () => {
  test('C5-04 goes by comment with status where the shop takes it, and is read back', async () => {
    const { shop, world, server: seen } = await shopWith({});
    await shop.setStatus(INPUT);
    expect(world).toMatchObject({ status: 'in_counterpoint', comments: ['Counterpoint order'] });
    expect(seen.calls(COMMENT)[0]?.body).toEqual({
      statusHistory: {
        parent_id: 158,
        comment: 'Counterpoint order',
        status: 'in_counterpoint',
        is_customer_notified: 0,
        is_visible_on_front: 0,
        entity_name: 'order',
      },
    });
  });

  test.each([
    ['2.4.7', REFUSED_247, 1],
    ['2.4.8', REFUSED_248, 2],
  ])(
    'where a %s refuses, one save of exactly id, number, status and history row follows',
    async (_release, refusal, commentsTried) => {
      const { shop, world, server: seen } = await shopWith({}, { comment: () => refusal });
      await shop.setStatus(INPUT);
      expect(world.status).toBe('in_counterpoint');
      const { entity } = seen.calls(SAVE)[0]?.body as { entity: Record<string, unknown> };
      expect(Object.keys(entity).sort()).toEqual(['entity_id', 'increment_id', 'status', 'status_histories']);
      expect(entity).toMatchObject({ entity_id: 158, increment_id: '000000150' });
      // The 2.4.7 line refuses every change, so the next one skips the try; a later release only refused this one.
      world.status = 'processing';
      await shop.setStatus(INPUT);
      expect(seen.calls(COMMENT)).toHaveLength(commentsTried);
      expect(seen.calls(SAVE)).toHaveLength(2);
    },
  );

  test('the setting comment never saves, the setting save never tries a comment', async () => {
    const commentOnly = await shopWith({}, { comment: () => REFUSED_247 }, 'comment');
    expect((await failure(commentOnly.shop.setStatus(INPUT))).facts).toMatchObject({
      kind: 'refused',
      reason: 'statusRefused',
      order: '000000150',
    });
    expect(commentOnly.server.calls(SAVE)).toHaveLength(0);
    await commentOnly.server.close();
    const saveOnly = await shopWith({}, {}, 'save');
    await saveOnly.shop.setStatus(INPUT);
    expect(saveOnly.server.calls(COMMENT)).toHaveLength(0);
    expect(saveOnly.world.status).toBe('in_counterpoint');
  });

  test('P-21 an order is never saved while an invoice may be under way', async () => {
    const { shop, server: seen } = await shopWith({}, { comment: () => REFUSED_247 });
    expect((await failure(shop.setStatus({ ...INPUT, commentOnly: true }))).facts).toMatchObject({
      kind: 'refused',
      code: 'statusRefused',
    });
    expect(seen.calls(SAVE)).toHaveLength(0);
  });

  test('an order that has the status gets the comment once and nothing else', async () => {
    const { shop, world, server: seen } = await shopWith({ status: 'in_counterpoint' });
    await shop.setStatus(INPUT);
    await shop.setStatus(INPUT);
    expect(world.comments).toEqual(['Counterpoint order']);
    expect(seen.calls(SAVE)).toHaveLength(0);
  });

  test('P-05 a status the shop takes without keeping is refused to the caller', async () => {
    const { shop } = await shopWith({}, { comment: () => ok(true) });
    const error = await failure(shop.setStatus(INPUT));
    expect(error.facts).toMatchObject({ kind: 'refused', reason: 'statusRefused', field: 'status' });
    expect(error.message).toContain('in_counterpoint');
  });

  test('a save that changes the total is an alarm', async () => {
    const spoil = (world: World): null => {
      world.total = 70;
      return null;
    };
    const { shop } = await shopWith({}, { save: spoil }, 'save');
    expect((await failure(shop.setStatus(INPUT))).code).toBe('orderChangedBySave');
  });

  test('P-23 a comment that meets a running invoice is answered with a 500 and repeated', async () => {
    const {
      shop,
      world,
      server: seen,
    } = await shopWith({}, { comment: (tries) => (tries < 3 ? internalError : null) });
    await shop.setStatus(INPUT);
    expect(world.status).toBe('in_counterpoint');
    expect(seen.calls(COMMENT)).toHaveLength(3);
  });

  test('P-23 a comment that is never taken is tried again later, and says nothing of an invoice', async () => {
    const { shop } = await shopWith({}, { comment: () => internalError });
    expect((await failure(shop.setStatus(INPUT))).facts).toMatchObject({ kind: 'transient', code: 'commentNotStored' });
  });

  test('P-24 a comment that a firewall turns away is tried again later, and named as that', async () => {
    const { shop } = await shopWith({}, { comment: () => ({ status: 403, text: '<html>Forbidden</html>' }) });
    expect((await failure(shop.setStatus(INPUT))).facts).toMatchObject({
      kind: 'transient',
      code: 'commentNotStored',
      reason: 'misconfigured',
    });
  });

  test('P-24 a save that was given up on the way and did nothing is tried again later', async () => {
    const { shop } = await shopWith({}, { save: () => ({ status: 408, text: '' }) }, 'save');
    expect((await failure(shop.setStatus(INPUT))).facts).toMatchObject({ kind: 'transient', code: 'statusNotSaved' });
  });

  test('a save whose answer is lost is read back', async () => {
    const lose = (world: World): Answer => {
      world.status = 'in_counterpoint';
      return 'cut';
    };
    const { shop } = await shopWith({}, { save: lose }, 'save');
    await expect(shop.setStatus(INPUT)).resolves.toBeUndefined();
  });
});

describe('commenting an order', () => {
  const NOTE = { order: '000000150', entityId: 158, comment: 'Ticket 1-01: the capture was refused.' };

  test('the same comment is written once, and the status stays as it is', async () => {
    const { shop, world, server: seen } = await shopWith({ status: 'processing' });
    await shop.comment(NOTE);
    await shop.comment(NOTE);
    expect(world).toMatchObject({ status: 'processing', comments: [NOTE.comment] });
    expect(seen.calls(COMMENT)[0]?.body).toMatchObject({ statusHistory: { status: 'processing' } });
  });

  test('a comment that was stored though its answer was lost is not written twice', async () => {
    const { shop, world } = await shopWith(
      { status: 'processing' },
      { comment: () => (world_.comments.push(NOTE.comment), 'cut') },
    );
    const world_ = world;
    await shop.comment(NOTE);
    expect(world.comments).toEqual([NOTE.comment]);
  });

  test('an order without a status keeps a status that exists', async () => {
    const { shop, server: seen } = await shopWith({ status: null, state: 'processing' });
    await shop.comment(NOTE);
    expect(seen.calls(COMMENT)[0]?.body).toMatchObject({ statusHistory: { status: 'processing' } });
  });
});
