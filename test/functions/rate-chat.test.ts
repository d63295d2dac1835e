/** Ratings: stored once, in any state of the Conversation. */
import { failureOf, useFunctions, type StartedChat } from '../support/functions-world';

describe('POST /rate-chat', () => {
  const world = useFunctions();

  const rate = ({ token, conversationSid }: StartedChat, answer: object) =>
    world.post<{ rating: number }>('/rate-chat', { token, conversationSid, ...answer });

  const aClosedChat = async () => {
    const chat = await world.aChat({ friendlyName: 'Ada L.', preChat: { orderNumber: '4711' } });
    world.close(chat.conversationSid);
    world.takeCalls();
    return chat;
  };

  const recordOf = ({ conversationSid }: StartedChat) =>
    world.conversations.conversations
      .list(world.env['CONVERSATIONS_SERVICE_SID']!)
      .find(({ uniqueName }) => uniqueName?.startsWith(`rating-${conversationSid}-`));
  const storedFor = (chat: StartedChat) => {
    const record = recordOf(chat);
    return record && (JSON.parse(record.attributes) as unknown);
  };

  it('stores the rating and the comment of a closed chat', async () => {
    const chat = await aClosedChat();

    const { status, body } = await rate(chat, { rating: 4, comment: 'Quick and kind.\nThank you!' });

    expect({ status, body }).toEqual({ status: 201, body: { rating: 4 } });
    expect(storedFor(chat)).toEqual({
      conversation_sid: chat.conversationSid,
      rating: 4,
      comment: 'Quick and kind.\nThank you!',
    });
  });

  it('reads Conversation and Participant in parallel, then makes one call', async () => {
    const chat = await aClosedChat();

    await rate(chat, { rating: 5 });

    const service = `/v1/Services/${world.env['CONVERSATIONS_SERVICE_SID']}`;
    const conversation = `${service}/Conversations/${chat.conversationSid}`;
    expect(world.takeCalls().sort()).toEqual([
      `GET ${conversation}`,
      `GET ${conversation}/Participants/${chat.identity}`,
      `POST ${service}/Conversations`,
    ]);
  });

  it('does not change the rated Conversation', async () => {
    const chat = await aClosedChat();
    const before = structuredClone(world.conversation(chat.conversationSid));

    await rate(chat, { rating: 1, comment: 'No agent came.' });

    expect(world.conversation(chat.conversationSid)).toEqual(before);
  });

  it('accepts it while the chat is still open', async () => {
    const chat = await world.aChat();

    const { status } = await rate(chat, { rating: 3 });

    expect(status).toBe(201);
    expect(storedFor(chat)).toMatchObject({ rating: 3 });
    expect(world.conversation(chat.conversationSid).state).toBe('active');
  });

  it('keeps clients out of the record, and starts no Flow with it', async () => {
    const chat = await aClosedChat();

    await rate(chat, { rating: 5 });

    const record = recordOf(chat)!;
    expect(record.state).toBe('inactive');
    expect(world.conversations.participants.ofConversation(record.sid)).toEqual([]);
    const answer = await world.post('/send-message', {
      token: chat.token,
      conversationSid: record.sid,
      body: 'let me in',
    });
    expect(failureOf(answer)).toBe('403 conversation_not_yours');
    expect(failureOf(await rate({ ...chat, conversationSid: record.sid }, { rating: 1 }))).toBe(
      '403 conversation_not_yours',
    );
  });

  it('keeps the first answer, and returns it', async () => {
    const chat = await aClosedChat();
    await rate(chat, { rating: 2, comment: 'Slow.' });

    const { status, body } = await rate(chat, { rating: 5 });

    expect({ status, body }).toEqual({ status: 200, body: { rating: 2 } });
    expect(storedFor(chat)).toMatchObject({ rating: 2, comment: 'Slow.' });
  });

  it('keeps one of five simultaneous answers, and returns it to all', async () => {
    const chat = await aClosedChat();

    const answers = await Promise.all([1, 2, 3, 4, 5].map((rating) => rate(chat, { rating })));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201]);
    const { rating } = storedFor(chat) as { rating: number };
    expect(answers.map(({ body }) => body.rating)).toEqual(Array(5).fill(rating));
  });

  it("stores it once even if Twilio's first answer is lost", async () => {
    const chat = await aClosedChat();
    world.emulator.faults.add({ method: 'POST', path: 'Conversations$', kind: 'resetAfter', times: 1 });

    const { status, body } = await rate(chat, { rating: 4 });

    expect({ status, body }).toEqual({ status: 200, body: { rating: 4 } });
    expect(storedFor(chat)).toMatchObject({ rating: 4 });
  });

  it('is retryable if Twilio does not answer, and stores it then', async () => {
    const chat = await aClosedChat();
    world.emulator.faults.add({ method: 'POST', path: 'Conversations$', kind: 'resetBefore', times: 5 });

    expect(failureOf(await rate(chat, { rating: 4 }))).toBe('503 twilio_unavailable');
    expect(recordOf(chat)).toBeUndefined();

    expect((await rate(chat, { rating: 4 })).status).toBe(201);
  });

  it('has a name that no client can reserve', async () => {
    const chat = await aClosedChat();
    const service = world.env['CONVERSATIONS_SERVICE_SID']!;
    const uniqueName = `rating-${chat.conversationSid}`;
    world.conversations.conversations.create(service, { uniqueName }, { source: 'EVENT' });

    expect((await rate(chat, { rating: 4 })).status).toBe(201);
    expect(recordOf(chat)!.uniqueName).toMatch(/-[\w-]{22}$/);
  });

  it('does not accept a foreign record in its place', async () => {
    const chat = await aClosedChat();
    await rate(chat, { rating: 4 });
    recordOf(chat)!.attributes = '{}';

    expect(failureOf(await rate(chat, { rating: 4 }))).toBe('502 twilio_error');
  });

  it('accepts a form, as curl sends it', async () => {
    const { token, conversationSid } = await aClosedChat();

    const form = new URLSearchParams({ token, conversationSid, rating: '3' });
    const response = await fetch(`${world.functions.url}/rate-chat`, { method: 'POST', body: form });

    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ rating: 3 });
  });

  it("stores nothing about another visitor's chat", async () => {
    const mine = await aClosedChat();
    const other = await aClosedChat();

    const answer = await rate({ ...mine, conversationSid: other.conversationSid }, { rating: 1 });

    expect(failureOf(answer)).toBe('403 conversation_not_yours');
    expect(recordOf(other)).toBeUndefined();
  });

  it('logs the rating, never the comment', async () => {
    const chat = await aClosedChat();
    world.takeLog();

    await rate(chat, { rating: 2, comment: 'My name is Ada.' });

    const [line] = world.takeLog();
    expect(line).toMatchObject({ conversationSid: chat.conversationSid, rating: 2, created: true });
    expect(JSON.stringify(line)).not.toContain('Ada');
  });
});
