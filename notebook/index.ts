import type { Notebook } from '../domain/ports/notebook';
import { utcNow, type NotebookContext } from './context';
import { decisionsOf, endedByDecision, keepDecisions, keptDecisions } from './decisions';
import { confirmReceipt, receipts, taxes } from './figures';
import { register, retire } from './instances';
import { intend, noteRefusal, withdraw } from './intents';
import { dropItemRule, itemRules } from './item-rules';
import { migrate } from './migrate';
import { newTickets } from './new-tickets';
import { giveKeys, givenKeys } from './order-keys';
import { park, parked, rememberShop, shopFingerprints, unpark } from './parked';
import { alreadyTold, toldSince } from './told';
import { writtenOrder } from './written';

/** Opens the schema `cantus` of one instance's database. @param migrated called when its tables have changed */
export function openNotebook(context: NotebookContext, migrated: () => Promise<void>): Notebook {
  return {
    prepare: async () => {
      await migrate(context.engine);
      await migrated();
    },
    register: () => register(context, utcNow()),
    retire: (instance) => retire(context, instance),
    written: (order) => writtenOrder(context, order),
    itemRules: () => itemRules(context),
    dropItemRule: (sku) => dropItemRule(context, sku),
    givenKeys: (orders) => givenKeys(context, orders),
    giveKeys: (orders) => giveKeys(context, orders),
    rememberShop: (order, fingerprint) => rememberShop(context, order, fingerprint, utcNow()),
    shopFingerprints: (orders) => shopFingerprints(context, orders),
    intend: (order, kind, guid, instead) => intend(context, { order, kind, guid }, instead),
    withdraw: (order, kind, guid, sentAt) => withdraw(context, { order, kind, guid }, sentAt),
    noteRefusal: (order, kind, guid, sentAt) => noteRefusal(context, { order, kind, guid }, sentAt),
    park: (record) => park(context, record, utcNow()),
    unpark: (key) => unpark(context, key),
    parked: () => parked(context),
    receipts: () => receipts(context),
    confirmReceipt: (order) => confirmReceipt(context, order, utcNow()),
    taxes: (days) => taxes(context, days),
    alreadyTold: (notes) => alreadyTold(context, notes),
    toldSince: (since, kinds) => toldSince(context, since, kinds),
    newTickets: (changes) => newTickets(context, changes),
    keepDecisions: (order, decided) => keepDecisions(context, order, decided),
    keptDecisions: (order) => keptDecisions(context, order),
    decisionsOf: (orders) => decisionsOf(context, orders),
    endedByDecision: (orders) => endedByDecision(context, orders),
  };
}
