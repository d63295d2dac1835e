/** The limit on chats per identity: it bounds what one human check or sign-in allows. */
import { twilioClient } from '../support/emulator';
import { failureOf, useFunctions, type StartedChat } from '../support/functions-world';

const world = useFunctions({ STARTS_PER_IDENTITY_PER_HOUR: '3' });

async function startAndEnd(token: string) {
  const answer = await world.post<StartedChat>('/start-chat', { token });
  if (answer.status === 200) world.close(answer.body.conversationSid);
  return answer;
}

it.each(['/start-chat', '/create-conversation', '/initWebchat'])(
  'rejects the fourth within an hour at %s',
  async (path) => {
    const { token } = await world.aVisitor();
    for (let chat = 1; chat <= 3; chat++) expect((await startAndEnd(token)).status).toBe(200);

    const refused = await world.post(path, { token });

    expect(failureOf(refused)).toBe('429 too_many_starts');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3500);
  },
);

it('counts chats that the visitor has left with the SDK, which Twilio no longer lists', async () => {
  const { token, identity } = await world.aVisitor();
  const service = twilioClient(world.emulator).conversations.v1.services(
    world.env['CONVERSATIONS_SERVICE_SID']!,
  );
  const statuses: number[] = [];
  for (let chat = 1; chat <= 4; chat++) {
    const first = { message: 'hello', messageId: `m-${chat}` };
    const { status, body } = await world.post<StartedChat>('/start-chat', { token, ...first });
    statuses.push(status);
    if (status === 200) await service.conversations(body.conversationSid).participants(identity).remove();
  }

  expect(statuses).toEqual([200, 200, 200, 429]);
});

it('rejects no other identity because of it', async () => {
  const { token } = await world.aVisitor();
  for (let chat = 1; chat <= 4; chat++) await startAndEnd(token);

  expect((await world.post('/start-chat', {})).status).toBe(200);
});

it('returns a visitor to the open chat', async () => {
  const { token } = await world.aVisitor();
  for (let chat = 1; chat <= 2; chat++) await startAndEnd(token);
  const open = await world.post<StartedChat>('/start-chat', { token });

  const again = await world.post<StartedChat>('/start-chat', { token });

  expect(again.body).toMatchObject({ conversationSid: open.body.conversationSid, resumed: true });
});

it('counts only the last hour', async () => {
  const { token, identity } = await world.aVisitor();
  for (let chat = 1; chat <= 3; chat++) await startAndEnd(token);
  for (const conversation of world.conversations.conversations.list(
    world.env['CONVERSATIONS_SERVICE_SID']!,
  )) {
    conversation.dateCreated = new Date(conversation.dateCreated.getTime() - 3_601_000);
  }

  expect((await startAndEnd(token)).status).toBe(200);
  expect(identity).toMatch(/^visitor-/);
});

it('can be switched off', async () => {
  world.env['STARTS_PER_IDENTITY_PER_HOUR'] = '0';
  const { token } = await world.aVisitor();

  for (let chat = 1; chat <= 5; chat++) expect((await startAndEnd(token)).status).toBe(200);
});
