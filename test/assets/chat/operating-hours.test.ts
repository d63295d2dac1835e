import { nextOpenHours, nextOpening } from '../../../src/assets/chat/operating-hours.private';
import type { Config } from '../../../src/assets/settings/config.private';
import { parseHolidays, parseWeeklyHours } from '../../../src/assets/settings/weekly-hours.private';

const settings = (hours: string, zone = 'Europe/Berlin', holidays?: string) =>
  ({
    OPERATING_HOURS: parseWeeklyHours(hours),
    OPERATING_TIME_ZONE: zone,
    OPERATING_HOLIDAYS: holidays && parseHolidays(holidays),
  }) as unknown as Config;
const opening = (config: Config, now: string) => nextOpening(config, Date.parse(now));

describe('operating hours', () => {
  const office = settings('Mo-Fr 09:00-17:30, Sa 10:00-14:00');

  it.each([
    ['before the first minute', '2026-11-23T08:59:59+01:00', '2026-11-23T09:00:00+01:00'],
    ['in the first minute', '2026-11-23T09:00:00+01:00', 'now'],
    ['in the last minute', '2026-11-23T17:29:59+01:00', 'now'],
    ['when it closes', '2026-11-23T17:30:00+01:00', '2026-11-24T09:00:00+01:00'],
    ['after the week', '2026-11-28T14:00:00+01:00', '2026-11-30T09:00:00+01:00'],
    ['seen from another zone', '2026-11-23T02:30:00-05:00', '2026-11-23T09:00:00+01:00'],
  ])('%s', (_name, now, expected) => {
    expect(opening(office, now)).toBe(expected);
  });

  it('exclude holidays', () => {
    const config = settings('Mo-Fr 09:00-17:00', 'Europe/Berlin', '2026-12-25, 2026-12-28');

    expect(opening(config, '2026-12-24T18:00:00+01:00')).toBe('2026-12-29T09:00:00+01:00');
  });

  it.each([
    ['in spring', '2027-03-27T12:00:00+01:00', '2027-03-28T09:00:00+02:00'],
    ['in autumn', '2026-10-24T12:00:00+02:00', '2026-10-25T09:00:00+01:00'],
  ])('follow the wall clock when clocks change %s', (_name, now, expected) => {
    expect(opening(settings('Su 09:00-12:00'), now)).toBe(expected);
  });

  it('can extend over midnight, and over the weekend', () => {
    const night = settings('Fr-Mo 22:00-02:00');

    expect(opening(night, '2026-11-24T01:59:00+01:00')).toBe('now');
    expect(opening(night, '2026-11-24T02:00:00+01:00')).toBe('2026-11-27T22:00:00+01:00');
  });

  it('can be the whole day', () => {
    expect(opening(settings('Mo 00:00-24:00'), '2026-11-23T23:59:59+01:00')).toBe('now');
    expect(opening(settings('Mo 00:00-24:00'), '2026-11-24T00:00:00+01:00')).toBe(
      '2026-11-30T00:00:00+01:00',
    );
  });

  it('add up when a day has several', () => {
    const config = settings('Mo 14:00-18:00, Mo 09:00-12:00');

    expect(opening(config, '2026-11-23T08:00:00+01:00')).toBe('2026-11-23T09:00:00+01:00');
    expect(opening(config, '2026-11-23T13:00:00+01:00')).toBe('2026-11-23T14:00:00+01:00');
  });

  it('may have no further opening', () => {
    const every = Array.from({ length: 60 }, (_, week) =>
      new Date(Date.parse('2026-11-23') + week * 7 * 86_400_000).toISOString().slice(0, 10),
    );

    expect(
      opening(settings('Mo 09:00-17:00', 'UTC', every.join(',')), '2026-11-22T12:00:00Z'),
    ).toBeUndefined();
  });

  it('are returned in advance, including the current ones', () => {
    const config = settings('Fr 22:00-02:00, Sa 01:00-03:00', 'Europe/Berlin', '2026-11-27');

    expect(nextOpenHours(config, Date.parse('2026-11-28T02:30:00+01:00'), 3)).toEqual([
      { opensAt: '2026-11-28T01:00:00+01:00', closesAt: '2026-11-28T03:00:00+01:00' },
      { opensAt: '2026-12-04T22:00:00+01:00', closesAt: '2026-12-05T02:00:00+01:00' },
      { opensAt: '2026-12-05T01:00:00+01:00', closesAt: '2026-12-05T03:00:00+01:00' },
    ]);
  });

  it('are unlimited if none are set', () => {
    expect(nextOpening({} as Config, 0)).toBe('now');
  });

  it.each([
    '',
    'Mo',
    'Mo 9:00-17:00',
    'Mo 09:00-25:00',
    'Mo 09:60-10:00',
    'Xx 09:00-10:00',
    'Mo-Xx 09:00-10:00',
  ])('refuse "%s"', (text) => {
    expect(() => parseWeeklyHours(text)).toThrow(/^must /);
  });

  it.each(['', '25.12.2026', '2026-13-01'])('reject the holiday "%s"', (text) => {
    expect(() => parseHolidays(text)).toThrow(/^must /);
  });
});
