/** The REST API and the SDK work on the same Conversations: twilio-node on one side, the SDK on the other. */
import type { Conversation } from '@twilio/conversations';
import { CREATOR_ROLE_SID } from '../../../emulator/conversations/roles';
import { twilioClient } from '../../support/emulator';
import { next, nextMessage } from './events';
import { ChatWorld, SDK_PACKAGES } from './sdk';

describe.each(SDK_PACKAGES)('REST and the SDK %s', (_version, sdkPackage) => {
  let chat: ChatWorld;

  beforeEach(async () => {
    chat = await ChatWorld.start(sdkPackage);
  });
  afterEach(() => chat.stop());

  const service = () => twilioClient(chat.emulator).conversations.v1.services(chat.serviceSid);

  it('show each other every change, from the first message to the end', async () => {
    const client = await chat.connect('ada');
    const joined = next<Conversation>(client, 'conversationJoined');
    const { sid } = await service().conversations.create({ friendlyName: 'By REST' });
    await service().conversations(sid).participants.create({ identity: 'ada', roleSid: CREATOR_ROLE_SID });
    const view = await joined;
    await view.getMessages();
    await chat.subscribed('ada', chat.domain.conversations.get(sid)!);

    const fromRest = nextMessage(client, 'from REST');
    await service().conversations(sid).messages.create({ author: 'agent', body: 'from REST' });
    const message = await fromRest;
    await view.sendMessage('from the SDK');
    await message.updateAttributes({ read: true });
    await view.updateLastReadMessageIndex(1);

    const messages = await service().conversations(sid).messages.list();
    expect(messages.map(({ author, body }) => [author, body])).toEqual([
      ['agent', 'from REST'],
      ['ada', 'from the SDK'],
    ]);
    expect(messages[0]?.attributes).toBe('{"read":true}');
    const [participant] = await service().conversations(sid).participants.list();
    expect(participant).toMatchObject({ identity: 'ada', lastReadMessageIndex: 1 });

    const closed = next<{ conversation: Conversation }>(
      client,
      'conversationUpdated',
      ({ conversation }) => conversation.state?.current === 'closed',
    );
    await service().conversations(sid).update({ state: 'closed' });
    await closed;
    const removed = next(client, 'conversationRemoved');
    await service().conversations(sid).remove();
    await removed;
  });

  it('continue for a client whose User was deleted, and create it again', async () => {
    const client = await chat.connect('ada');
    await service().users('ada').remove();
    const joined = next<Conversation>(client, 'conversationJoined');

    const { sid } = await service().conversations.create({});
    await service().conversations(sid).participants.create({ identity: 'ada' });

    expect((await joined).sid).toBe(sid);
  });

  it('give nothing to a client that is no Participant', async () => {
    const conversation = chat.aConversation(['ada'], { uniqueName: 'private' });
    chat.say(conversation, 'ada', 'secret');
    await chat.connect('mallory');
    const ask = (method: string, path: string, body = {}) => chat.tunnel('mallory', method, path, body);
    const path = `/Client/v2/Conversations/${conversation.sid}`;

    for (const [method, target] of [
      ['GET', path],
      ['POST', path],
      ['DELETE', path],
      ['POST', `${path}/Messages`],
      ['POST', `${path}/Participants`],
      ['DELETE', `${path}/Participants/ada`],
      ['GET', `/v3/Documents/${conversation.sid}.channel`],
      ['GET', `/v3/Lists/${conversation.sid}.messages`],
      ['GET', `/v3/Lists/${conversation.sid}.messages/Items`],
      ['GET', `/v3/Maps/${conversation.sid}.roster/Items`],
      ['GET', '/v3/Maps/ada.convs'],
      ['GET', '/Client/v2/Users/ada/Conversations'],
      ['POST', '/Client/v2/Users/ada'],
    ] as const) {
      expect([target, (await ask(method, target, { identity: 'mallory', body: 'x' })).status]).toEqual([
        target,
        403,
      ]);
    }
    expect((await ask('GET', '/Client/v2/Users/mallory/Conversations/private')).status).toBe(404);
    expect(chat.domain.participants.ofConversation(conversation.sid)).toHaveLength(1);
    expect(chat.domain.messages.ofConversation(conversation.sid)).toHaveLength(1);
  });

  it('reach many clients at once', async () => {
    const identities = Array.from({ length: 20 }, (_, index) => `guest-${index}`);
    const conversation = chat.aConversation(identities);
    const clients = await Promise.all(identities.map((identity) => chat.connect(identity)));
    await Promise.all(clients.map((client) => chat.joined(client, conversation)));
    const received = clients.map((client) => nextMessage(client, 'last'));

    for (let count = 0; count < 19; count += 1) chat.say(conversation, 'system', `message ${count}`);
    chat.say(conversation, 'system', 'last');

    expect((await Promise.all(received)).map(({ index }) => index)).toEqual(identities.map(() => 19));
  });
});
