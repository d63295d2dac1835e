/** Invalid input, at every Function that has the parameter: an error in the usual shape, and no call to Twilio. */
import { PARAMETER_NAMES, parametersOf, pathsWithAccess, ATTACKED_PATHS } from '../support/functions';
import { failureOf, useFunctions, type StartedChat } from '../support/functions-world';
import { BAD_VALUES, HOST_SITE, preChatOf, rightParams } from '../support/parameters';

describe('valid input', () => {
  const world = useFunctions(HOST_SITE);

  it.each(ATTACKED_PATHS)(
    '%s accepts it, so that the rejections below concern the invalid part',
    async (path) => {
      const chat = await world.aChat({ message: 'hello' });

      expect((await world.post(path, rightParams(path, chat))).status).toBeLessThan(300);
    },
  );

  it.each(ATTACKED_PATHS)('%s never sees __proto__ in a query: Express drops it', async (path) => {
    const chat = await world.aChat({ message: 'hello' });

    expect((await world.post(`${path}?__proto__=x`, rightParams(path, chat))).status).toBeLessThan(300);
  });
});

describe('hostile input', () => {
  const world = useFunctions(HOST_SITE, { kept: true });
  let chat: StartedChat;

  beforeAll(async () => {
    chat = await world.aChat({ message: 'hello' });
  });
  beforeEach(() => {
    world.takeCalls();
    world.takeLog();
  });

  describe.each(ATTACKED_PATHS)('at %s', (path) => {
    it.each([
      ['an unknown parameter', { role: 'admin' }],
      ['an identity', { identity: 'customer' }],
      ['an author', { author: 'agent' }],
      ['a Flow', { flowSid: `FW${'1'.repeat(32)}` }],
      ['a Service', { serviceSid: `IS${'1'.repeat(32)}` }],
      ['the parameter constructor', { constructor: { prototype: {} } }],
      ['the parameter toString', { toString: 'x' }],
      ['the parameter hasOwnProperty', { hasOwnProperty: 'x' }],
      ['a forged request', { request: 'x' }],
      ['a request with headers', { request: { headers: { origin: 'x' } } }],
      ['a request that is a list', { request: [] }],
      ['a thousand parameters', Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`k${i}`, 1]))],
      ['an array for a token', { token: ['x'] }],
    ])('%s', async (_case, params) => {
      const answer = await world.post(path, { ...rightParams(path, chat), ...params });

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

    it('malformed JSON never reaches the Function', async () => {
      const response = await fetch(world.functions.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: world.functions.url },
        body: '{"token":',
      });

      expect(response.status).toBe(400);
      expect(world.takeLog()).toEqual([]);
      expect(world.takeCalls()).toEqual([]);
    });

    it.each(['request=hacked', 'request[headers][origin]=x', 'constructor=x', 'identity=x'])(
      'the query ?%s',
      async (query) => {
        const answer = await world.post(`${path}?${query}`, rightParams(path, chat));

        expect(failureOf(answer)).toBe('400 invalid_request');
        expect(world.takeCalls()).toEqual([]);
      },
    );
  });

  it.each([
    ['conversationId', 'conversationId'],
    ['x'.repeat(5000), `${'x'.repeat(40)}…`],
    ['a\r\nSet-Cookie: b', 'a??Set-Cookie??b'],
    ['\u001b[31mred\u202e', '?[31mred?'.replace('[', '?')],
    ['<img src=x>', '?img?src?x?'],
    ['ключ', '????'],
  ])('an unknown parameter is named, as plain text: %j', async (name, shown) => {
    const answer = await world.post('/token', { [name]: 'secret value' });

    expect(answer).toMatchObject({
      status: 400,
      body: { error: { message: `Unknown parameter: ${shown}` } },
    });
  });

  it('is listed for every parameter of a Function', () => {
    expect(Object.keys(BAD_VALUES).sort()).toEqual(PARAMETER_NAMES);
  });

  const rows = ATTACKED_PATHS.flatMap((path) =>
    parametersOf(path).flatMap(({ name }) =>
      (BAD_VALUES[name] ?? []).map(([what, value]): [string, string, string, unknown] => [
        path,
        name,
        what,
        value,
      ]),
    ),
  );

  it.each(rows)('%s rejects a %s of %s', async (path, parameter, _what, value) => {
    const answer = await world.post(path, { ...rightParams(path, chat), [parameter]: value });

    expect(failureOf(answer)).toBe('400 invalid_request');
    expect(world.takeCalls()).toEqual([]);
  });

  const needs = ATTACKED_PATHS.flatMap((path) =>
    parametersOf(path)
      .filter(({ isRequired }) => isRequired)
      .map(({ name }) => [path, name] as const),
  );

  it.each(needs)('%s requires its %s', async (path, missing) => {
    const { [missing]: _left, ...params } = rightParams(path, chat);

    expect(failureOf(await world.post(path, params))).toBe('400 invalid_request');
    expect(world.takeCalls()).toEqual([]);
  });

  it.each([
    ['the longest name', { friendlyName: 'x'.repeat(256) }],
    ['a name in another script', { friendlyName: 'عادة 👩🏽‍🚀 ひ' }],
    ['a right-to-left mark, as in names', { friendlyName: 'שלום\u200f' }],
    ['pre-chat answers up to the limit', { preChat: preChatOf(15_000) }],
    ['several lines in an answer', { preChat: { topic: 'first\nsecond' } }],
  ])('lets %s through', async (_case, params) => {
    expect((await world.post('/start-chat', params)).status).toBe(200);
  });

  it('passes valid input on unchanged, including markup', async () => {
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

  it('is not repeated in the error', async () => {
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
    ])('%s is rejected before a lookup', async (_case, sid) => {
      for (const path of pathsWithAccess('own-conversation')) {
        const answer = await world.post(path, { ...rightParams(path, chat), conversationSid: sid });

        expect(failureOf(answer)).toBe('403 conversation_not_yours');
      }
      expect(world.takeCalls()).toEqual([]);
    });

    it('one of another Service is treated as unknown', async () => {
      const { conversations, services } = world.conversations;
      const foreign = conversations.create(services.create('other').sid, {}, { source: 'EVENT' });

      const answer = await world.post('/send-message', {
        ...rightParams('/send-message', chat),
        conversationSid: foreign.sid,
      });

      expect(failureOf(answer)).toBe('403 conversation_not_yours');
    });

    it("one whose name only begins like this project's is rejected", async () => {
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
          ...rightParams('/add-participant', chat),
          conversationSid: sid,
        });

        expect(failureOf(answer)).toBe('403 conversation_not_yours');
      }
    });
  });
});
