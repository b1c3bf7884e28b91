import { EMPTY_MEMORY, type Memory } from '../../../domain/order/remembered';
import { decisionsOf, mergeDecisions } from '../../../domain/order/decisions';
import { remember } from '../../../domain/order/memory';
import type { Problem } from '../../../domain/order/steps';

const problem: Problem = {
  action: 'invoiceTicket:A',
  reason: 'amountsDiffer',
  code: 'amountsDiffer',
  message: 'They differ.',
  attempts: 1,
  retryAt: null,
};

describe('what a person decided', () => {
  it('P-26 is told apart from what only this run knows', () => {
    const attention = { reason: 'amountsDiffer', message: '', repairs: [], action: 'invoiceTicket:A' } as const;
    const repair = { kind: 'acceptDifference' } as const;
    const refused = remember(EMPTY_MEMORY, { what: 'failed', problem });
    const memory = remember(refused, { what: 'repaired', repair, attention, seen: undefined });
    expect(memory).toMatchObject({ problems: [] });
    expect(decisionsOf({ ...memory, marked: true, told: [{ reason: 'amountsDiffer' }] } as Memory)).toEqual({
      offline: [],
      accepted: ['amountsDiffer:invoiceTicket:A'],
    });
  });

  it('P-26 comes back into an order that forgot it, and undoes nothing that was decided since', () => {
    const stored = decisionsOf({ ...EMPTY_MEMORY, skip: true, accepted: ['a'], skus: { X: '1', Y: '2' } });
    const memory: Memory = { ...EMPTY_MEMORY, problems: [problem], accepted: ['b'], skus: { X: '9' } };
    expect(mergeDecisions(memory, stored)).toEqual({
      problems: [problem],
      skip: true,
      offline: [],
      accepted: ['a', 'b'],
      skus: { X: '9', Y: '2' },
    });
  });
});
