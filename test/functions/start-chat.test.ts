import type { Emulator } from '../../emulator/emulator';
import { startEmulator } from '../support/emulator';
import { emulatorSettings, post, startFunctions, type FunctionsServer } from '../support/functions-server';

interface Started {
  token: string;
  identity: string;
  expiresAt: string;
  conversationSid: string;
  resumed: boolean;
  clientOptions?: unknown;
}

describe('POST /start-chat', () => {
  let emulator: Emulator;
  let functions: FunctionsServer;
  let env: Record<string, string>;
  const startChat = (body: object = {}) => post<Started>(functions, '/start-chat', body);
  const domain = () => emulator.world.conversations;

  beforeAll(async () => {
    emulator = await startEmulator();
    env = emulatorSettings(emulator);
    functions = await startFunctions({ env });
  });
  afterAll(async () => {
    await functions.stop();
    await emulator.stop();
  });
  beforeEach(() => emulator.reset());

  it('makes a Conversation with the visitor in it and the Flow listening, in three calls', async () => {
    const { status, body } = await startChat({ friendlyName: 'Ada L.', preChat: { topic: 'refund' } });

    expect({ status, resumed: body.resumed }).toEqual({ status: 200, resumed: false });
    const conversation = domain().conversations.get(body.conversationSid)!;
    expect(conversation).toMatchObject({
      friendlyName: 'Ada L.',
      uniqueName: `chat-${body.identity}-1`,
      state: 'active',
      timers: { inactive: 'PT1H', closed: 'P1D' },
    });
    expect(JSON.parse(conversation.attributes)).toEqual({
      pre_engagement_data: { friendlyName: 'Ada L.', topic: 'refund' },
    });
    expect(domain().participants.ofConversation(conversation.sid)).toMatchObject([
      { identity: body.identity },
    ]);
    expect(domain().webhooks.ofConversation(conversation.sid)).toMatchObject([
      { target: 'studio', flowSid: env['STUDIO_FLOW_SID'], filters: ['onMessageAdded'] },
    ]);
  });

  it('resumes the open Conversation of a visitor who starts again, and adds nothing', async () => {
    const first = await startChat();

    const second = await startChat({ token: first.body.token, friendlyName: 'Somebody else' });

    expect(second.body).toMatchObject({
      identity: first.body.identity,
      conversationSid: first.body.conversationSid,
      resumed: true,
    });
    expect(domain().participants.ofConversation(first.body.conversationSid)).toHaveLength(1);
    expect(domain().webhooks.ofConversation(first.body.conversationSid)).toHaveLength(1);
    expect(domain().conversations.get(first.body.conversationSid)!.friendlyName).toBeNull();
  });
});
