/** An emulator that runs for days keeps the newest Messages of all Conversations together; the older ones leave quietly. */
import type { Client } from '@twilio/conversations';
import { SYSTEM } from '../../../emulator/conversations/model';
import type { Conversation } from '../../../emulator/conversations/model';
import { Emulator } from '../../../emulator/emulator';
import { twilioClient } from '../../support/emulator';
import { nextMessage } from '../realtime/events';
import { ChatWorld, SDK_PACKAGES } from '../realtime/sdk';

const MAX_MESSAGES = 20;
/** A tenth more before the oldest are dropped. */
const BATCH = 2;

describe.each(SDK_PACKAGES)('an emulator that keeps 20 Messages, with the SDK %s', (_version, sdkPackage) => {
  let chat: ChatWorld;
  let ada: Conversation;
  let bob: Conversation;

  beforeEach(async () => {
    chat = await ChatWorld.start(sdkPackage, Emulator.start({ port: 0, maxMessages: MAX_MESSAGES }));
    ada = chat.aConversation(['ada']);
    bob = chat.aConversation(['bob']);
  });
  afterEach(() => chat.stop());

  const service = () => twilioClient(chat.emulator).conversations.v1.services(chat.serviceSid);
  const bodiesByRest = async ({ sid }: Conversation) =>
    (await service().conversations(sid).messages.list()).map(({ body }) => body);
  const bodiesOf = async (client: Client, { sid }: Conversation) => {
    const view = await client.getConversationBySid(sid);
    return (await view.getMessages(100)).items.map(({ body }) => body);
  };

  /** 'one' and 'two' are the oldest, and the oldest batch. */
  function fill(): void {
    chat.say(ada, 'ada', 'one');
    chat.say(bob, 'bob', 'two');
    for (let count = 0; count < MAX_MESSAGES; count++) chat.say(ada, 'ada', `more ${count}`);
  }

  it('drops the oldest of all Conversations, a batch at a time', async () => {
    fill();
    expect(await bodiesByRest(bob)).toEqual(['two']);

    chat.say(bob, 'bob', 'last');

    expect(await bodiesByRest(ada)).not.toContain('one');
    expect(await bodiesByRest(ada)).toHaveLength(MAX_MESSAGES - 1);
    expect(await bodiesByRest(bob)).toEqual(['last']);
    expect(chat.realtime.projection.messagesOf(ada).sorted).toHaveLength(MAX_MESSAGES - 1);
    expect(chat.realtime.projection.messagesOf(bob).eventsAfter(0)).toHaveLength(1);
  });

  it('tells neither connected clients nor webhooks', async () => {
    const [one] = [await chat.connect('ada')];
    await chat.joined(one, ada);
    const removed: unknown[] = [];
    one.on('messageRemoved', (message) => removed.push(message.body));
    const lastIndex = ada.nextMessageIndex + MAX_MESSAGES + BATCH;
    fill();
    const arrived = nextMessage(one, 'last');
    chat.say(ada, 'ada', 'last');

    await arrived;

    expect(removed).toEqual([]);
    expect(ada.nextMessageIndex).toBe(lastIndex);
    expect((await service().conversations(ada.sid).messages.list()).at(-1)).toMatchObject({ body: 'last' });
    // A client that comes later sees what is left, and the next message as usual.
    const late = await chat.connect('ada');
    expect((await bodiesOf(late, ada)).slice(0, 2)).toEqual(['more 1', 'more 2']);
    const next = nextMessage(late, 'after that');
    await (await one.getConversationBySid(ada.sid)).sendMessage('after that');
    await next;
  });

  it('counts no Message that is removed already, alone or with its Conversation', async () => {
    const { messages } = chat.domain;
    const gone = chat.aConversation();
    chat.say(gone, 'system', 'gone');
    chat.domain.deleteConversation(gone, SYSTEM);
    chat.say(ada, 'ada', 'removed');
    messages.remove(ada, messages.ofConversation(ada.sid)[0]!, SYSTEM);
    chat.say(bob, 'bob', 'first');
    for (let count = 1; count < MAX_MESSAGES; count++) chat.say(ada, 'ada', `more ${count}`);

    // The 23rd that was created, and the 21st that is left.
    chat.say(bob, 'bob', 'last');

    expect(await bodiesByRest(bob)).toEqual(['last']);
    expect(messages.ofConversation(ada.sid)).toHaveLength(MAX_MESSAGES - 1);
  });

  it('keeps as many after a snapshot of an emulator that keeps more', async () => {
    const other = await Emulator.start({ port: 0 });
    const conversation = other.world.conversations.conversations.create(chat.serviceSid, {}, SYSTEM);
    for (let count = 0; count < MAX_MESSAGES; count++) {
      other.world.conversations.messages.add(conversation, { body: `${count}` }, SYSTEM);
    }
    await chat.emulator.restore(await other.snapshot());
    await other.stop();

    const restored = chat.domain.conversations.get(conversation.sid)!;
    for (let count = 0; count <= BATCH; count++) chat.say(restored, 'ada', 'more');

    expect(await bodiesByRest(restored)).toHaveLength(MAX_MESSAGES);
  });

  it('lets go of the files of dropped Messages', () => {
    const file = {
      category: 'media',
      filename: 'a.txt',
      contentType: 'text/plain',
      content: Buffer.from('a'),
    } as const;
    const { sid } = chat.domain.media.add(chat.serviceSid, 'ada', file);
    const media = chat.domain.media.attachments(chat.serviceSid, [sid]);
    chat.domain.messages.add(ada, { author: 'ada', media }, SYSTEM);
    expect(chat.domain.media.get(sid)).toBeDefined();

    fill();

    expect(chat.domain.media.get(sid)).toBeUndefined();
  });
});
