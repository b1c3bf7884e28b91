import { healthOf, silentSince, type HealthFacts, type PassFact, type ScheduleFact } from '../../domain/people/health';
import { SCHEDULE_KINDS } from '../../domain/identities';

const NOW = '2026-11-20T15:00:00.000Z';
const SETTINGS = {
  instance: 'acme',
  silence: { expectOrderEvery: 6 * 3_600, between: '08:00-22:00' },
  schedules: { import: 60, watchCounterpoint: 30, watchMagento: 300, census: '06:00' },
};
const schedules = (over: Partial<ScheduleFact> = {}): ScheduleFact[] =>
  SCHEDULE_KINDS.map((kind) => ({
    kind,
    exists: true,
    paused: false,
    createdAt: '2026-11-01T00:00:00.000Z',
    lastSuccess: '2026-11-20T14:59:00.000Z',
    passes: [],
    ...over,
  }));
const facts = (over: Partial<HealthFacts> = {}): HealthFacts => ({
  now: NOW,
  ordersCame: true,
  schedules: schedules(),
  clocks: [],
  ...over,
});
const codes = (over: Partial<HealthFacts>): string[] =>
  healthOf(facts(over), SETTINGS).map(({ code, about }) => `${code} ${about}`);

describe('silence', () => {
  const since = (now: string, between = '08:00-22:00', hours = 6): string | null =>
    silentSince(now, { expectOrderEvery: hours * 3_600, between }, 'America/New_York');

  it('P-20 counts only the hours in which orders are expected, by the store’s own clock', () => {
    // 16:00 in New York: six hours of today.
    expect(since('2026-11-20T21:00:00Z')).toBe('2026-11-20T15:00:00.000Z');
    // 10:00: two hours of today and the last four of yesterday, 18:00 to 22:00.
    expect(since('2026-11-20T15:00:00Z')).toBe('2026-11-19T23:00:00.000Z');
  });

  it('P-20 is no alarm outside those hours', () => {
    expect(since('2026-11-20T12:59:00Z')).toBeNull();
    expect(since('2026-11-21T03:00:00Z')).toBeNull();
    expect(since('2026-11-21T02:59:00Z')).not.toBeNull();
  });

  it('P-20 knows hours that go past midnight', () => {
    expect(since('2026-11-20T07:00:00Z', '20:00-04:00', 3)).toBe('2026-11-20T04:00:00.000Z');
    expect(since('2026-11-20T01:30:00Z', '20:00-04:00', 3)).toBe('2026-11-19T06:30:00.000Z');
    expect(since('2026-11-20T12:00:00Z', '20:00-04:00', 3)).toBeNull();
  });

  it('P-20 a day on which the clocks change has its real length', () => {
    // 2026-11-01: the night from 22:00 to 08:00 is eleven hours long; 10:00 is 15:00 UTC.
    expect(since('2026-11-01T15:00:00Z')).toBe('2026-10-31T22:00:00.000Z');
  });

  it('P-20 more hours than a day has reach back over several days', () => {
    expect(since('2026-11-20T15:00:00Z', '08:00-10:30', 6)).toBe('2026-11-18T14:00:00.000Z');
  });

  it('P-20 raises the alarm only when an order was expected and none came', () => {
    expect(codes({ ordersCame: false })).toEqual(['noOrders shop']);
    expect(codes({ ordersCame: null })).toEqual([]);
    expect(healthOf(facts({ ordersCame: false }), { ...SETTINGS, silence: null })).toEqual([]);
  });
});

