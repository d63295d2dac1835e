/** The permissions of each role through the SDK, and Twilio's answers to the rest. */
import type { Client, Conversation, Message } from '@twilio/conversations';
import { AGENT_ROLE_SID, CREATOR_ROLE_SID, GUEST_ROLE_SID } from '../../../../emulator/conversations/roles';
import { twilioClient } from '../../../support/emulator';
import { next } from '../events';
import { ChatWorld, SDK_PACKAGES } from '../sdk';

interface Scene {
  client: Client;
  view: Conversation;
  /** The caller's own message, and one by bob. */
  own: Message;
  foreign: Message;
}

type Deed = (scene: Scene) => Promise<unknown>;

const DEEDS: Record<string, Deed> = {
  'rename the Conversation': ({ view }) => view.updateFriendlyName('Mine now'),
  'change its unique name': ({ view }) => view.updateUniqueName('mine-now'),
  'change its attributes': ({ view }) => view.updateAttributes({ mine: true }),
  'add a Participant': ({ view }) => view.add('grace'),
  'add a phone number': ({ view }) => view.addNonChatParticipant('+15550001111', '+15550002222'),
  'change their own attributes': async ({ client, view }) =>
    (await view.getParticipantByIdentity(client.user.identity))!.updateAttributes({ mine: true }),
  "change another's attributes": async ({ view }) =>
    (await view.getParticipantByIdentity('bob'))!.updateAttributes({ mine: true }),
  'mute the Conversation': ({ view }) => view.setUserNotificationLevel('muted'),
  'edit their own message': ({ own }) => own.updateBody('better'),
  "edit their own message's attributes": ({ own }) => own.updateAttributes({ better: true }),
  "edit another's message": ({ foreign }) => foreign.updateBody('worse'),
  "edit another's message's attributes": ({ foreign }) => foreign.updateAttributes({ worse: true }),
  'remove their own message': ({ own }) => own.remove(),
  "remove another's message": ({ foreign }) => foreign.remove(),
  'remove a Participant': ({ view }) => view.removeParticipant('bob'),
  'delete the Conversation': ({ view }) => view.delete(),
};

const PERMITTED: [string, string, string[]][] = [
  ['guest', GUEST_ROLE_SID, []],
  [
    'agent',
    AGENT_ROLE_SID,
    [
      'change its attributes',
      'edit their own message',
      "edit their own message's attributes",
      'remove their own message',
    ],
  ],
  ['creator', CREATOR_ROLE_SID, Object.keys(DEEDS)],
];

describe.each(SDK_PACKAGES)('roles, with the SDK %s', (_version, sdkPackage) => {
  let chat: ChatWorld;

  beforeEach(async () => {
    chat = await ChatWorld.start(sdkPackage);
  });
  afterEach(() => chat.stop());

  async function aScene(roleSid: string) {
    const conversation = chat.aConversation(['ada'], { roleSid });
    chat.add(conversation, 'bob');
    const [own, foreign] = [chat.say(conversation, 'ada', 'own'), chat.say(conversation, 'bob', 'foreign')];
    const client = await chat.connect('ada');
    const view = await chat.joined(client, conversation);
    const { items } = await view.getMessages();
    const find = ({ sid }: { sid: string }): Message => items.find((message) => message.sid === sid)!;
    return { conversation, client, view, own: find(own), foreign: find(foreign) };
  }

  const stateOf = ({ sid }: { sid: string }): string =>
    JSON.stringify([
      chat.domain.conversations.get(sid),
      chat.domain.participants.ofConversation(sid),
      chat.domain.messages.ofConversation(sid),
    ]);

  it.each(PERMITTED)(
    'let a %s do what the role permits, and nothing else',
    async (_role, roleSid, permitted) => {
      const scene = await aScene(roleSid);
      const done: string[] = [];

      for (const [name, deed] of Object.entries(DEEDS)) {
        const before = stateOf(scene.conversation);
        const refusal = await deed(scene).then(
          () => undefined,
          (error: { status: number; body: object }) => error,
        );
        if (refusal === undefined) done.push(name);
        else {
          expect([name, refusal]).toMatchObject([name, { status: 403, body: { status: 403, code: 50107 } }]);
          expect(stateOf(scene.conversation)).toBe(before);
        }
      }

      expect(done).toEqual(permitted);
    },
  );

  it('let every guest write, read and leave', async () => {
    const { view, conversation } = await aScene(GUEST_ROLE_SID);

    await view.sendMessage('hello');
    await view.typing();
    expect(await view.setAllMessagesRead()).toBe(0);
    await view.leave();

    expect(chat.domain.participants.find(conversation.sid, 'ada')).toBeUndefined();
  });

  it("give the creator of a Conversation the Service's role for creators", async () => {
    const client = await chat.connect('ada');
    const view = await client.createConversation({ friendlyName: 'Mine' });
    await view.add('bob');
    const joined = next(client, 'conversationJoined');
    await view.join();
    await joined;

    const roles = chat.domain.participants
      .ofConversation(view.sid)
      .map(({ identity, roleSid }) => [identity, roleSid]);
    expect(roles).toEqual([
      ['bob', GUEST_ROLE_SID],
      ['ada', CREATOR_ROLE_SID],
    ]);
    const { conversations } = twilioClient(chat.emulator);
    const configuration = await conversations.v1.services(chat.serviceSid).configuration().fetch();
    expect(configuration).toMatchObject({
      defaultConversationCreatorRoleSid: CREATOR_ROLE_SID,
      defaultConversationRoleSid: GUEST_ROLE_SID,
    });
  });

  it('do not treat an identity called system as the creator of Conversations from REST', async () => {
    const conversation = chat.aConversation(['bob']);
    const client = await chat.connect('system');

    await expect(client.getConversationBySid(conversation.sid)).rejects.toMatchObject({ status: 403 });
    // The SDK fetches a Conversation that its user joins. A request that `stop` cuts off fails the test after this one.
    const joined = next<Conversation>(client, 'conversationJoined');
    expect(chat.add(conversation, 'system').roleSid).toBe(GUEST_ROLE_SID);
    expect(await (await joined).getParticipants()).toHaveLength(2);
  });

  it('apply at once when the role changes', async () => {
    const { view, conversation } = await aScene(GUEST_ROLE_SID);
    await expect(view.updateAttributes({ a: 1 })).rejects.toMatchObject({ body: { code: 50107 } });

    const { conversations } = twilioClient(chat.emulator);
    await conversations.v1
      .conversations(conversation.sid)
      .participants('ada')
      .update({ roleSid: AGENT_ROLE_SID });

    await view.updateAttributes({ a: 1 });
    expect(chat.domain.conversations.get(conversation.sid)?.attributes).toBe('{"a":1}');
  });
});
