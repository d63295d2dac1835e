/** Media through the SDK in Node and through REST: downloads equal uploads byte for byte. */
import type { Message } from '@twilio/conversations';
import { twilioClient } from '../../../support/emulator';
import { next } from '../../realtime/events';
import { ChatWorld, SDK_PACKAGES } from '../../realtime/sdk';
import { uploadMedia } from './requests';

const PICTURE = Buffer.from(Array.from({ length: 300 }, (_, index) => index % 256));

describe.each(SDK_PACKAGES)('Media, with the SDK %s', (_version, sdkPackage) => {
  let chat: ChatWorld;

  beforeEach(async () => {
    chat = await ChatWorld.start(sdkPackage);
  });
  afterEach(() => chat.stop());

  async function aPair() {
    const conversation = chat.aConversation(['ada', 'bob']);
    const [ada, bob] = [await chat.connect('ada'), await chat.connect('bob')];
    const [view] = [await chat.joined(ada, conversation), await chat.joined(bob, conversation)];
    return { conversation, ada, bob, view };
  }

  it('sends a file to the others, who read its bytes from a temporary link', async () => {
    const { conversation, bob, view } = await aPair();
    const arrived = next<Message>(bob, 'messageAdded');

    await view.sendMessage({ contentType: 'image/png', filename: 'grüße.png', media: PICTURE });

    const { type, attachedMedia } = await arrived;
    expect(type).toBe('media');
    const [media] = attachedMedia!;
    expect(media).toMatchObject({ contentType: 'image/png', filename: 'grüße.png', size: PICTURE.length });
    const url = (await media!.getContentTemporaryUrl())!;
    expect(new URL(url).origin).toBe(chat.emulator.url);
    const response = await fetch(url);
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
    expect(Buffer.from(await response.arrayBuffer())).toEqual(PICTURE);
    expect(chat.domain.messages.ofConversation(conversation.sid)[0]?.media).toMatchObject([
      { sid: media!.sid },
    ]);
  });

  it('sends several files and a text in one message', async () => {
    const { bob, view } = await aPair();
    const arrived = next<Message>(bob, 'messageAdded');
    const file = (name: string) => ({ contentType: 'text/plain', filename: name, media: Buffer.from(name) });

    await view
      .prepareMessage()
      .setBody('two files')
      .addMedia(file('a.txt'))
      .addMedia(file('b.txt'))
      .build()
      .send();

    const message = await arrived;
    expect(message.body).toBe('two files');
    const urls = await message.getTemporaryContentUrlsForAttachedMedia();
    const texts = [...urls.values()].map(async (url) => (await fetch(url)).text());
    expect(await Promise.all(texts)).toEqual(['a.txt', 'b.txt']);
  });

  it('shows the media of a message in REST, and sends what REST uploads', async () => {
    const { conversation, ada, bob, view } = await aPair();
    const service = twilioClient(chat.emulator).conversations.v1.services(chat.serviceSid);
    const arrived = next<Message>(bob, 'messageAdded');
    await view.sendMessage({ contentType: 'text/plain', filename: 'a.txt', media: Buffer.from('hello') });
    const { sid } = await arrived;

    const { media } = await service.conversations(conversation.sid).messages(sid).fetch();
    expect(media).toEqual([
      { sid: expect.stringMatching(/^ME/), size: 5, content_type: 'text/plain', filename: 'a.txt' },
    ]);

    const { accountSid, authToken } = chat.emulator.account;
    const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
    const uploaded = await uploadMedia(chat, 'x', { authorization });
    const fromRest = next<Message>(ada, 'messageAdded');
    await service
      .conversations(conversation.sid)
      .messages.create({ author: 'agent', mediaSid: uploaded.body.sid });
    expect((await fromRest).attachedMedia).toMatchObject([{ sid: uploaded.body.sid, size: 1 }]);
  });
});
