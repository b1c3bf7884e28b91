import type { Columns } from '../../../database/columns';
import type { Statement } from '../../../database/engine';
import { finishedOrders, finishedOrdersAudit } from './finished-orders';
import { orderAudit } from './order-audit';
import { changedLines } from './order-lines';
import { changedDeposits, changedStatus } from './order-status';
import { postedTicketTracks } from './posted-ticket-tracks';
import { postedTickets, unlinkedPostedTickets } from './posted-tickets';
import type { Ask, Days, Documents, Orders, Question } from './question';
import { reinstatedOrders } from './reinstated-orders';
import { savedTicketTracks } from './saved-ticket-tracks';
import { savedTickets } from './saved-tickets';
import { unlinkedTickets } from './unlinked-tickets';
import { voidedTickets } from './voided-tickets';

const POSTED_TRACKS = 'dbo.PS_TKT_HIST_PKG_TRK_NO';

/** What every pass asks: the release tickets that are not posted. */
export const quickQuestions = (ask: Ask): Statement[] => [
  savedTickets(ask),
  savedTicketTracks(ask),
  voidedTickets(ask),
];

/** What happened on some business days. */
export const historyQuestions = (ask: Ask, columns: Columns, days: Days): Statement[] =>
  asked<Days>(ask, days, [
    postedTickets,
    unlinkedPostedTickets,
    ...(columns.has(POSTED_TRACKS) ? [postedTicketTracks] : []),
    finishedOrdersAudit,
    finishedOrders,
  ]);

/** What happened to some of our open orders themselves. */
export const orderQuestions = (ask: Ask, orders: Orders): Statement[] =>
  asked<Orders>(ask, orders, [orderAudit, changedLines, changedDeposits, changedStatus]);

/** What some of the unposted documents say that no link leads to. */
export const documentQuestions = (ask: Ask, documents: Documents): Statement[] =>
  asked<Documents>(ask, documents, [unlinkedTickets, reinstatedOrders]);

const asked = <Part>(ask: Ask, part: Part, questions: readonly Question<Part>[]): Statement[] =>
  questions.map((question) => question(ask, part));
