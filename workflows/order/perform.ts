import { log } from '@temporalio/workflow';
import type { Seen } from '../../activities/contract';
import type { Action, Problem } from '../../domain/order/steps';
import { shop, store } from '../policies';
import { problemFrom } from './failures';
import type { OrderLife } from './life';

/** Runs one activity and takes in what it saw; its failure becomes a problem that the next plan knows of. */
export async function attempt(
  life: OrderLife,
  key: string,
  run: () => Promise<Partial<Seen>>,
): Promise<Problem | undefined> {
  try {
    life.see(await run());
    life.succeeded(key);
    return undefined;
  } catch (error) {
    const problem = problemFrom(error, key, life.attemptsAt(key) + 1, Date.now(), life.rules);
    life.failed(problem);
    log.warn('step refused', { instance: life.input.instance, order: life.input.order, step: key, code: problem.code });
    return problem;
  }
}

/** One activity for each action of a plan; what is worth telling goes to the journal. */
export async function perform(life: OrderLife, action: Action): Promise<Partial<Seen>> {
  const { order, entityId } = life.input;
  const at = { order, entityId };
  switch (action.do) {
    case 'createDocument': {
      const { skus } = life.memory;
      const { textChanges, notes, ...seen } = await store.createDocument(skus ? { ...at, skus } : at);
      for (const change of textChanges ?? [])
        life.journal.note(
          `${change.field} was ${change.change} (${String(change.from)} → ${String(change.to)} characters).`,
        );
      for (const note of notes ?? []) life.journal.note(note);
      return seen;
    }
    case 'removeDocument':
      return await store.removeDocument(at);
    case 'setStatus': {
      const { do: _do, ...status } = action;
      return await shop.setStatus({ ...at, ...status });
    }
    case 'invoiceTicket': {
      const { do: _do, ...bill } = action;
      const seen = await shop.invoiceTicket({ ...at, ...bill });
      life.journal.note(`Ticket ${action.ticket.no} invoiced${action.capture ? ' and captured' : ''}.`);
      return seen;
    }
    case 'shipTicket': {
      const { do: _do, ...parcel } = action;
      const seen = await shop.shipTicket({ ...at, ...parcel });
      life.journal.note(
        `Ticket ${action.ticket.no} shipped${action.tracks.length > 0 ? ` with ${action.tracks.join(', ')}` : ''}.`,
      );
      return seen;
    }
    case 'addTracks': {
      const { do: _do, ...parcel } = action;
      const seen = await shop.addTracks({ ...at, ...parcel });
      life.journal.note(`Tracking ${action.tracks.join(', ')} added to ticket ${action.ticket.no}.`);
      return seen;
    }
    case 'cancelShopOrder':
      return await shop.cancelShopOrder(at);
  }
}
