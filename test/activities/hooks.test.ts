import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Deps } from '../../passes/deps';
import { storeActivities } from '../../activities/counterpoint';
import { documentHooks } from '../../activities/hooks';
import type { DocumentDraft } from '../../domain/document/draft';
import { draftDocument } from '../../domain/document';
import type { CantusError } from '../../domain/errors';
import { orderOf } from '../domain/document/orders';
import { settingsWith } from '../domain/document/settings';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cantus-hooks-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let modules = 0;
const moduleOf = (source: string): string => {
  const file = join(folder, `hooks-${String((modules += 1))}.js`);
  writeFileSync(file, source);
  return file;
};

const order = orderOf({ rows: [{ price: '10', qty: '2' }], shipping: { price: '5' } });
const withHooks = (source: string, enabled = true) => settingsWith({ hooks: { module: moduleOf(source), enabled } });
const logged: string[] = [];
const hooksOf = (source: string, enabled?: boolean) =>
  documentHooks(withHooks(source, enabled), (_, message) => void logged.push(message));
const mapped = (): DocumentDraft => draftDocument(order, settingsWith());
const refusal = async (work: Promise<unknown>): Promise<CantusError> =>
  (await work.then(
    () => null,
    (error: unknown) => error,
  )) as CantusError;

test('C5-90 a hook changes customer, order and deposit before the document is written, and acts after it', async () => {
  const written: DocumentDraft[] = [];
  const settings = withHooks(`
    const seen = [];
    exports.beforeDocument = (draft, context) => ({
      ...draft,
      customer: { ...draft.customer, email: 'accounts@company.example' },
      reference: draft.reference + ' via ' + context.instance,
      payment: { ...draft.payment, deposit: '10.00' },
    });
    exports.afterDocument = (document, context) => context.log('written as ' + document.docId + ' for ' + context.order.incrementId);
  `);
  const activities = storeActivities({
    settings,
    log: (_: object, message: string) => void logged.push(message),
    shop: { order: async () => order },
    target: {
      codePage: async () => 'cp1252',
      addressLengths: async () => [40, 40, 40],
      createDocument: async (draft: DocumentDraft) => {
        written.push(draft);
        return { docId: '77', ticketNo: draft.ticketNo, created: true, changes: [] };
      },
      observe: async () => ({ document: 'open', lines: [], tickets: [] }),
    },
  } as unknown as Deps);
  await activities.createDocument({ order: order.incrementId, entityId: order.entityId });
  expect(written[0]).toMatchObject({
    customer: { email: 'accounts@company.example' },
    reference: `${mapped().reference} via document-tests`,
    payment: { deposit: '10.00' },
  });
  expect(logged).toContain(`written as 77 for ${order.incrementId}`);
});

test('C5-90 OF-H one switch turns every hook off, and the module is not even loaded', async () => {
  const hooks = hooksOf('throw new Error("must not be loaded");', false);
  const draft = mapped();
  expect(await hooks.before(draft, order)).toBe(draft);
  await hooks.after({ order: '1', docId: '1', ticketNo: '1', depositTicketNo: null, created: true }, order);
});

test('OF-H a hook that changes its copy in place and returns nothing has its say, and the mapping keeps its own', async () => {
  const draft = mapped();
  const given = await hooksOf(
    'exports.default = { beforeDocument: (draft) => { draft.reference = "changed"; } };',
  ).before(draft, order);
  expect(given.reference).toBe('changed');
  expect(draft.reference).not.toBe('changed');
});

test.each([
  ['a missing key', '({ ...draft, shipVia: undefined })', 'hookDraft', /shipVia/],
  ['a float for an amount', '({ ...draft, shipping: { amount: 5, tax: "0.00" } })', 'hookDraft', /shipping\.amount/],
  ['another order number', '({ ...draft, ticketNo: "1" })', 'hookDraft', /ticketNo was changed/],
  ['a line less', '({ ...draft, lines: [...draft.lines, { ...draft.lines[0], itemId: 9 }] })', 'hookDraft', /each row/],
  [
    'a line of nothing',
    '({ ...draft, lines: draft.lines.map((l) => ({ ...l, quantity: "0" })) })',
    'hookDraft',
    /lines\.0\.quantity/,
  ],
  [
    'a line that does not add up',
    '({ ...draft, lines: draft.lines.map((l) => ({ ...l, net: "1.00" })) })',
    'totalsDiffer',
    /line 1/,
  ],
  [
    'a deposit above the total',
    '({ ...draft, payment: { ...draft.payment, deposit: "99.00" } })',
    'totalsDiffer',
    /99\.00/,
  ],
  [
    'another total',
    '({ ...draft, shipping: { amount: "4.00", tax: "0.00" }, totals: { ...draft.totals, misc: "4.00", total: "24.00" }, payment: { ...draft.payment, deposit: "24.00" } })',
    'totalsDiffer',
    /shop's order comes to 25\.00/,
  ],
])('C5-90 a draft with %s waits, naming the hook', async (_, expression, code, words) => {
  const hooks = hooksOf(`exports.beforeDocument = (draft) => (${expression});`);
  const error = await refusal(hooks.before(mapped(), order));
  expect(error.facts).toMatchObject({ code, order: order.incrementId, field: 'hooks.module' });
  expect(error.facts.reason).toBe(code === 'totalsDiffer' ? 'totalsDiffer' : 'misconfigured');
  expect(error.message).toMatch(words);
  expect(error.message).toMatch(/hook beforeDocument of hooks-\d+\.js/);
});

test('a hook that fails is told without its own words, which may hold personal data', async () => {
  const hooks = hooksOf(`
    exports.beforeDocument = () => { throw new TypeError('Dana Whitfield'); };
    exports.afterDocument = async () => { throw new RangeError('Dana Whitfield'); };
  `);
  const before = await refusal(hooks.before(mapped(), order));
  expect(before.facts).toMatchObject({ kind: 'misconfigured', code: 'hookFailed', reason: 'misconfigured' });
  expect(before.message).toMatch(/\(TypeError\)/);
  const after = await refusal(
    hooks.after({ order: '1', docId: '1', ticketNo: '1', depositTicketNo: null, created: true }, order),
  );
  expect(after.facts).toMatchObject({ kind: 'transient', code: 'hookFailed' });
  for (const { message } of [before, after]) expect(message).not.toMatch(/Dana/);
});

test('a module that is missing or exports no hook is named', async () => {
  const file = moduleOf('exports.other = 1;');
  const hooks = documentHooks(settingsWith({ hooks: { module: file, enabled: true } }), () => undefined);
  expect((await refusal(hooks.before(mapped(), order))).facts).toMatchObject({ code: 'hookMissing' });
  const absent = documentHooks(settingsWith({ hooks: { module: `${file}x`, enabled: true } }), () => undefined);
  const error = await refusal(absent.before(mapped(), order));
  expect(error.facts).toMatchObject({ kind: 'misconfigured', code: 'hookMissing', field: 'hooks.module' });
});
