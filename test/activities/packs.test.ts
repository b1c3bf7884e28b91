import { EMPTY_MEMORY } from '../../domain/order/remembered';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storeActivities } from '../../activities/counterpoint';
import { plan } from '../../domain/order/plan';
import { rulesFrom } from '../../domain/order/plan-rules';
import type { Step } from '../../domain/order/steps';
import { looking, type Looking } from '../support/looking';

/** A hook that writes the first row by the case of twelve. */
const BY_THE_CASE = `
  exports.beforeDocument = (draft) => {
    const [line] = draft.lines;
    line.quantity = String(Number(line.quantity) / 12);
    line.grossPrice = String(Number(line.gross) / Number(line.quantity));
    line.netPrice = String(Number(line.net) / Number(line.quantity));
  };`;

let folder: string;
let sides: Looking;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cantus-packs-'));
  sides = await looking();
}, 60_000);
afterAll(async () => {
  await sides.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Two cases of S1, which the shop sells by the piece, and two pieces of S2. */
async function imported(): Promise<string> {
  const module = join(folder, 'hooks.js');
  writeFileSync(module, BY_THE_CASE);
  const { incrementId: order, entityId } = sides.shop.place('two-lines-checkmo', { quantities: { S1: 24 } });
  const settings = { ...sides.deps.settings, hooks: { module, enabled: true } };
  await storeActivities({ ...sides.deps, settings }).createDocument({ order, entityId });
  return order;
}

async function asks(order: string): Promise<string[]> {
  const { shop, store, rules } = await sides.look(order);
  const next: Step = plan(order, { shop, store }, rulesFrom(rules), { ...EMPTY_MEMORY, marked: true });
  if (next.next === 'end') throw new Error(`expected it to go on: ${next.why}`);
  return [next.attention, ...(next.also ?? [])].flatMap((each) => (each ? [each.message] : []));
}

describe('P-15 C5-83 C5-90 a row that a hook wrote by the case', () => {
  test('raises nothing while nobody changes it, and is counted in the shop’s pieces when part of it is released', async () => {
    const order = await imported();
    const [line] = await sides.bench.database.rows('PS_DOC_LIN', { TKT_NO: order, LIN_TYP: 'O', LIN_SEQ_NO: 1 });
    expect(Number(line?.['QTY_SOLD'])).toBe(2);
    const { store } = await sides.look(order);
    expect(store.lines[0]).toEqual({ id: expect.any(Number), ordered: '24', released: '0' });
    expect(await asks(order)).toEqual([]);

    await sides.bench.clerk().release({ order, lines: [{ line: 1, qty: 0.5 }] });
    const now = (await sides.look(order)).store;
    expect(now.lines[0]).toMatchObject({ ordered: '24', released: '6' });
    expect(now.tickets[0]?.lines).toEqual([[now.lines[0]?.id, '6']]);
    expect(await asks(order)).toEqual([]);
  });

  test('is named when the shop’s row really shrinks or grows, until the clerk has changed the cases to match', async () => {
    const order = await imported();
    const clerk = sides.bench.clerk();
    sides.shop.changeQuantity(order, 'S1', 12);
    expect(await asks(order)).toEqual([expect.stringContaining('no longer owes 12 of S1')]);
    await clerk.editQuantity(order, 1, 1);
    expect(await asks(order)).toEqual([]);

    sides.shop.changeQuantity(order, 'S1', 36);
    expect(await asks(order)).toEqual([expect.stringContaining('now holds 12 of S1 more')]);
    await clerk.editQuantity(order, 1, 3);
    expect(await asks(order)).toEqual([]);
  });

  test('a line that the store itself raised is no change of the shop’s', async () => {
    const order = await imported();
    await sides.bench.clerk().editQuantity(order, 1, 3);
    expect((await sides.look(order)).store.lines[0]).toMatchObject({ ordered: '24', added: '12' });
    expect(await asks(order)).toEqual([]);
  });
});
