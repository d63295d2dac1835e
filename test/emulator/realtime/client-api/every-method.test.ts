/** Every public method of the SDK that calls the server, called once: none may get a 501. */
import type { Client, Conversation } from '@twilio/conversations';
import '../../../support/loose-timers';
import { ChatWorld, SDK_PACKAGES } from '../sdk';

describe.each(SDK_PACKAGES)('Every method of @twilio/conversations %s', (_version, sdkPackage) => {
  let chat: ChatWorld;
  let client: Client;
  let conversation: Conversation;
  const refused: string[] = [];

  beforeAll(async () => {
    chat = await ChatWorld.start(sdkPackage);
    chat.realtime.events.on('requestHandled', ({ method, path, status }) => {
      if (status === 501) refused.push(`${method} ${path}`);
    });
    client = await chat.connect('ada', { pushCredential: chat.emulator.account.pushCredentials![0]!.sid });
    conversation = await client.createConversation({ friendlyName: 'All', uniqueName: 'all' });
    await conversation.join();
    await conversation.getMessages();
  });
  beforeEach(() => void refused.splice(0));
  afterEach(() => expect(refused).toEqual([]));
  afterAll(() => chat.stop());

  const file = () => ({ contentType: 'text/plain', media: Buffer.from('x'), filename: 'x.txt' });
  const theMessage = async () => (await conversation.getMessages()).items[0]!;

  it('of Conversation', async () => {
    await conversation.add('bob', {});
    await conversation.addNonChatParticipant('+15550100', '+15550101', {});
    await conversation.sendMessage('hello', { a: 1 }, { subject: 'Greeting' });
    await conversation.prepareMessage().setBody('b').setSubject('s').setAttributes({}).buildAndSend();
    await conversation.prepareMessage().addMedia(file()).buildAndSend();
    await conversation.prepareMessage().setEmailBody('text/plain', file()).buildAndSend();
    await conversation.typing();
    await conversation.getAttributes();
    await conversation.getParticipants();
    await conversation.getParticipantsCount();
    await conversation.getMessagesCount();
    await conversation.getUnreadMessagesCount();
    await conversation.advanceLastReadMessageIndex(0);
    await conversation.updateLastReadMessageIndex(0);
    await conversation.setAllMessagesRead();
    await conversation.setAllMessagesUnread();
    await conversation.setUserNotificationLevel('muted');
    await conversation.updateAttributes({ a: 1 });
    await conversation.updateFriendlyName('Everything');
    await conversation.updateUniqueName('everything');
    const bob = await conversation.getParticipantByIdentity('bob');
    await conversation.getParticipantBySid(bob!.sid);
    await bob!.getUser();
    await bob!.updateAttributes({ a: 1 });
    await bob!.remove();
    await conversation.add('eve');
    await conversation.removeParticipant('eve');
  });

  it('of Message and Media', async () => {
    const message = await theMessage();
    await message.getParticipant();
    await message.getDetailedDeliveryReceipts();
    await message.getContentData();
    await message.getChannelMetadata();
    expect(await message.getMessageRecipients()).toEqual([]);
    const recipients = await conversation.getMessageRecipients({ pageSize: 20 });
    expect([recipients.items, recipients.hasNextPage]).toEqual([[], false]);
    const { items } = await conversation.getMessages();
    const withFile = items.find(({ attachedMedia }) => attachedMedia?.length)!;
    const [media] = withFile.attachedMedia!;
    await media!.getContentTemporaryUrl();
    await withFile.getTemporaryContentUrlsForAttachedMedia();
    await withFile.getTemporaryContentUrlsForMedia([media!]);
    await withFile.getTemporaryContentUrlsForMediaSids([media!.sid]);
    await message.updateBody('better');
    await message.updateAttributes({ b: 1 });
    await message.remove();
  });

  it('of User and Client', async () => {
    await client.user.updateAttributes({ a: 1 });
    await client.user.updateFriendlyName('Ada');
    const bob = await client.getUser('bob');
    await client.getSubscribedUsers();
    await bob.unsubscribe();
    await client.getConversationByUniqueName('everything');
    await client.peekConversationBySid(conversation.sid);
    await client.getSubscribedConversations();
    expect(await client.getContentTemplates()).toEqual([]);
    await client.setPushRegistrationId('apn', 'device-1');
    await client.setPushRegistrationId('apn', 'device-2');
    await client.removePushRegistrations('apn', 'device-2');
    await client.updateToken(chat.token('ada'));
  });

  it('that ends a Conversation', async () => {
    await conversation.leave();
    const other = await client.createConversation({});
    await other.join();
    await other.getMessages();
    await other.getParticipants();
    await other.delete();
  });
});
