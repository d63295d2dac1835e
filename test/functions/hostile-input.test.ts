/** What must not get through, each at every Function that takes it: a structured refusal, and Twilio is not asked. */
import { failureOf, useFunctions, type StartedChat } from '../support/functions-world';

const PATHS = [
  '/token',
  '/start-chat',
  '/create-conversation',
  '/add-participant',
  '/add-webhook',
  '/send-message',
  '/end-chat',
  '/rate-chat',
];
/** Those that act on a Conversation, which must be the caller's own. */
const OWN_CONVERSATION = ['/add-participant', '/add-webhook', '/send-message', '/end-chat', '/rate-chat'];
const NUL = '\u0000';
const RLO = '\u202e';
const HALF_A_PAIR = '\ud83d';

describe('hostile input', () => {
  const world = useFunctions();
  let chat: StartedChat;

  beforeEach(async () => {
    chat = await world.aChat();
    world.takeCalls();
    world.takeLog();
  });

  /** Everything that the Function needs, so that only the parameter under test can be wrong. */
  const rightParams = (path: string): Record<string, unknown> => ({
    token: chat.token,
    ...(OWN_CONVERSATION.includes(path) && {
      conversationSid: chat.conversationSid,
    }),
    ...(path === '/send-message' && { body: 'hello' }),
    ...(path === '/rate-chat' && { rating: 4 }),
  });

  it.each(PATHS)(
    '%s takes what is right, so that the refusals below are about what is wrong',
    async (path) => {
      expect((await world.post(path, rightParams(path))).status).toBeLessThan(300);
    },
  );

  describe.each(PATHS)('at %s', (path) => {
    it.each([
      ['an unknown parameter', { role: 'admin' }],
      ['an identity', { identity: 'customer' }],
      ['an author', { author: 'agent' }],
      ['a Flow', { flowSid: `FW${'1'.repeat(32)}` }],
      ['a Service', { serviceSid: `IS${'1'.repeat(32)}` }],
      ['the parameter constructor', { constructor: { prototype: {} } }],
      ['the parameter toString', { toString: 'x' }],
      ['the parameter hasOwnProperty', { hasOwnProperty: 'x' }],
      ['a request of its own', { request: 'x' }],
      ['a request with headers', { request: { headers: { origin: 'x' } } }],
      ['a request that is a list', { request: [] }],
      ['a thousand parameters', Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`k${i}`, 1]))],
      ['an array for a token', { token: ['x'] }],
    ])('%s', async (_case, params) => {
      const answer = await world.post(path, { ...rightParams(path), ...params });

      expect(failureOf(answer)).toBe('400 invalid_request');
      expect(world.takeCalls()).toEqual([]);
    });

    it.each([
      ['__proto__ with a token', `{"__proto__":{"token":"x"}}`],
      ['__proto__ with a request', `{"__proto__":{"request":{"headers":{}}}}`],
      ['a list', '[1,2,3]'],
      ['a depth of 5,000', `{"friendlyName":${'['.repeat(5000)}${']'.repeat(5000)}}`],
      ['a depth of 5,000 in the token', `{"token":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`],
    ])('a body with %s', async (_case, body) => {
      expect(failureOf(await world.post(path, body))).toBe('400 invalid_request');
      expect(world.takeCalls()).toEqual([]);
    });

    it('a body that is no JSON never reaches the Function', async () => {
      const response = await fetch(world.functions.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: world.functions.url },
        body: '{"token":',
      });

      expect(response.status).toBe(400);
      expect(world.takeLog()).toEqual([]);
      expect(world.takeCalls()).toEqual([]);
    });

    it.each(['request=hacked', 'request[headers][origin]=x', 'constructor=x', '__proto__=x', 'identity=x'])(
      'the query ?%s',
      async (query) => {
        const answer = await world.post(`${path}?${query}`, rightParams(path));

        // Express drops __proto__ from queries by itself; what is left is an ordinary request.
        if (query.startsWith('__proto__')) expect(answer.status).toBeLessThan(300);
        else {
          expect(failureOf(answer)).toBe('400 invalid_request');
          expect(world.takeCalls()).toEqual([]);
        }
      },
    );
  });

  const tooLong = 'x'.repeat(257);
  const preChatOf = (bytes: number) =>
    Object.fromEntries(
      Array.from({ length: Math.ceil(bytes / 1000) }, (_, i) => [`k${i}`, 'x'.repeat(1000)]),
    );
  const BAD_VALUES: Record<string, [string, unknown][]> = {
    friendlyName: [
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
    ],
    preChat: [
      ['text', 'refund'],
      ['a list', ['refund']],
      ['a number', 7],
      ['a nested object', { topic: { deep: 'x' } }],
      ['a value that is no text', { topic: 7 }],
      ['a key with blanks', { 'my topic': 'x' }],
      ['an empty key', { '': 'x' }],
      ['a key of 65 characters', { ['k'.repeat(65)]: 'x' }],
      ['the key constructor', { constructor: 'x' }],
      ['the key toString', { toString: 'x' }],
      ['a name, past the rules for names', { friendlyName: 'Ada' }],
      ['51 keys', Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, 'x']))],
      ['16 KB and more together', preChatOf(16_400)],
      ['NUL in a value', { topic: NUL }],
      ['a bidi override in a value', { topic: RLO }],
      ['half a surrogate pair in a value', { topic: HALF_A_PAIR }],
    ],
    body: [
      ['a number', 7],
      ['an object', { text: 'x' }],
      ['nothing', ''],
      ['blanks', ' \n\t '],
      ['1,601 characters', 'x'.repeat(1601)],
      ['NUL', `hello${NUL}`],
      ['a bidi override', `hello${RLO}`],
      ['half a surrogate pair', `hello${HALF_A_PAIR}`],
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
  const TAKEN_BY: Record<string, [path: string, parameter: string][]> = {
    friendlyName: [
      ['/start-chat', 'friendlyName'],
      ['/create-conversation', 'friendlyName'],
    ],
    preChat: [
      ['/start-chat', 'preChat'],
      ['/create-conversation', 'preChat'],
    ],
    body: [
      ['/send-message', 'body'],
      ['/start-chat', 'message'],
    ],
    messageId: [
      ['/send-message', 'messageId'],
      ['/start-chat', 'messageId'],
    ],
    conversationSid: [
      ['/send-message', 'conversationSid'],
      ['/add-participant', 'conversationSid'],
      ['/add-webhook', 'conversationSid'],
      ['/end-chat', 'conversationSid'],
      ['/rate-chat', 'conversationSid'],
    ],
    rating: [['/rate-chat', 'rating']],
    comment: [['/rate-chat', 'comment']],
  };
  const rows = Object.entries(TAKEN_BY).flatMap(([kind, places]) =>
    places.flatMap(([path, parameter]) =>
      BAD_VALUES[kind]!.map(([what, value]): [string, string, string, unknown] => [
        path,
        parameter,
        what,
        value,
      ]),
    ),
  );

  it.each(rows)('%s refuses a %s of %s', async (path, parameter, _what, value) => {
    const answer = await world.post(path, { ...rightParams(path), [parameter]: value });

    expect(failureOf(answer)).toBe('400 invalid_request');
    expect(world.takeCalls()).toEqual([]);
  });

  it.each([
    ['/add-participant', ['token']],
    ['/add-participant', ['conversationSid']],
    ['/add-webhook', ['token']],
    ['/add-webhook', ['conversationSid']],
    ['/end-chat', ['token']],
    ['/end-chat', ['conversationSid']],
    ['/rate-chat', ['token']],
    ['/rate-chat', ['conversationSid']],
    ['/rate-chat', ['rating']],
    ['/create-conversation', ['token']],
    ['/send-message', ['token']],
    ['/send-message', ['conversationSid']],
    ['/send-message', ['body']],
  ])('%s refuses to do without its %s', async (path, missing) => {
    const params = Object.fromEntries(
      Object.entries(rightParams(path)).filter(([name]) => !missing.includes(name)),
    );

    expect(failureOf(await world.post(path, params))).toBe('400 invalid_request');
    expect(world.takeCalls()).toEqual([]);
  });

  it.each([
    ['the longest name', { friendlyName: 'x'.repeat(256) }],
    ['a name in another script', { friendlyName: 'عادة 👩🏽‍🚀 ひ' }],
    ['a right-to-left mark, as names carry it', { friendlyName: 'שלום\u200f' }],
    ['pre-chat answers up to the limit', { preChat: preChatOf(15_000) }],
    ['several lines in an answer', { preChat: { topic: 'first\nsecond' } }],
  ])('lets %s through', async (_case, params) => {
    expect((await world.post('/start-chat', params)).status).toBe(200);
  });

  it('hands on what is right unchanged, markup and all', async () => {
    const name = `<b onmouseover="x">O'Hara & Söhne</b>`;

    const { body } = await world.post<StartedChat>('/start-chat', {
      friendlyName: name,
      preChat: { topic: name },
    });

    expect(world.conversation(body.conversationSid).friendlyName).toBe(name);
    expect(JSON.parse(world.conversation(body.conversationSid).attributes)).toMatchObject({
      pre_engagement_data: { friendlyName: name, topic: name },
    });
  });

  it('is not repeated in the refusal', async () => {
    const { body } = await world.post('/start-chat', { 'evil<script>': 'evil', friendlyName: 'evil\u0000' });

    expect(JSON.stringify(body)).not.toContain('evil');
  });

  describe('for a conversationSid', () => {
    it.each([
      ['traversal', '../../Services'],
      ['another resource', `IS${'0'.repeat(32)}`],
      ['a query', `CH${'0'.repeat(32)}?x=1`],
      ['upper case', `CH${'A'.repeat(32)}`],
      ['too many digits', `CH${'0'.repeat(33)}`],
      ['a line break', `CH${'0'.repeat(32)}\n`],
      ['a unique name', 'chat-visitor-1'],
      ['a megabyte', 'C'.repeat(1_000_000)],
    ])('%s is not even looked up', async (_case, sid) => {
      for (const path of OWN_CONVERSATION) {
        const answer = await world.post(path, { ...rightParams(path), conversationSid: sid });

        expect(failureOf(answer)).toBe('403 conversation_not_yours');
      }
      expect(world.takeCalls()).toEqual([]);
    });

    it('one of another Service is like none', async () => {
      const { conversations, services } = world.conversations;
      const foreign = conversations.create(services.create('other').sid, {}, { source: 'EVENT' });

      const answer = await world.post('/send-message', {
        ...rightParams('/send-message'),
        conversationSid: foreign.sid,
      });

      expect(failureOf(answer)).toBe('403 conversation_not_yours');
    });

    it('one whose name only begins like ours is not ours', async () => {
      const { conversations } = world.conversations;
      const service = world.env['CONVERSATIONS_SERVICE_SID']!;
      const similar = [
        'chat-',
        'chat-x',
        `chat-${chat.identity}-`,
        `chat-${chat.identity}-0`,
        `chat-${chat.identity}-1x`,
      ];

      for (const uniqueName of similar) {
        const { sid } = conversations.create(service, { uniqueName }, { source: 'EVENT' });
        const answer = await world.post('/add-participant', {
          ...rightParams('/add-participant'),
          conversationSid: sid,
        });

        expect(failureOf(answer)).toBe('403 conversation_not_yours');
      }
    });
  });
});
