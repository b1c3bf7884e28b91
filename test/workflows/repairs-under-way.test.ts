import type { Attention } from '../../domain/order/steps';
import { RepairsUnderWay } from '../../workflows/order/repairs-under-way';

const about = (ticket: string): Attention => ({
  reason: 'captureRefused',
  action: `invoiceTicket:${ticket}`,
  message: 'Refused.',
  repairs: ['retry', 'invoiceOffline', 'parcelHeld'],
});

describe('P-25 P-06 a repair that is under way', () => {
  const asked: { takenAt: number | null } = { takenAt: null };
  const repairs = new RepairsUnderWay();
  repairs.add('retry', about('A'), asked);

  it('keeps every other of its question waiting until it shows what came of it', () => {
    expect(repairs.refuse('retry', about('A'))).toMatch(/captureRefused was taken before and is still under way/);
    expect(repairs.refuse('invoiceOffline', about('A'))).not.toBeNull();
    repairs.settled(1);
    expect(repairs.refuse('retry', about('A'))).not.toBeNull();
    asked.takenAt = 1;
    repairs.settled(1);
    expect(repairs.refuse('retry', about('A'))).not.toBeNull();
    repairs.settled(2);
    expect(repairs.refuse('retry', about('A'))).toBeNull();
  });
});

it('P-25 a remark and a held parcel keep nobody waiting, nor does a repair of another question', () => {
  const repairs = new RepairsUnderWay();
  repairs.add('note', about('A'), { takenAt: null });
  repairs.add('parcelHeld', about('A'), { takenAt: null });
  expect(repairs.refuse('retry', about('A'))).toBeNull();
  repairs.add('retry', about('A'), { takenAt: null });
  expect(repairs.refuse('retry', about('B'))).toBeNull();
  expect(repairs.refuse('note', about('A'))).toBeNull();
  expect(repairs.refuse('parcelHeld', about('A'))).toBeNull();
});

it('P-25 a repair that came to nothing before it reached the order may be sent again', () => {
  const repairs = new RepairsUnderWay();
  const asked = { takenAt: null };
  repairs.add('mapSku', about('A'), asked);
  repairs.drop(asked);
  expect(repairs.refuse('mapSku', about('A'))).toBeNull();
});
