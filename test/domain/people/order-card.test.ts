import { orderCard, type OrderView } from '../../../domain/people/order-view';

const refused: OrderView['attention'] = {
  reason: 'captureRefused',
  message: 'Order 000000012: the payment of ticket 000000012-01 was declined.',
  since: '2026-11-22T10:00:00.000Z',
  repairs: ['retry', 'invoiceOffline'],
  severity: 'urgent',
  owner: 'merchant',
  deadline: '2026-11-22T14:00:00.000Z',
  ticket: 'HD-7',
  notShown: null,
};

const view: OrderView = {
  order: '000000012',
  state: 'partially_released',
  attention: refused,
  also: ['Another thing.'],
  waitingFor: 'shop',
  counterpoint: { docId: '9001', ticketNo: '000000012' },
  tickets: [],
  timeline: [{ at: '2026-11-22T10:00:00.000Z', what: 'Found in the shop.' }],
};

describe('the card of an order in the Temporal UI', () => {
  test('X-07 says what happened, whose move it is, and what each repair does and how it is sent', () => {
    const card = orderCard(view);
    expect(card).toContain('**Needs attention (captureRefused) since 2026-11-22 10:00');
    expect(card).toContain('the payment of ticket 000000012-01 was declined');
    expect(card).toContain('Another thing.');
    expect(card).toMatch(/Whose move: merchant, until 2026-11-22 14:00.*Ticket HD-7/);
    expect(card).toContain('`cantus orders repair 000000012 KIND`');
    expect(card).toContain('- `retry`: The charge is sent once more: look at the payment provider first.');
    expect(card).toContain('- `invoiceOffline`: The ticket is invoiced in the shop without charging anybody');
  });

  test('an order that needs nobody says what it waits for, and offers nothing', () => {
    const card = orderCard({ ...view, attention: null, also: [], waitingFor: 'release' });
    expect(card).toContain('Waiting for the store to release it in Counterpoint.');
    expect(card).not.toContain('What can be done');
  });
});
