import { INITIAL_STATE, type ChatState } from '../../../widget/state/model';
import { ar } from '../../../widget/text/ar';
import { de } from '../../../widget/text/de';
import { en } from '../../../widget/text/en';
import { es } from '../../../widget/text/es';
import { fr } from '../../../widget/text/fr';
import { pt } from '../../../widget/text/pt';
import { splitLinks } from '../../../widget/view/transcript/links';
import { problemText } from '../../../widget/view/problem-text';
import { transcriptText } from '../../../widget/view/transcript/transcript-text';
import { dayText } from '../../../widget/view/time';

const NOON = new Date(2026, 10, 24, 12).getTime();
const DAY_MS = 24 * 3_600_000;

describe('links in a message', () => {
  it.each([
    ['see https://example.com/a?b=1#c now', ['https://example.com/a?b=1#c']],
    ['http://example.com.', ['http://example.com']],
    ['(https://example.com/a_(b)), really', ['https://example.com/a_(b)']],
    ['write to help@example.com!', ['help@example.com']],
    ['mailto:help@example.com', ['mailto:help@example.com']],
  ])('are found in %p', (body, expected) => {
    const links = splitLinks(body).flatMap((part) => (typeof part === 'string' ? [] : [part.text]));

    expect(links).toEqual(expected);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'tel:+491234',
    'https://',
    'just words',
  ])('are nothing but http, https and mailto: not %p', (body) => {
    expect(splitLinks(body)).toEqual([body]);
  });

  it('leave every character of the text in its place', () => {
    const body = 'a https://example.com/x, b <b>c</b> help@example.com';

    const shown = splitLinks(body).map((part) => (typeof part === 'string' ? part : part.text));

    expect(shown.join('')).toBe(body);
  });
});

describe('the languages', () => {
  const tables = [ar, de, en, es, fr, pt];

  it.each(tables.map((table) => [table.language, table] as const))('leave no word out (%s)', (_, table) => {
    const words = Object.values({ ...table, ...table.problems }).filter((word) => typeof word === 'string');

    expect(words.filter((word) => word.trim() === '')).toEqual([]);
    expect(table.agentJoined('Ada')).toContain('Ada');
    expect(table.unread(3)).toContain('3');
    expect(table.problems.opens('Monday')).toContain('Monday');
  });

  it('do not repeat the English words', () => {
    const shared = tables
      .filter((table) => table !== en)
      .flatMap((table) =>
        Object.entries(table).filter(
          ([key, word]) => typeof word === 'string' && word.length > 8 && word === en[key as keyof typeof en],
        ),
      );

    expect(shared).toEqual([]);
  });
});

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

it('a saved transcript names who said what, and what happened', () => {
  const message = { kind: 'message', status: 'sent', at: NOON, attachments: [], progress: null } as const;
  const state: ChatState = {
    ...INITIAL_STATE,
    agents: [
      {
        participantSid: 'MB1',
        identity: 'grace',
        name: 'Grace',
        present: false,
        typing: false,
        lastReadIndex: 1,
      },
    ],
    items: [
      { ...message, key: 'a', author: 'visitor', authorIdentity: null, body: 'hello', index: 0 },
      { kind: 'notice', key: 'b', notice: 'agentJoined', name: 'Grace', at: NOON },
      { ...message, key: 'c', author: 'agent', authorIdentity: 'grace', body: 'Hi', index: 1 },
      { ...message, key: 'd', author: 'agent', authorIdentity: null, body: 'One moment', index: 2 },
    ],
  };

  const lines = transcriptText(state, en).trimEnd().split('\n');

  expect(lines.map((line) => line.split('  ')[1])).toEqual([
    'You: hello',
    'Grace has joined the chat',
    'Grace: Hi',
    'Automatic message: One moment',
  ]);
});
