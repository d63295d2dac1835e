/** Starts and messages while Twilio fails, and while many ask at once. */
import { failureOf, useFunctions, type FailureBody, type StartedChat } from '../support/functions-world';

type FailedStart = FailureBody & Partial<StartedChat>;

const world = useFunctions();
const { post } = { post: world.post.bind(world) };
const startChat = (params: object = {}) => post<StartedChat & Partial<FailureBody>>('/start-chat', params);
const faults = () => world.emulator.faults;
const calls = () => world.emulator.world.journal.entries;
const all = () =>
  world.conversations.conversations.list(world.env['CONVERSATIONS_SERVICE_SID']!).map(({ sid }) => sid);
const webhooksOf = (sid: string) => world.conversations.webhooks.ofConversation(sid);
const participantsOf = (sid: string) => world.conversations.participants.ofConversation(sid);
const bodiesOf = (sid: string) => world.conversations.messages.ofConversation(sid).map(({ body }) => body);

/** Whatever Twilio is still at work on takes effect. */
const passLateCalls = async () => {
  world.emulator.world.clock.advance(60_000);
  await new Promise((resolve) => setImmediate(resolve));
};

describe('a start that meets failures', () => {
  it('waits as long as Retry-After says, if that leaves time', async () => {
    faults().add({ kind: 'status', status: 429, headers: { 'retry-after': '1' }, times: 1 });
    const beganMs = performance.now();

    const { status } = await startChat();

    expect(status).toBe(200);
    expect(performance.now() - beganMs).toBeGreaterThanOrEqual(1000);
  });

  it('passes a Retry-After on that leaves none, at once', async () => {
    faults().add({ kind: 'status', status: 429, headers: { 'retry-after': '30' } });

    const { status, headers, body } = await startChat();

    expect({ status, code: body.error!.code }).toEqual({ status: 503, code: 'twilio_unavailable' });
    expect(headers.get('retry-after')).toBe('30');
    expect(calls()).toHaveLength(1);
  });

  it('tries five times and no more', async () => {
    faults().add({ kind: 'status', status: 503 });

    const { status } = await startChat();

    expect(status).toBe(503);
    expect(calls()).toHaveLength(5);
  });

  it('answers within eight seconds although nobody answers us', async () => {
    faults().add({ kind: 'hang' });
    const beganMs = performance.now();

    const { status, body } = await startChat();

    expect({ status, code: body.error!.code }).toEqual({ status: 503, code: 'twilio_unavailable' });
    expect(performance.now() - beganMs).toBeLessThan(8000);
    expect(calls().length).toBeLessThanOrEqual(5);
  });

  it('says nothing of what Twilio said', async () => {
    faults().add({ kind: 'status', status: 400, body: { code: 20001, message: 'secret text', status: 400 } });

    const answer = await startChat({ token: (await world.aVisitor()).token });

    expect(failureOf(answer)).toBe('502 twilio_error');
    expect(JSON.stringify(answer.body)).not.toContain('secret text');
    expect(calls()).toHaveLength(1);
  });

  it('leaves nothing that the next one would not find', async () => {
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

  it('gives no token with a failure to somebody who has one', async () => {
    const { token } = await world.aVisitor();
    faults().add({ kind: 'status', status: 503 });

    expect(failureOf(await startChat({ token }))).toBe('503 twilio_unavailable');
  });

  it.each(['Conversations$', 'Participants$', 'Webhooks$'])(
    'knows its own work again when the answer of %s is lost',
    async (path) => {
      faults().add({ kind: 'resetAfter', method: 'POST', path, times: 1 });
      const beganMs = performance.now();

      const { status, body } = await startChat();

      expect({ status, resumed: body.resumed }).toEqual({ status: 200, resumed: false });
      expect(performance.now() - beganMs).toBeLessThan(2500);
      expect(all()).toEqual([body.conversationSid]);
      expect(participantsOf(body.conversationSid)).toHaveLength(1);
      expect(webhooksOf(body.conversationSid)).toHaveLength(1);
    },
  );

  it('removes the webhook that a call given up has left after all', async () => {
    faults().add({ kind: 'delay', delayMs: 2100, method: 'POST', path: 'Webhooks$', times: 1 });

    const { status, body } = await startChat();
    await passLateCalls();

    expect(status).toBe(200);
    expect(calls().filter(({ method, path }) => method === 'POST' && /Webhooks$/.test(path))).toHaveLength(2);
    expect(webhooksOf(body.conversationSid)).toHaveLength(1);
  });

  it('is told of a message that could not be delivered', async () => {
    faults().add({ kind: 'status', status: 503, method: 'POST', path: 'Messages$' });
    const failed = (await startChat({ message: 'hello', messageId: 'm-1' })).body as FailedStart;
    expect(failed.error.code).toBe('twilio_unavailable');
    faults().clear();

    const { body } = await startChat({ token: failed.token, message: 'hello', messageId: 'm-1' });

    expect(bodiesOf(body.conversationSid)).toEqual(['hello']);
  });
});

describe('starts at once', () => {
  const AT_ONCE = 20;
  const crowd = async (params: object = {}) => {
    const { token } = await world.aVisitor();
    world.takeCalls();
    return Promise.all(Array.from({ length: AT_ONCE }, () => startChat({ token, ...params })));
  };

  it('are told the same Conversation, with one Participant and one webhook', async () => {
    const answers = await crowd();

    expect(answers.map(({ status }) => status)).toEqual(Array(AT_ONCE).fill(200));
    expect(new Set(answers.map(({ body }) => body.conversationSid))).toEqual(new Set(all()));
    expect(answers.filter(({ body }) => !body.resumed)).toHaveLength(1);
    expect(all()).toHaveLength(1);
    expect(participantsOf(all()[0]!)).toHaveLength(1);
    expect(webhooksOf(all()[0]!)).toHaveLength(1);
    expect(calls().filter(({ method }) => method === 'DELETE')).toEqual([]);
  });

  it('bring the same first words once', async () => {
    const answers = await crowd({ message: 'hello', messageId: 'm-1' });

    expect(answers.map(({ status }) => status)).toEqual(Array(AT_ONCE).fill(200));
    expect(bodiesOf(all()[0]!)).toEqual(['hello']);
  });

  it('bring each visitor their own', async () => {
    const visitors = await Promise.all(Array.from({ length: 10 }, () => world.aVisitor()));

    const answers = await Promise.all(visitors.map(({ token }) => startChat({ token })));

    expect(new Set(answers.map(({ body }) => body.conversationSid)).size).toBe(10);
  });

  it('finish what a call that died has begun, and add one webhook together', async () => {
    const { token } = await world.aVisitor();
    const made = await post<{ conversationSid: string }>('/create-conversation', { token });

    const answers = await Promise.all(Array.from({ length: 5 }, () => startChat({ token })));

    expect(answers.map(({ body }) => body.conversationSid)).toEqual(Array(5).fill(made.body.conversationSid));
    expect(webhooksOf(made.body.conversationSid)).toHaveLength(1);
  });

  it('make one new Conversation together after one that was closed', async () => {
    const { token, conversationSid } = await world.aChat();
    world.close(conversationSid);

    const answers = await Promise.all(Array.from({ length: 5 }, () => startChat({ token })));

    const sids = new Set(answers.map(({ body }) => body.conversationSid));
    expect(sids.size).toBe(1);
    expect(sids.has(conversationSid)).toBe(false);
  });
});

describe('a returning visitor', () => {
  it('gets an inactive Conversation back, active', async () => {
    const { token, conversationSid } = await world.aChat();
    world.emulator.world.clock.advance(61 * 60_000);

    const { body } = await startChat({ token });

    expect(body).toMatchObject({ conversationSid, resumed: true });
    expect(world.conversation(conversationSid).state).toBe('active');
  });

  it('is found by name where the list of Conversations shows nothing', async () => {
    const { token, identity } = await world.aVisitor();
    for (let chats = 1; chats <= 9; chats++) {
      world.close((await startChat({ token })).body.conversationSid);
    }
    const empty = { participant_conversations: [], meta: { key: 'conversations', page_size: 50 } };
    faults().add({
      kind: 'status',
      status: 200,
      path: 'ParticipantConversations',
      body: { ...empty, conversations: [] },
    });

    const { body } = await startChat({ token });

    expect(body.resumed).toBe(false);
    expect(world.conversation(body.conversationSid).uniqueName).toBe(`chat-${identity}-10`);
    expect((await startChat({ token })).body).toMatchObject({
      conversationSid: body.conversationSid,
      resumed: true,
    });
  });

  it('starts anew when the Conversation is closed while it is being finished', async () => {
    const { token } = await world.aVisitor();
    const { conversationSid } = (await post<{ conversationSid: string }>('/create-conversation', { token }))
      .body;
    const { journal } = world.emulator.world;
    const stop = journal.events.on('answered', ({ entry: { method, path } }) => {
      if (method !== 'GET' || !path.includes('chat-')) return;
      stop();
      world.close(conversationSid);
    });

    const { status, body } = await startChat({ token });

    expect({ status, resumed: body.resumed }).toEqual({ status: 200, resumed: false });
    expect(body.conversationSid).not.toBe(conversationSid);
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

  it('is stored once although its answer was lost', async () => {
    const chat = await world.aChat();
    faults().add({ kind: 'resetAfter', method: 'POST', path: 'Messages$', times: 1 });

    const { status } = await send(chat, {});

    expect(status).toBe(201);
    expect(bodiesOf(chat.conversationSid)).toEqual(['hello']);
  });

  it('is stored once although it takes effect when we had given it up', async () => {
    const chat = await world.aChat();
    faults().add({ kind: 'delay', delayMs: 2100, method: 'POST', path: 'Messages$', times: 1 });

    const { status } = await send(chat, {});
    await passLateCalls();

    expect(status).toBe(201);
    expect(bodiesOf(chat.conversationSid)).toEqual(['hello']);
  });

  it('is stored once although the same is sent by several at once, and all are told the same', async () => {
    const chat = await world.aChat();

    const answers = await Promise.all(Array.from({ length: 5 }, () => send(chat, { messageId: 'm-1' })));

    const [stored, ...others] = world.conversations.messages.ofConversation(chat.conversationSid);
    expect(others).toEqual([]);
    expect(new Set(answers.map(({ body }) => body.messageSid))).toEqual(new Set([stored!.sid]));
  });

  it('finishes a start that was left half made', async () => {
    const visitor = await world.aVisitor();
    const { body } = await post<{ conversationSid: string }>('/create-conversation', {
      token: visitor.token,
    });

    await send({ ...visitor, ...body, resumed: false }, {});

    expect(participantsOf(body.conversationSid)).toHaveLength(1);
    expect(webhooksOf(body.conversationSid)).toHaveLength(1);
  });
});

describe('outside the operating hours', () => {
  beforeEach(() => {
    const { OPERATING_HOURS, OPERATING_HOLIDAYS } = closedToday();
    Object.assign(world.env, { OPERATING_HOURS, OPERATING_HOLIDAYS });
  });

  /** Open every day but these: today and the days around it, whatever the time zone. */
  function closedToday() {
    const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
    return { OPERATING_HOURS: 'Mo-Su 09:00-17:00', OPERATING_HOLIDAYS: [day(-1), day(0), day(1)].join(',') };
  }

  it.each(['/start-chat', '/create-conversation'])('%s makes nothing and says when', async (path) => {
    const { token } = await world.aVisitor();

    const { status, body } = await post<{ error: object }>(path, { token });

    const opensOn = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    expect(status).toBe(409);
    expect(body.error).toMatchObject({
      code: 'closed_now',
      retryable: false,
      opensAt: `${opensOn}T09:00:00Z`,
    });
    expect(calls().filter(({ method }) => method === 'POST')).toEqual([]);
    expect(all()).toEqual([]);
  });

  it('an open chat goes on', async () => {
    const hours = world.env['OPERATING_HOURS']!;
    delete world.env['OPERATING_HOURS'];
    const { token, conversationSid } = await world.aChat();
    world.env['OPERATING_HOURS'] = hours;

    expect((await startChat({ token })).body).toMatchObject({ conversationSid, resumed: true });
  });
});
