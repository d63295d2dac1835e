/** The earlier chats of a signed-in user: their own, and no one else's. */
import { twilioClient } from '../support/emulator';
import { failureOf, useFunctions, type StartedChat, type Visitor } from '../support/functions-world';
import { accessToken, userToken } from '../support/tokens';

const SECRET = 'the host site shares this secret';

interface Chats {
  chats: { conversationSid: string; startedAt: string; endedAt: string }[];
}

describe('POST /list-chats', () => {
  const world = useFunctions({ USER_TOKEN_SECRET: SECRET, STARTS_PER_IDENTITY_PER_HOUR: '0' });

  const list = (token: string) => world.post<Chats>('/list-chats', { token });
  const sidsOf = async (token: string) => (await list(token)).body.chats.map((chat) => chat.conversationSid);
  const start = async (sub: string) =>
    (
      await world.post<StartedChat>('/start-chat', {
        userToken: userToken(SECRET, { sub }),
        message: 'hello',
      })
    ).body;
  const aPastChat = async (sub: string) => {
    const chat = await start(sub);
    world.close(chat.conversationSid);
    return chat;
  };
  const participantsOf = (sid: string) =>
    twilioClient(world.emulator)
      .conversations.v1.services(world.env['CONVERSATIONS_SERVICE_SID']!)
      .conversations(sid).participants;

  it('lists the chats that are over, the newest first, with one call to Twilio', async () => {
    const first = await aPastChat('ada');
    const second = await aPastChat('ada');
    const { token } = await start('ada');
    world.takeCalls();

    const { status, body } = await list(token);

    const { dateCreated } = world.conversation(second.conversationSid);
    expect(status).toBe(200);
    expect(body.chats.map((chat) => chat.conversationSid)).toEqual([
      second.conversationSid,
      first.conversationSid,
    ]);
    expect(Math.abs(Date.parse(body.chats[0]!.startedAt) - dateCreated.getTime())).toBeLessThan(1000);
    expect(Date.parse(body.chats[0]!.endedAt)).toBeGreaterThanOrEqual(Date.parse(body.chats[0]!.startedAt));
    expect(world.takeCalls()).toEqual([expect.stringMatching(/^GET .*\/ParticipantConversations/)]);
  });

  it('is the same list on every device, for every token of the user', async () => {
    const { conversationSid } = await aPastChat('ada');

    const { body } = await world.post<Visitor>('/token', { userToken: userToken(SECRET, { sub: 'ada' }) });

    expect(await sidsOf(body.token)).toEqual([conversationSid]);
  });

  it("shows another user's token nothing of it", async () => {
    await aPastChat('ada');
    const bob = await start('bob');

    expect(await sidsOf(bob.token)).toEqual([]);
  });

  it('does not list a chat of another user in which the user became a Participant', async () => {
    const ada = await start('ada');
    const bob = await start('bob');
    await participantsOf(ada.conversationSid).create({ identity: bob.identity });
    world.close(ada.conversationSid);

    expect(await sidsOf(bob.token)).toEqual([]);
  });

  it('does not list a chat whose name only looks as if the Functions had created it', async () => {
    const { token, identity } = await start('ada');
    const service = world.env['CONVERSATIONS_SERVICE_SID']!;
    const uniqueName = `chat-${identity}-9-${'x'.repeat(22)}`;
    const { sid } = world.conversations.conversations.create(service, { uniqueName }, { source: 'EVENT' });
    await participantsOf(sid).create({ identity });
    world.close(sid);

    expect(await sidsOf(token)).toEqual([]);
  });

  it('does not list a chat from which the user was removed', async () => {
    const { token, identity, conversationSid } = await start('ada');
    await participantsOf(conversationSid)(identity).remove();
    world.close(conversationSid);

    expect(await sidsOf(token)).toEqual([]);
  });

  it('lists nothing for an anonymous visitor, and asks Twilio nothing', async () => {
    const { token } = await world.aChat({ message: 'hello' });
    world.takeCalls();

    expect((await list(token)).body).toEqual({ chats: [] });
    expect(world.takeCalls()).toEqual([]);
  });

  it('refuses a token that another key signed', async () => {
    const { identity } = await aPastChat('ada');
    world.takeCalls();

    const forged = accessToken(world.env, { identity, secret: 'another secret that is long enough' });

    expect(failureOf(await list(forged))).toBe('401 invalid_token');
    expect(world.takeCalls()).toEqual([]);
  });

  it('survives a lost answer of Twilio', async () => {
    const { token, conversationSid } = await aPastChat('ada');
    world.emulator.faults.add({ kind: 'resetAfter', path: '/ParticipantConversations$', times: 1 });

    expect(await sidsOf(token)).toEqual([conversationSid]);
  });
});
