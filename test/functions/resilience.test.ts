/** Starts and messages while Twilio fails. */
import { failureOf, useFunctions, type StartedChat, type FailureBody } from '../support/functions-world';

type FailedStart = FailureBody & Partial<StartedChat>;

const world = useFunctions();
const post = world.post.bind(world);
const startChat = (params: object = {}) => post<StartedChat & Partial<FailureBody>>('/start-chat', params);
const faults = () => world.emulator.faults;
const calls = () => world.emulator.world.journal.entries;
const all = () =>
  world.conversations.conversations.list(world.env['CONVERSATIONS_SERVICE_SID']!).map(({ sid }) => sid);
const webhooksOf = (sid: string) => world.conversations.webhooks.ofConversation(sid);
const participantsOf = (sid: string) => world.conversations.participants.ofConversation(sid);
const bodiesOf = (sid: string) => world.conversations.messages.ofConversation(sid).map(({ body }) => body);

/** Completes Twilio's pending calls. */
const passLateCalls = async () => {
  world.emulator.world.clock.advance(60_000);
  await new Promise((resolve) => setImmediate(resolve));
};

describe('a start under faults', () => {
  it('waits for the time in Retry-After, if the deadline allows it', async () => {
    faults().add({ kind: 'status', status: 429, headers: { 'retry-after': '1' }, times: 1 });
    const beganMs = performance.now();

    const { status } = await startChat();

    expect(status).toBe(200);
    expect(performance.now() - beganMs).toBeGreaterThanOrEqual(1000);
  });

  it('passes a longer Retry-After on, at once', async () => {
    faults().add({ kind: 'status', status: 429, headers: { 'retry-after': '30' } });

    const { status, headers, body } = await startChat();

    expect({ status, code: body.error!.code }).toEqual({ status: 503, code: 'twilio_unavailable' });
    expect(headers.get('retry-after')).toBe('30');
    expect(calls()).toHaveLength(1);
  });

  it('tries five times, looks once and gives up', async () => {
    faults().add({ kind: 'status', status: 503 });

    const { status } = await startChat();

    expect(status).toBe(503);
    expect(calls().map(({ method }) => method)).toEqual([...Array<string>(5).fill('POST'), 'GET']);
  });

  it.each(['Conversations$', 'Participants$'])(
    'succeeds if five answers of %s in a row were lost, but the calls were carried out',
    async (path) => {
      faults().add({ kind: 'resetAfter', method: 'POST', path, times: 5 });

      const { status, body } = await startChat();

      expect({ status, resumed: body.resumed }).toEqual({ status: 200, resumed: false });
      expect(all()).toEqual([body.conversationSid]);
    },
  );

  it('answers within eight seconds even if Twilio never answers', async () => {
    faults().add({ kind: 'hang' });
    const beganMs = performance.now();

    const { status, body } = await startChat();

    expect({ status, code: body.error!.code }).toEqual({ status: 503, code: 'twilio_unavailable' });
    expect(performance.now() - beganMs).toBeLessThan(8000);
    expect(calls().length).toBeLessThanOrEqual(6);
  });

  it("does not repeat Twilio's text", async () => {
    faults().add({ kind: 'status', status: 400, body: { code: 20001, message: 'secret text', status: 400 } });

    const answer = await startChat({ token: (await world.aVisitor()).token });

    expect(failureOf(answer)).toBe('502 twilio_error');
    expect(JSON.stringify(answer.body)).not.toContain('secret text');
    expect(calls()).toHaveLength(1);
  });

  it('leaves nothing that the next start would not find', async () => {
    faults().add({ kind: 'status', status: 503, path: 'Participants$' });
    const failed = (await startChat()).body as FailedStart;
    expect(failed.error.retryable).toBe(true);
    expect(all()).toHaveLength(1);
    faults().clear();

    const { body } = await startChat({ token: failed.token });

    expect(body).toMatchObject({ identity: failed.identity, conversationSid: all()[0], resumed: true });
    expect(participantsOf(body.conversationSid)).toHaveLength(1);
    expect(webhooksOf(body.conversationSid)).toHaveLength(1);
  });

  it('returns no token with an error to a caller who has one', async () => {
    const { token } = await world.aVisitor();
    faults().add({ kind: 'status', status: 503 });

    expect(failureOf(await startChat({ token }))).toBe('503 twilio_unavailable');
  });

  it.each([
    ['Conversations$', 5],
    ['Participants$', 4],
    ['Webhooks$', 4],
  ])('recognises its own work when the answer of %s is lost, with %i calls in all', async (path, count) => {
    faults().add({ kind: 'resetAfter', method: 'POST', path, times: 1 });

    const { status, body } = await startChat();

    expect({ status, resumed: body.resumed }).toEqual({ status: 200, resumed: false });
    expect(calls().length).toBe(count);
    expect(all()).toEqual([body.conversationSid]);
    expect(participantsOf(body.conversationSid)).toHaveLength(1);
    expect(webhooksOf(body.conversationSid)).toHaveLength(1);
  });

  it('removes the webhook that an abandoned call adds late', async () => {
    faults().add({ kind: 'delay', delayMs: 2100, method: 'POST', path: 'Webhooks$', times: 1 });

    const { status, body } = await startChat();
    await passLateCalls();

    expect(status).toBe(200);
    expect(calls().filter(({ method, path }) => method === 'POST' && /Webhooks$/.test(path))).toHaveLength(2);
    expect(webhooksOf(body.conversationSid)).toHaveLength(1);
  });

  it('reports a message that could not be delivered', async () => {
    faults().add({ kind: 'status', status: 503, method: 'POST', path: 'Messages$' });
    const failed = (await startChat({ message: 'hello', messageId: 'm-1' })).body as FailedStart;
    expect(failed.error.code).toBe('twilio_unavailable');
    faults().clear();

    const { body } = await startChat({ token: failed.token, message: 'hello', messageId: 'm-1' });

    expect(bodiesOf(body.conversationSid)).toEqual(['hello']);
  });
});

