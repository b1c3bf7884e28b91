import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { draftFault } from './hooked-draft';
import type { DocumentDraft } from '../domain/document/draft';
import type { DocumentHooks, HookContext, WrittenDocument } from '../domain/document/hooks';
import { ledgerFault } from '../domain/document/money/ledger';
import { type CantusError, misconfigured, refused, transient } from '../domain/errors';
import type { Settings } from '../domain/settings';
import type { ShopOrder } from '../domain/shop/order';
import type { Log } from '../passes/deps';

/** An instance's hooks (C5-90), ready to be called; without a module, or switched off, they change and do nothing. */
export interface Hooks {
  /** @throws CantusError misconfigured: hookMissing, hookFailed, hookDraft; refused: totalsDiffer. */
  before(draft: DocumentDraft, order: ShopOrder): Promise<DocumentDraft>;
  /** @throws CantusError transient, hookFailed: the call is repeated. */
  after(written: WrittenDocument, order: ShopOrder): Promise<void>;
}

/** The module is loaded at the first order and kept; one that cannot be loaded is tried again with the next. */
export function documentHooks(settings: Settings, log: Log): Hooks {
  const { module, enabled } = settings.hooks;
  if (module === null || !enabled) return { before: async (draft) => draft, after: async () => undefined };
  let loaded: DocumentHooks | null = null;
  const hooks = (order: string): DocumentHooks => (loaded ??= loadHooks(module, order));
  const contextOf = (order: ShopOrder): HookContext => ({
    instance: settings.instance,
    environment: settings.environment,
    order: structuredClone(order),
    log: (message) => log({ instance: settings.instance, order: order.incrementId, hook: basename(module) }, message),
  });
  return {
    async before(draft, order) {
      const hook = hooks(draft.order).beforeDocument;
      if (hook === undefined) return draft;
      // A hook may change its copy in place or return another one; the mapping's own draft stays what it was.
      const copy = structuredClone(draft);
      const given = await called(draft.order, 'beforeDocument', module, misconfigured, async () =>
        hook(copy, contextOf(order)),
      );
      return checked(draft, given ?? copy, module);
    },
    async after(written, order) {
      const hook = hooks(written.order).afterDocument;
      if (hook === undefined) return;
      await called(written.order, 'afterDocument', module, transient, async () => hook(written, contextOf(order)));
    },
  };
}

/**
 * Loads a module and takes its hooks from its named exports or its default one. TypeScript is understood in a checkout,
 * where the sources run as they are.
 * @throws CantusError misconfigured, hookMissing.
 */
export function loadHooks(module: string, order?: string): DocumentHooks {
  let found: unknown;
  try {
    found = createRequire(__filename)(module);
  } catch (error) {
    throw unusable(module, 'cannot be loaded', order, error);
  }
  const hooks = [found, defaultOf(found)].find(hasHooks);
  if (hooks === undefined) throw unusable(module, 'exports neither beforeDocument nor afterDocument', order);
  return hooks;
}

const defaultOf = (found: unknown): unknown =>
  typeof found === 'object' && found !== null && 'default' in found ? found.default : undefined;

const hasHooks = (found: unknown): found is DocumentHooks =>
  typeof found === 'object' &&
  found !== null &&
  (('beforeDocument' in found && typeof found.beforeDocument === 'function') ||
    ('afterDocument' in found && typeof found.afterDocument === 'function'));

const named = (order: string | undefined): string => (order === undefined ? '' : `Order ${order}: `);

const unusable = (module: string, what: string, order?: string, cause?: unknown): CantusError =>
  misconfigured(
    {
      code: 'hookMissing',
      reason: 'misconfigured',
      message: `${named(order)}the hook module ${basename(module)} ${what}. Correct hooks.module, or set hooks.enabled to false.`,
      field: 'hooks.module',
      ...(order === undefined ? {} : { order }),
    },
    cause,
  );

/** A hook's own error may quote a name or an address, so only its kind is told; the log has the rest. */
async function called<T>(
  order: string,
  hook: keyof DocumentHooks,
  module: string,
  as: typeof misconfigured,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const kind = error instanceof Error ? error.name : typeof error;
    throw as(
      {
        code: 'hookFailed',
        ...(as === misconfigured ? { reason: 'misconfigured' as const } : {}),
        order,
        field: 'hooks.module',
        message: `Order ${order}: the hook ${hook} of ${basename(module)} ended with an error (${kind}). Correct it, or set hooks.enabled to false; the worker's log has its words.`,
      },
      error,
    );
  }
}

/** What a hook gives back is held to what the mapping's own draft is held to. */
function checked(mapped: DocumentDraft, given: unknown, module: string): DocumentDraft {
  const { order } = mapped;
  const shape = draftFault(mapped, given);
  if (shape !== null) {
    throw misconfigured({
      code: 'hookDraft',
      reason: 'misconfigured',
      order,
      field: 'hooks.module',
      message: `Order ${order}: the hook beforeDocument of ${basename(module)} gave back a draft that cannot be written: ${shape}. Correct it, or set hooks.enabled to false.`,
    });
  }
  const draft = given as DocumentDraft;
  const fault = ledgerFault(draft) ?? totalMoved(mapped, draft);
  if (fault === null) return draft;
  throw refused({
    code: 'totalsDiffer',
    reason: 'totalsDiffer',
    order,
    field: 'hooks.module',
    message: `Order ${order}: after the hook beforeDocument of ${basename(module)} ${fault}. Correct it, or set hooks.enabled to false, then retry.`,
  });
}

/** The shop invoices and captures its own total, so the document must come to it whatever a hook rearranges. */
const totalMoved = (mapped: DocumentDraft, draft: DocumentDraft): string | null =>
  draft.totals.total === mapped.totals.total
    ? null
    : `the total is ${draft.totals.total}, but the shop's order comes to ${mapped.totals.total}`;
