/** Everything in the widget that reads what strangers write, fed with as much as a message can hold and more. */
import type { ChatMessage, ChatState, TranscriptItem } from '../../widget/state/model';
import { INITIAL_STATE } from '../../widget/state/model';
import { en } from '../../widget/text/en';
import { authorName, userName } from '../../widget/transport/display-name';
import { ownerOf } from '../../widget/transport/owner';
import { plainName, plainText } from '../../widget/transport/plain-text';
import { attachmentText, fileProblemText, messageText } from '../../widget/view/files/file-text';
import { toInline } from '../../widget/view/transcript/inline-text';
import { splitLinks, toLink } from '../../widget/view/transcript/links';
import { toBlocks, withoutMarks } from '../../widget/view/transcript/rich-text';
import { transcriptText } from '../../widget/view/transcript/transcript-text';
import { growthOf } from '../support/growth';

const LENGTH = 100_000;

/** What one of them repeats is the bad case of another kind of program: of a search from every start, of nesting, of closing. */
const SHAPES = [
  ...[
    'a',
    'a.',
    'a@',
    '@',
    'a@a.',
    '.@',
    '-',
    ' ',
    '\t',
    '\n',
    '\r\n',
    '\u202e',
    '\u200b',
    '\u0000',
    '😀',
    'é',
    '。',
    '\ud800',
  ],
  ...[
    'http',
    'https://',
    'https://a',
    'https://a/(',
    'https://a)',
    'https://a@',
    'https://a.,',
    'http://[',
    'https://a?',
    'xn--',
  ],
  ...['www.', 'www.a.', 'mailto:', 'mailto:a@a.', 'tel:', 'tel:1', 'tel:1-'],
  ...[
    '(',
    ')',
    '()',
    '[',
    ']',
    '[]',
    '[a',
    '[a]',
    '[a](',
    '[a](b',
    '[a](https://a',
    '](',
    '![',
    '<',
    '<a ',
    '&amp;',
  ],
  ...['*', '**', '***', '*a ', ' *a', '**a ', '_', '__', '_a ', '`', '``', '`a', '**a*', '*a**', '~~', '\\'],
  ...['- ', '- a\n', '-\n', '1. a\n', '1.', '9', '```\n', '```a\n', '```\na\n', '> ', '# a\n', '_40', 'a_40'],
];

const ITEM = {
  kind: 'message',
  author: 'agent',
  authorKey: 'author-1',
  status: 'sent',
  progress: null,
  content: null,
  answer: null,
} as const;

function aMessage(body: string): ChatMessage {
  const file = { key: 'ME1', name: body, type: 'image/png', size: 1, link: null };
  return { ...ITEM, key: 'IM1', name: body, body, attachments: [file], at: 0, index: 0 };
}

function aState(body: string): ChatState {
  const notice = {
    kind: 'notice',
    key: 'n',
    notice: 'agentJoined',
    authorKey: 'a',
    name: body,
    at: 0,
  } as const;
  const items: TranscriptItem[] = [aMessage(body), { ...aMessage(body), author: 'visitor' }, notice];
  return { ...INITIAL_STATE, items };
}

const LIMITS = { maxBytes: 1, maxCount: 1, types: '*/*' };

/** By their names, all of them. */
const READERS: Record<string, (text: string) => unknown> = {
  splitLinks,
  toLink,
  toInline,
  toBlocks,
  withoutMarks,
  plainText,
  plainName,
  authorName,
  'userName of a name': (text) => userName(text, 'ada_40example_2Ecom'),
  'userName of an identity': (text) => userName('Ada', text),
  'userName of both': (text) => userName(text, text),
  messageText: (text) => messageText(aMessage(text), en, ', '),
  attachmentText: (text) => attachmentText(aMessage(text).attachments[0]!, en),
  fileProblemText: (text) => fileProblemText({ name: text, reason: 'empty' }, LIMITS, en),
  transcriptText: (text) => transcriptText(aState(text), en),
};

describe('what strangers write', () => {
  it.each(Object.entries(READERS))('is read in a time that grows with its length: %s', (_, read) => {
    const slow = SHAPES.map((shape) => ({ shape, growth: growthOf(read, shape, LENGTH) }));

    expect(slow.filter(({ growth }) => growth > 0)).toEqual([]);
  });

  it('has what one shape begins and another never ends, in all their pairs', () => {
    // Each is drawn without an error; the measurements above cover the length.
    for (const one of SHAPES) for (const other of SHAPES) withoutMarks(one.repeat(40) + other.repeat(40));
  });

  it('names the user in a token of any length', async () => {
    for (const shape of SHAPES) expect(await ownerOf(`x.${shape.repeat(10_000)}.x`)).toBe('unreadable');
  });
});
