/** For each parameter of the Functions: valid values, where it is required, and values that must be rejected. */
import { parametersOf } from './functions';
import { userToken } from './tokens';

const NUL = '\u0000';
const RLO = '\u202e';
const HALF_A_PAIR = '\ud83d';

/** The setting with which `rightParams` is right. */
export const HOST_SITE = { USER_TOKEN_SECRET: 'the host site shares this secret' };

/** Only the required parameters, so that only the tested one can be invalid. */
export function rightParams(
  path: string,
  { token, conversationSid }: { token: string; conversationSid: string },
): Record<string, unknown> {
  const right: Record<string, unknown> = {
    token,
    userToken: userToken(HOST_SITE.USER_TOKEN_SECRET),
    conversationSid,
    body: 'hello',
    rating: 4,
    friendlyName: 'Ada L.',
    contact: 'ada@example.com',
    message: 'Please call me back.',
    messageId: 'm-1',
  };
  const needed = parametersOf(path).filter(({ name, isRequired }) => isRequired || name === 'token');
  return Object.fromEntries(
    needed.map(({ name }) => {
      if (right[name] === undefined) throw new Error(`Add a valid value for ${name}`);
      return [name, right[name]];
    }),
  );
}

const NO_TOKENS: [what: string, value: unknown][] = [
  ['a number', 7],
  ['nothing', ''],
  ['null', null],
  ['a list', ['x']],
];
const BAD_TEXTS: [what: string, value: unknown][] = [
  ['a number', 7],
  ['an object', { text: 'x' }],
  ['nothing', ''],
  ['blanks', ' \n\t '],
  ['1,601 characters', 'x'.repeat(1601)],
  ['NUL', `hello${NUL}`],
  ['a bidi override', `hello${RLO}`],
  ['half a surrogate pair', `hello${HALF_A_PAIR}`],
];

const tooLong = 'x'.repeat(257);
export const preChatOf = (bytes: number) =>
  Object.fromEntries(Array.from({ length: Math.ceil(bytes / 1000) }, (_, i) => [`k${i}`, 'x'.repeat(1000)]));
const BAD_NAMES: [what: string, value: unknown][] = [
  ['a number', 7],
  ['null', null],
  ['an object', { first: 'Ada' }],
  ['a list', ['Ada']],
  ['nothing', ''],
  ['blanks', '   '],
  ['257 characters', tooLong],
  ['64 KB', 'x'.repeat(65_536)],
  ['a line break', 'Ada\r\nL.'],
  ['NUL', `Ada${NUL}`],
  ['an escape sequence', 'Ada\u001b[31m'],
  ['a bidi override', `Ada${RLO}lgnp.exe`],
  ['a bidi isolate', 'Ada\u2066'],
  ['half a surrogate pair', `Ada${HALF_A_PAIR}`],
];
const BAD_ANSWERS: [what: string, value: unknown][] = [
  ['text', 'refund'],
  ['a list', ['refund']],
  ['a number', 7],
  ['a nested object', { topic: { deep: 'x' } }],
  ['a value that is not text', { topic: 7 }],
  ['a key with blanks', { 'my topic': 'x' }],
  ['an empty key', { '': 'x' }],
  ['a key of 65 characters', { ['k'.repeat(65)]: 'x' }],
  ['the key constructor', { constructor: 'x' }],
  ['the key toString', { toString: 'x' }],
  ['a name that bypasses the rules for names', { friendlyName: 'Ada' }],
  ['51 keys', Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, 'x']))],
  ['more than 16 KB together', preChatOf(16_400)],
  ['NUL in a value', { topic: NUL }],
  ['a bidi override in a value', { topic: RLO }],
  ['half a surrogate pair in a value', { topic: HALF_A_PAIR }],
];
/** In the form of examples/webchat-react-app a blank field is left out, and the name stands among the answers. */
const BAD_FORMS: [what: string, value: unknown][] = [
  ...BAD_ANSWERS.filter(([what]) => !what.startsWith('a name that bypasses')),
  ...Object.entries({ friendlyName: BAD_NAMES, query: BAD_TEXTS }).flatMap(([name, values]) =>
    values
      .filter(([, value]) => typeof value !== 'string' || value.trim() !== '')
      .map(([what, value]): [string, unknown] => [`${what} as ${name}`, { [name]: value }]),
  ),
];
export const BAD_VALUES: Record<string, [what: string, value: unknown][]> = {
  token: NO_TOKENS,
  userToken: NO_TOKENS,
  humanCheck: [...NO_TOKENS, ['4,097 characters', 'x'.repeat(4097)]],
  platform: [
    ['a number', 7],
    ['null', null],
    ['nothing', ''],
    ['a list', ['ios']],
    ['capital letters', 'IOS'],
    ['33 characters', 'x'.repeat(33)],
    ['a name that every object has', 'constructor'],
    ['a line break at the end', 'ios\n'],
    ['a platform without a Credential', 'windows'],
  ],
  friendlyName: BAD_NAMES,
  preChat: BAD_ANSWERS,
  formData: BAD_FORMS,
  body: BAD_TEXTS,
  message: BAD_TEXTS,
  contact: [
    ['a number', 7],
    ['null', null],
    ['a list', ['ada@example.com']],
    ['nothing', ''],
    ['blanks', '   '],
    ['a name', 'Ada'],
    ['an address without a domain', 'ada@localhost'],
    ['two addresses', 'ada@example.com, eve@example.com'],
    ['a header', 'ada@example.com\r\nBcc: eve@example.com'],
    ['four digits', '0049'],
    ['sixteen digits', '1234567890123456'],
    ['255 characters', `${'x'.repeat(243)}@example.com`],
    ['NUL', `ada${NUL}@example.com`],
    ['a bidi override', `ada${RLO}@example.com`],
    ['half a surrogate pair', `ada${HALF_A_PAIR}@example.com`],
  ],
  messageId: [
    ['a number', 7],
    ['nothing', ''],
    ['65 characters', 'x'.repeat(65)],
    ['blanks', 'a b'],
    ['a line break at the end', 'm-1\n'],
    ['a quote', '"'],
  ],
  rating: [
    ['nothing', ''],
    ['null', null],
    ['true', true],
    ['zero', 0],
    ['six', 6],
    ['a negative number', -1],
    ['a fraction', 4.5],
    ['a word', 'five'],
    ['a digit with a blank', '5 '],
    ['two digits', '10'],
    ['a list', [5]],
    ['an object', { valueOf: 5 }],
  ],
  comment: [
    ['a number', 7],
    ['null', null],
    ['an object', { text: 'x' }],
    ['nothing', ''],
    ['blanks', ' \n '],
    ['501 characters', 'x'.repeat(501)],
    ['a megabyte', 'x'.repeat(1_000_000)],
    ['NUL', `fine${NUL}`],
    ['a bidi override', `fine${RLO}`],
    ['half a surrogate pair', `fine${HALF_A_PAIR}`],
  ],
  conversationSid: [
    ['a number', 7],
    ['nothing', ''],
    ['null', null],
    ['a list', [`CH${'0'.repeat(32)}`]],
  ],
};
