import { draftDocument } from '../domain/document';
import { refused } from '../domain/errors';
import { sameCode } from '../domain/item-rules';
import { tidy } from '../domain/text/fitting';
import { asWritten } from './as-written';
import type { StoreActivities } from './contract';
import type { Deps } from '../passes/deps';
import { documentHooks } from './hooks';

export const storeActivities = (deps: Deps, hooks = documentHooks(deps.settings, deps.log)): StoreActivities => ({
  /** Key: (instance, order) in cantus.order_link; a repeated call finds the first document. */
  async createDocument({ order, entityId, skus }) {
    const shopOrder = await deps.shop.order(entityId);
    const [codePage, addressLengths] = await Promise.all([deps.target.codePage(), deps.target.addressLengths()]);
    const mapped = {
      ...draftDocument(shopOrder, deps.settings, { codePage, addressLengths, ...(skus ? { skus } : {}) }),
      order,
    };
    const written = await deps.target.createDocument(await hooks.before(mapped, shopOrder), asWritten(shopOrder));
    deps.log(
      {
        instance: deps.settings.instance,
        order,
        docId: written.docId,
        ticketNo: written.ticketNo,
        created: written.created,
      },
      written.created ? 'order document written' : 'order document was already there',
    );
    await hooks.after(
      {
        order,
        docId: written.docId,
        ticketNo: written.ticketNo,
        depositTicketNo: written.depositTicketNo ?? null,
        created: written.created,
      },
      shopOrder,
    );
    const store = await deps.target.observe(order);
    return {
      store,
      ...(written.changes.length > 0 ? { textChanges: written.changes } : {}),
      ...(written.notes === undefined ? {} : { notes: written.notes }),
    };
  },

  /** Key: order, kind of decision and what it is about, in cantus.decision. */
  async keepDecisions({ order, decided }) {
    return { decisions: await deps.notebook.keepDecisions(order, decided) };
  },

  /** Key: (instance, SKU) in cantus.item_rule; the same word twice is one rule. */
  async keepItemRule({ order, entityId, sku, itemNo, by }) {
    const { items } = await deps.shop.order(entityId);
    if (!items.some((item) => sameCode(tidy(item.sku), tidy(sku))))
      throw refused({
        code: 'skuNotInOrder',
        reason: 'unknownSku',
        order,
        field: 'sku',
        message: `Order ${order} has no product with the SKU "${sku}", so no rule was kept for it. Name the SKU as the shop has it.`,
      });
    await deps.target.keepItemRule({ sku: tidy(sku), itemNo: tidy(itemNo), decidedBy: by, order });
    deps.log({ instance: deps.settings.instance, order, sku, itemNo, by }, 'item rule kept');
  },

  /** Key: the document itself; one that is no longer as Cantus wrote it is left alone. */
  async removeDocument({ order }) {
    const removed = await deps.target.removeUntouched(order);
    deps.log({ instance: deps.settings.instance, order, removed }, 'untouched order document removed');
    return { store: await deps.target.observe(order) };
  },
});