describe('the passes', () => {
  it('P-04 P-20 an instance whose passes succeed has nothing to say', () => {
    expect(codes({})).toEqual([]);
  });

  it('P-20 names passes that have not succeeded for ten of their intervals, and five minutes at least', () => {
    const at = (lastSuccess: string): string[] => codes({ schedules: schedules({ lastSuccess }) });
    expect(at('2026-11-20T14:55:00.000Z')).toEqual([]);
    expect(at('2026-11-20T14:54:00.000Z')).toEqual(['passesFail watch-counterpoint']);
    expect(at('2026-11-20T14:49:00.000Z')).toEqual(['passesFail import', 'passesFail watch-counterpoint']);
    expect(at('2026-11-20T14:00:00.000Z')).toEqual([
      'passesFail import',
      'passesFail watch-counterpoint',
      'passesFail watch-magento',
    ]);
    expect(at('2026-11-18T12:00:00.000Z')).toHaveLength(4);
  });

  it('P-20 passes that never succeeded are late from the day their schedule was made', () => {
    expect(codes({ schedules: schedules({ lastSuccess: null }) })).toHaveLength(4);
    expect(codes({ schedules: schedules({ lastSuccess: null, createdAt: NOW }) })).toEqual([]);
  });

  describe('three in a row', () => {
    const pass = (end: PassFact['end'], tookMs = 2_000): PassFact => ({ end, tookMs });
    const [done, failed, slow] = [pass('done'), pass('failed'), pass('done', 400_000)];
    const found = (...passes: readonly PassFact[]): readonly string[] => codes({ schedules: schedules({ passes }) });
    const ALL = ['passesFail import', 'passesFail watch-counterpoint', 'passesFail watch-magento'];

    it('P-27 names passes of which the last three failed, however short ago one succeeded', () => {
      expect(found(failed, failed, failed, done)).toEqual(ALL);
      expect(found(failed, failed, done)).toEqual([]);
      expect(found(failed, failed)).toEqual([]);
    });

    it('P-27 names passes of which the last three took longer than their own interval, or failed', () => {
      expect(found(slow, slow, slow)).toEqual(ALL);
      expect(found(failed, slow, failed)).toEqual(ALL);
      expect(found(pass('working', 400_000), slow, slow)).toEqual(ALL);
      const minute = pass('done', 40_000);
      expect(found(minute, minute, minute)).toEqual(['passesFail watch-counterpoint']);
    });

    it('P-27 says which of both it was', () => {
      const said = (...passes: readonly PassFact[]): string | undefined =>
        healthOf(facts({ schedules: schedules({ passes }).slice(0, 1) }), SETTINGS)[0]?.message;
      expect(said(failed, failed, failed)).toBe('The last three passes of the schedule import failed.');
      expect(said(slow, slow, slow)).toBe(
        'The last three passes of the schedule import took longer than their interval.',
      );
      expect(said(failed, slow, slow)).toBe(
        'The last three passes of the schedule import failed or took longer than their interval.',
      );
    });

    it('P-27 one that goes well is the end of it, and one that is at work says nothing yet', () => {
      expect(found(done, failed, failed, failed)).toEqual([]);
      expect(found(pass('working'), failed, failed, failed)).toEqual(ALL);
      expect(found(pass('working'), failed, failed, done)).toEqual([]);
    });

    it('P-19 P-27 passes that met an outage are told as an outage alone', () => {
      expect(found(pass('outage'), pass('outage', 400_000), pass('outage'), done)).toEqual([]);
    });

    it('P-27 a census has a day for itself', () => {
      const census = schedules({ passes: [slow, slow, slow] }).filter(({ kind }) => kind === 'census');
      expect(codes({ schedules: census })).toEqual([]);
    });
  });

  it('P-20 names a paused and a missing schedule, but not an instance that runs on demand', () => {
    const [first, ...others] = schedules();
    if (!first) throw new Error('no schedule');
    expect(codes({ schedules: [{ ...first, paused: true }, ...others] })).toEqual(['schedulePaused import']);
    expect(codes({ schedules: [{ ...first, exists: false }, ...others] })).toEqual(['scheduleMissing import']);
    expect(codes({ schedules: schedules({ exists: false }) })).toEqual([]);
  });
});

describe('the watermark', () => {
  const mark = (since: string | null, firstPass = false): string[] => codes({ watermark: { since, firstPass } });
  it('P-20 is missed when a later pass does not know how far the one before had come', () => {
    expect(mark(null)).toEqual(['watermarkLost watch-magento']);
    expect(mark(null, true)).toEqual([]);
  });
  it('P-20 is named when it had stood still for more than an hour', () => {
    expect(mark('2026-11-20T14:01:00.000Z')).toEqual([]);
    expect(mark('2026-11-20T13:00:00.000Z')).toEqual(['watermarkOld watch-magento']);
  });
});

it('P-20 a clock that is more than two minutes off is named with its system and direction', () => {
  expect(
    codes({
      clocks: [
        { of: 'shop', aheadMs: 119_000 },
        { of: 'counterpoint', aheadMs: -119_000 },
      ],
    }),
  ).toEqual([]);
  const [shop, store] = healthOf(
    facts({
      clocks: [
        { of: 'shop', aheadMs: 600_000 },
        { of: 'counterpoint', aheadMs: -600_000 },
      ],
    }),
    SETTINGS,
  );
  expect(shop?.message).toBe('The clock of the shop is 10 minutes ahead of the worker’s.');
  expect(store?.message).toBe('The clock of the Counterpoint server is 10 minutes behind the worker’s.');
});
