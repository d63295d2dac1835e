import { dayText } from '../../../widget/view/time';

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

  it('are said in the language of the chat', () => {
    expect(dayText(NOON - DAY_MS, 'de', NOON)).toBe('Gestern');
  });
});
