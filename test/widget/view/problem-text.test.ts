import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { en } from '../../../widget/text/en';
import { closedNow, problemText } from '../../../widget/view/problem-text';

describe('what went wrong', () => {
  it('has the time of the next opening', () => {
    const opensAt = new Date(2026, 10, 25, 9).toISOString();

    const line = problemText({ code: 'closed_now', retryable: false, opensAt }, en);

    expect(line).toMatch(/We’ll be back on Wednesday, November 25.*9:00 AM/);
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

  it('is known before the first word where a chat cannot be started now', () => {
    const hours = [
      { opensAt: '2026-11-25T09:00:00+01:00', closesAt: '2026-11-25T17:00:00+01:00' },
      { opensAt: '2026-11-26T09:00:00+01:00', closesAt: '2026-11-26T17:00:00+01:00' },
    ];
    const at = (now: string) => closedNow(hours, Date.parse(now))?.opensAt;

    expect(at('2026-11-25T08:59:00+01:00')).toBe(hours[0]!.opensAt);
    expect(at('2026-11-25T12:00:00+01:00')).toBeUndefined();
    expect(at('2026-11-25T17:00:00+01:00')).toBe(hours[1]!.opensAt);
    expect(at('2026-11-26T09:00:00+01:00')).toBeUndefined();
    // Nothing is known of the day after.
    expect(at('2026-11-26T17:00:00+01:00')).toBeUndefined();
    expect(closedNow([])?.opensAt).toBeNull();
    expect(closedNow(null)).toBeNull();
  });

  it('has words for every error of the HTTP API, and none of them for another', () => {
    const api = readFileSync(join(__dirname, '../../../docs/http-api.md'), 'utf8');
    const rows = [...api.matchAll(/^\| \d{3} +\| `(\w+)` +\| (yes|no)/gm)];
    const said = Object.fromEntries(
      rows.map(([, code, again]) => [code, problemText({ code: code!, retryable: again === 'yes' }, en)]),
    );

    const { over, refused, unreachable, again, defect, notHuman } = en.problems;
    const tells = (words: string): string[] => Object.keys(said).filter((code) => said[code] === words);
    expect(rows.length).toBeGreaterThan(15);
    expect(tells(over)).toEqual(['invalid_token', 'token_expired', 'session_ended']);
    expect(tells(refused)).toEqual(['origin_not_allowed', 'misconfigured']);
    expect(tells(notHuman)).toEqual(['human_check_failed']);
    expect(tells(unreachable)).toEqual([]);
    expect(tells(again)).toEqual(['twilio_unavailable', 'hook_unavailable', 'human_check_unavailable']);
    // No visitor's client meets them, the panel does not show them, or no form is shown where they could occur.
    expect(tells(defect).sort()).toEqual([
      'chat_not_claimable',
      'hook_error',
      'internal_error',
      'invalid_signature',
      'messages_not_taken',
      'twilio_error',
      'unsupported_content_type',
    ]);
  });
});
