import { dayText, timeText } from '../../../widget/view/time';

const NOON = new Date(2026, 10, 24, 12).getTime();
const DAY_MS = 24 * 3_600_000;

describe('days', () => {
  it.each([
    [0, 'Today'],
    [1, 'Yesterday'],
    [2, 'Sunday, November 22'],
    [400, 'Monday, October 20, 2025'],
  ])('%i days ago is %s', (days, expected) => {
    expect(dayText(NOON - days * DAY_MS, 'en', NOON)).toBe(expected);
  });

  it.each([
    ['en-GB', 'Sunday 22 November', '12:00'],
    ['en-US', 'Sunday, November 22', '12:00 PM'],
    ['de-AT', 'Sonntag, 22. November', '12:00'],
  ])('and times are written as in %s', (language, day, time) => {
    const twoDaysAgo = NOON - 2 * DAY_MS;

    expect(dayText(twoDaysAgo, language, NOON)).toBe(day);
    expect(timeText(twoDaysAgo, language).replace('\u202f', ' ')).toBe(time);
  });

  it('are said in the language of the chat', () => {
    expect(dayText(NOON - DAY_MS, 'de', NOON)).toBe('Gestern');
  });
});
