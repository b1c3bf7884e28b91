import { CantusError } from '../../domain/errors';
import { fromStoreTime, startOfStoreDay, storeDay, toStoreTime } from '../../domain/time';
import fc from '../support/properties';

describe('times of the shop and of the store', () => {
  test.each([
    ['2026-03-11 15:42:07', '2026-03-11T11:42:07'],
    ['2026-03-11T15:42:07Z', '2026-03-11T11:42:07'],
    ['2026-03-11T15:42:07+02:00', '2026-03-11T09:42:07'],
  ])('C5-68 %s is read as UTC unless it says otherwise', (utc, local) => {
    expect(toStoreTime(utc, 'America/New_York')).toBe(local);
  });

  test.each([
    ['America/New_York', '2026-03-08 06:59:59', '2026-03-08T01:59:59'],
    ['America/New_York', '2026-03-08 07:00:00', '2026-03-08T03:00:00'],
    ['America/New_York', '2026-11-01 05:30:00', '2026-11-01T01:30:00'],
    ['America/New_York', '2026-11-01 06:30:00', '2026-11-01T01:30:00'],
    ['America/New_York', '2026-11-01 07:00:00', '2026-11-01T02:00:00'],
    ['Europe/Berlin', '2026-03-29 00:59:59', '2026-03-29T01:59:59'],
    ['Europe/Berlin', '2026-03-29 01:00:00', '2026-03-29T03:00:00'],
    ['Europe/Berlin', '2026-12-31 23:30:00', '2027-01-01T00:30:00'],
    ['Australia/Lord_Howe', '2026-04-04 15:00:00', '2026-04-05T01:30:00'],
    ['America/Phoenix', '2026-07-01 12:00:00', '2026-07-01T05:00:00'],
    ['Asia/Kolkata', '2026-07-01 12:00:00', '2026-07-01T17:30:00'],
  ])('C5-69 P-17 in %s, %s UTC is %s, across daylight-saving changes', (zone, utc, local) => {
    expect(toStoreTime(utc, zone)).toBe(local);
  });

  test('the store’s calendar day is not the UTC day late in the evening', () => {
    expect(storeDay('2026-07-02 02:00:00', 'America/New_York')).toBe('2026-07-01');
  });

  test.each([
    ['2026-11-01', 'America/New_York', '2026-11-01T04:00:00Z'],
    ['2026-11-02', 'America/New_York', '2026-11-02T05:00:00Z'],
    ['2026-03-08', 'America/New_York', '2026-03-08T05:00:00Z'],
    // Clocks jump at midnight: the day begins at 01:00.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00Z'],
  ])('the day %s begins in %s at %s', (day, zone, instant) => {
    expect(startOfStoreDay(day, zone)).toBe(instant);
  });

  test('the hour that autumn repeats is read as its first run', () => {
    expect(fromStoreTime('2026-11-01T01:30:00', 'America/New_York')).toBe('2026-11-01T05:30:00Z');
    expect(fromStoreTime('2026-11-01 02:00:00', 'America/New_York')).toBe('2026-11-01T07:00:00Z');
  });

  test('there and back is the same instant, save for the repeated hour, which is an hour early at most', () => {
    const zones = fc.constantFrom(
      'America/New_York',
      'Europe/Berlin',
      'Asia/Kolkata',
      'Pacific/Auckland',
      'America/St_Johns',
    );
    const instants = fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(zones, instants, (zone, date) => {
        const instant = `${date.toISOString().slice(0, 19)}Z`;
        const wall = toStoreTime(instant, zone);
        const back = fromStoreTime(wall, zone);
        expect(toStoreTime(back, zone)).toBe(wall);
        expect([0, 3_600_000]).toContain(Date.parse(instant) - Date.parse(back));
      }),
    );
  });

  test('an unknown zone names the setting; a date that is none is refused', () => {
    expect(() => toStoreTime('2026-01-01 00:00:00', 'Mars/Olympus')).toThrow(/Set timezone to/);
    expect(() => toStoreTime('yesterday', 'Europe/Berlin')).toThrow(CantusError);
    expect(() => startOfStoreDay('2026-02-30', 'Europe/Berlin')).toThrow(/2026-02-30/);
  });
});