describe('a start that joins another', () => {
  it('ignores a message that arrives after the other start has abandoned the Conversation', async () => {
    const { token } = await world.aVisitor();
    const { journal, clock } = world.emulator.world;
    const request = { token, message: 'hello 👋', messageId: 'first' };
    faults().add({ kind: 'delay', delayMs: 60_000, method: 'POST', path: 'Messages$', times: 1 });
    faults().add({ kind: 'delay', delayMs: 120_000, method: 'DELETE', path: 'CH[0-9a-f]+$', times: 1 });
    const deletion = new Promise<void>((resolve) => {
      journal.events.on('arrived', ({ method, path }) => {
        if (method === 'DELETE' && /CH[0-9a-f]+$/.test(path)) resolve();
      });
    });
    const starts = [startChat(request), startChat(request)];
    await deletion;

    clock.advance(61_000);

    const [one, other] = (await Promise.all(starts)).map(({ body }) => body.conversationSid);
    expect(other).toBe(one);
    expect(all()).toEqual([one]);
    expect(bodiesOf(one!)).toEqual(['hello 👋']);
    expect(webhooksOf(one!)).toHaveLength(1);
  });

  it('looks for the webhook once if the other start must be over, however late its first message came', async () => {
    const { token } = await world.aVisitor();
    const request = { token, message: 'hello 👋', messageId: 'first' };
    const { conversationSid } = (await startChat(request)).body;
    const conversation = world.conversations.conversations.get(conversationSid)!;
    // The chat is a minute old, and its first message half a minute.
    conversation.dateCreated = new Date(Date.now() - 60_000);
    const [message] = world.conversations.messages.ofConversation(conversationSid);
    message!.dateCreated = new Date(Date.now() - 30_000);
    world.emulator.journal.clear();

    const { status, body } = await startChat(request);

    expect({ status, sid: body.conversationSid }).toEqual({ status: 200, sid: conversationSid });
    expect(calls().filter(({ path }) => path.endsWith('/Webhooks'))).toHaveLength(1);
    // Two that find the Conversation, three looks side by side.
    expect(calls()).toHaveLength(5);
  });
});

