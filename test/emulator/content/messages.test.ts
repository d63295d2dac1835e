/** Templates in Messages, sent on both faces and read by the unmodified SDK. */
import type { ContentData, Message } from '@twilio/conversations';
import { twilioClient } from '../../support/emulator';
import { next } from '../realtime/events';
import { ChatWorld, SDK_PACKAGES } from '../realtime/sdk';
import { newContent, TEMPLATES, type TemplateType } from './templates';

/** What the SDK makes of each, `rawData` aside. */
const READ: Record<TemplateType, Partial<ContentData>> = {
  'twilio/text': { type: 'text', body: 'Hello Ada' },
  'twilio/media': { type: 'media', body: 'Our shop', media: ['https://example.com/Ada.png'] },
  'twilio/quick-reply': {
    type: 'quickReply',
    body: 'Hello Ada, which order?',
    replies: [
      { type: 'QUICK_REPLY', title: 'The last', id: 'last' },
      { type: 'QUICK_REPLY', title: 'another', id: 'other' },
    ],
  } as never,
  'twilio/list-picker': {
    type: 'listPicker',
    body: 'Where to?',
    button: 'Towns',
    items: [
      { item: 'Berlin', id: 'ber', description: 'From 99 €' },
      { item: 'Paris', id: 'par' },
    ],
  } as never,
  'twilio/card': {
    type: 'card',
    title: 'Tea',
    subtitle: 'Green, 100 g',
    media: ['https://example.com/tea.png'],
    actions: [
      expect.objectContaining({ type: 'reply', title: 'Order', id: 'order' }),
      expect.objectContaining({ type: 'url', title: 'More', url: 'https://example.com/tea' }),
    ],
  } as never,
  'twilio/call-to-action': {
    type: 'callToAction',
    body: 'Talk to us',
    actions: [
      expect.objectContaining({ type: 'phone', title: 'Call', phone: '+15550001111' }),
      expect.objectContaining({ type: 'url', title: 'Visit', url: 'https://example.com/Ada' }),
    ],
  } as never,
};

describe.each(SDK_PACKAGES)('Messages of a template, for the SDK %s', (_version, sdkPackage) => {
  let chat: ChatWorld;

  beforeEach(async () => {
    chat = await ChatWorld.start(sdkPackage);
  });
  afterEach(() => chat.stop());

  const rest = () => twilioClient(chat.emulator);
  const create = async (types: object, more: object = {}) =>
    (await rest().content.v1.contents.create(newContent(types, more))).sid;
  const sendByRest = (conversationSid: string, message: object) =>
    rest().conversations.v1.services(chat.serviceSid).conversations(conversationSid).messages.create(message);

  async function aChat() {
    const conversation = chat.aConversation(['ada', 'grace']);
    const [ada, grace] = [await chat.connect('ada'), await chat.connect('grace')];
    await chat.joined(ada, conversation);
    return { conversation, ada, grace, view: await chat.joined(grace, conversation) };
  }

  it.each(Object.keys(TEMPLATES) as TemplateType[])('reads %s by getContentData', async (type) => {
    const { conversation, ada } = await aChat();
    const contentSid = await create({ [type]: TEMPLATES[type] }, { variables: { 1: 'Bob', 2: 'another' } });
    const arriving = next<Message>(ada, 'messageAdded');

    const sent = await sendByRest(conversation.sid, {
      author: 'grace',
      contentSid,
      contentVariables: JSON.stringify({ 1: 'Ada' }),
      body: 'not looked at',
    });

    expect(sent).toMatchObject({ contentSid, body: null, media: null });
    const message = await arriving;
    expect(message).toMatchObject({ contentSid, body: null, author: 'grace', type: 'text' });
    expect(message.attachedMedia).toEqual([]);
    expect(await message.getContentData()).toMatchObject(READ[type]);
  });

  it('sends one by the SDK itself, which lists the templates of the account', async () => {
    const { ada, grace, view } = await aChat();
    const contentSid = await create(
      { 'twilio/quick-reply': TEMPLATES['twilio/quick-reply'] },
      { friendly_name: 'which', variables: { 1: 'Bob', 2: 'another' } },
    );
    const [template] = await grace.getContentTemplates();
    expect(template).toMatchObject({ sid: contentSid, friendlyName: 'which' });
    const arriving = next<Message>(ada, 'messageAdded');

    await view
      .prepareMessage()
      .setContentTemplate(contentSid, [template!.variables[0]!.copyWithValue('Ada')])
      .build()
      .send();

    expect(await (await arriving).getContentData()).toMatchObject(READ['twilio/quick-reply']);
  });

  it('sends the most complex of a template’s types', async () => {
    const { conversation, ada } = await aChat();
    const contentSid = await create({
      'twilio/quick-reply': TEMPLATES['twilio/quick-reply'],
      'twilio/text': TEMPLATES['twilio/text'],
    });
    const arriving = next<Message>(ada, 'messageAdded');

    await sendByRest(conversation.sid, { contentSid });

    expect(await (await arriving).getContentData()).toMatchObject({ type: 'quickReply' });
  });

  it('keeps what was sent after its template is gone', async () => {
    const { conversation, ada } = await aChat();
    const contentSid = await create({ 'twilio/text': { body: 'Hello' } });
    const arriving = next<Message>(ada, 'messageAdded');
    await sendByRest(conversation.sid, { contentSid });
    const message = await arriving;

    await rest().content.v1.contents(contentSid).remove();

    expect(await message.getContentData()).toMatchObject({ type: 'text', body: 'Hello' });
  });

  it.each([
    ['a SID of another kind', 50526, { contentSid: `IM${'0'.repeat(32)}` }],
    ['a SID that the account does not have', 50526, { contentSid: `HX${'0'.repeat(32)}` }],
    ['variables without a template', 50528, { body: 'Hello', contentVariables: '{}' }],
  ])('refuses %s', async (_case, code, message) => {
    const conversation = chat.aConversation(['ada']);

    await expect(sendByRest(conversation.sid, message)).rejects.toMatchObject({ status: 400, code });
    expect(chat.domain.messages.ofConversation(conversation.sid)).toEqual([]);
  });

  it.each(['{', '[]', '"a"', '{"1":2}'])('refuses the variables %s', async (contentVariables) => {
    const conversation = chat.aConversation(['ada']);
    const contentSid = await create({ 'twilio/text': TEMPLATES['twilio/text'] });

    await expect(sendByRest(conversation.sid, { contentSid, contentVariables })).rejects.toMatchObject({
      status: 400,
      code: 50527,
    });
    expect(chat.domain.messages.ofConversation(conversation.sid)).toEqual([]);
  });

  it('refuses a type that Conversations does not send', async () => {
    const conversation = chat.aConversation(['ada']);
    const contentSid = await create({ 'twilio/carousel': { body: 'a', cards: [] } });

    await expect(sendByRest(conversation.sid, { contentSid })).rejects.toMatchObject({ code: 50542 });
  });
});
