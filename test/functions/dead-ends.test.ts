/** Conversations that cannot become a chat, and visitors with hundreds of chats: a start always succeeds. */
import { twilioClient } from '../support/emulator';
import { failureOf, useFunctions, type StartedChat } from '../support/functions-world';

const world = useFunctions({ STARTS_PER_IDENTITY_PER_HOUR: '0' });

const conversationOf = (sid: string) =>
  twilioClient(world.emulator)
    .conversations.v1.services(world.env['CONVERSATIONS_SERVICE_SID']!)
    .conversations(sid);

/** Created by the first step, and full before the others. */
async function aConversationWith(fill: (sid: string) => Promise<void>) {
  const { token } = await world.aVisitor();
  const { body } = await world.post<StartedChat>('/create-conversation', { token });
  await fill(body.conversationSid);
  return { token, conversationSid: body.conversationSid };
}

const fiveForeignWebhooks = async (sid: string) => {
  for (let i = 0; i < 5; i++) {
    await conversationOf(sid).webhooks.create({
      target: 'webhook',
      'configuration.url': `https://example.com/${i}`,
      'configuration.filters': ['onMessageAdded'],
    });
  }
};
const everyPlace = async (sid: string) => {
  for (let i = 0; i < 100; i++) {
    world.conversations.participants.add(
      world.conversation(sid),
      { identity: `guest-${i}` },
      { source: 'EVENT' },
    );
  }
};

describe.each([
  ['five foreign webhooks', fiveForeignWebhooks, '/add-webhook'],
  ['no room for a Participant', everyPlace, '/add-participant'],
])('a Conversation with %s', (_what, fill, path) => {
  it('is reported as full', async () => {
    const full = await aConversationWith(fill);

    expect(failureOf(await world.post(path, full))).toBe('409 conversation_full');
  });

  it('does not block its visitor from a chat, and further starts resume the same one', async () => {
    const { token, conversationSid } = await aConversationWith(fill);

    const first = await world.post<StartedChat>('/start-chat', { token });
    const second = await world.post<StartedChat>('/start-chat', { token });

    expect(first.status).toBe(200);
    expect(first.body.conversationSid).not.toBe(conversationSid);
    expect(second.body).toMatchObject({ conversationSid: first.body.conversationSid, resumed: true });
  });
});

describe('a user with a thousand earlier chats', () => {
  it('starts the next one with as many calls as the third, and takes part in at most fifty', async () => {
    const { token, identity } = await world.aVisitor();
    const calls: number[] = [];
    for (let chat = 1; chat <= 60; chat++) {
      world.takeCalls();
      const { status, body } = await world.post<StartedChat>('/start-chat', { token });
      calls.push(world.takeCalls().length);
      expect({ chat, status }).toEqual({ chat, status: 200 });
      world.close(body.conversationSid);
    }

    // One more than the third: it detaches the oldest chat.
    expect(calls.at(-1)).toBe(calls[2]! + 1);
    expect(
      world.conversations.membershipsOf(world.env['CONVERSATIONS_SERVICE_SID']!, identity).length,
    ).toBeLessThanOrEqual(50);
  });
});