describe('a start after one that gave up', () => {
  const request = { message: 'hello 👋', messageId: 'first' };
  const refused = async (token: string) => {
    const { status, headers } = await startChat({ token, ...request });
    return { status, seconds: Number(headers.get('retry-after')) };
  };

  it.each([
    ['deletion', 'DELETE', 'CH[0-9a-f]+$'],
    ['removal of the webhook', 'DELETE', 'WH[0-9a-f]+$'],
  ])('waits while its unanswered %s may take effect', async (_what, method, path) => {
    const { token } = await world.aVisitor();
    faults().add({ kind: 'status', status: 504, method: 'POST', path: 'Messages$' });
    faults().add({ kind: 'status', status: 504, method, path });
    expect(await refused(token)).toEqual({ status: 503, seconds: 10 });
    faults().clear();
    const before = all();
    world.emulator.journal.clear();

    const second = await refused(token);

    expect(second.status).toBe(503);
    expect(second.seconds).toBeGreaterThan(0);
    expect(second.seconds).toBeLessThanOrEqual(10);
    expect(all()).toEqual(before);
    // The name is taken, and this is its Conversation.
    expect(calls().map((call) => call.method)).toEqual(['POST', 'GET']);
  });

  it('waits in every process until a deletion after the removal of the webhook must be over', async () => {
    const { token } = await world.aVisitor();
    const { conversationSid } = (await startChat({ token, ...request })).body;
    const [webhook] = webhooksOf(conversationSid);
    world.conversations.webhooks.remove(webhook!);
    world.conversation(conversationSid).dateCreated = new Date(Date.now() - 17_000);
    const [message] = world.conversations.messages.ofConversation(conversationSid);
    message!.dateCreated = new Date(Date.now() - 15_000);

    const early = await refused(token);

    expect(early.status).toBe(503);
    expect(early.seconds).toBeGreaterThanOrEqual(4);
    expect(early.seconds).toBeLessThanOrEqual(6);
    expect(webhooksOf(conversationSid)).toEqual([]);

    message!.dateCreated = new Date(Date.now() - 20_000);
    const { status, body } = await startChat({ token, ...request });

    expect({ status, sid: body.conversationSid }).toEqual({ status: 200, sid: conversationSid });
    expect(webhooksOf(conversationSid)).toHaveLength(1);
  });
});

describe('a message', () => {
  const send = (chat: StartedChat, params: object) =>
    post<{ messageSid: string; index: number }>('/send-message', {
      token: chat.token,
      conversationSid: chat.conversationSid,
      body: 'hello',
      ...params,
    });

  it('is stored once even if its answer was lost', async () => {
    const chat = await world.aChat();
    faults().add({ kind: 'resetAfter', method: 'POST', path: 'Messages$', times: 1 });

    const { status } = await send(chat, {});

    expect(status).toBe(201);
    expect(bodiesOf(chat.conversationSid)).toEqual(['hello']);
  });

  it('is stored once even if it takes effect after the call was abandoned', async () => {
    const chat = await world.aChat();
    faults().add({ kind: 'delay', delayMs: 2100, method: 'POST', path: 'Messages$', times: 1 });

    const { status } = await send(chat, {});
    await passLateCalls();

    expect(status).toBe(201);
    expect(bodiesOf(chat.conversationSid)).toEqual(['hello']);
  });

  it('is stored once even if several calls send it at the same time, and all get the same answer', async () => {
    const chat = await world.aChat();

    const answers = await Promise.all(Array.from({ length: 5 }, () => send(chat, { messageId: 'm-1' })));

    const [stored, ...others] = world.conversations.messages.ofConversation(chat.conversationSid);
    expect(others).toEqual([]);
    expect(new Set(answers.map(({ body }) => body.messageSid))).toEqual(new Set([stored!.sid]));
  });

  it('finishes an incomplete start', async () => {
    const visitor = await world.aVisitor();
    const { body } = await post<{ conversationSid: string }>('/create-conversation', {
      token: visitor.token,
    });

    await send({ ...visitor, ...body, resumed: false }, {});

    expect(participantsOf(body.conversationSid)).toHaveLength(1);
    expect(webhooksOf(body.conversationSid)).toHaveLength(1);
  });
});
