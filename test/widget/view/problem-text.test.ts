import { en } from '../../../widget/text/en';
import { problemText } from '../../../widget/view/problem-text';

describe('what went wrong', () => {
  it('comes with the time at which somebody is there again', () => {
    const opensAt = new Date(2026, 10, 25, 9).toISOString();

    const line = problemText({ code: 'closed_now', retryable: false, opensAt }, en);

    expect(line).toMatch(/We are back Wednesday, November 25.*9:00 AM/);
  });

  it.each([
    [{ code: 'closed_now', retryable: false, opensAt: null }, en.problems.closed],
    [{ code: 'too_many_starts', retryable: true }, en.problems.busy],
    [{ code: 'twilio_unavailable', retryable: true }, en.problems.again],
    [{ code: 'origin_not_allowed', retryable: false }, en.problems.refused],
    [{ code: 'session_ended', retryable: false }, en.problems.over],
  ])('is said in words: %p', (problem, expected) => {
    expect(problemText(problem, en)).toBe(expected);
  });
});
