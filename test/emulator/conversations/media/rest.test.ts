/** The rules of Media over HTTP: who may upload and read, limits, and expiry. */
import { once } from 'node:events';
import { request as sendRequest, type IncomingMessage } from 'node:http';
import {
  BYTES_PER_MB,
  MAX_ATTACHMENT_MB,
  MAX_ATTACHMENTS,
} from '../../../../emulator/conversations/media/limits';
import { ChatWorld } from '../../realtime/sdk';
import { getMedia, getMediaSet, mediaUrl, uploadMedia } from './requests';

/** Node's own. The SDK replaces it when it is loaded. Source: observed, SDK 2.7.0 and 3.0.1 */
const StandardFormData = FormData;

describe('Media over HTTP', () => {
  let chat: ChatWorld;

  beforeEach(async () => {
    chat = await ChatWorld.start('@twilio/conversations');
  });
  afterEach(() => chat.stop());

  const as = (identity: string) => ({ 'x-twilio-token': chat.token(identity) });

  it('accepts the file of a form, with its name and type', async () => {
    const form = new StandardFormData();
    form.append('file', new File(['hello'], 'späße.txt', { type: 'text/plain' }));

    const { status, body } = await uploadMedia(chat, form, as('ada'), '?Category=history');

    expect(status).toBe(201);
    expect(body).toMatchObject({
      content_type: 'text/plain',
      filename: 'späße.txt',
      size: 5,
      author: 'ada',
      category: 'history',
    });
    expect(await getMedia(chat, `/Media/${body.sid}/Content`, as('ada'))).toEqual({
      status: 200,
      text: 'hello',
    });
  });

  it('hides an upload from other identities until a message contains it', async () => {
    const conversation = chat.aConversation(['ada', 'bob']);
    const { body } = await uploadMedia(chat, 'secret', as('ada'));
    const seenBy = async (identity: string) => [
      (await getMedia(chat, `/Media/${body.sid}`, as(identity))).status,
      (await getMedia(chat, `/Media/${body.sid}/Content`, as(identity))).status,
      (await getMediaSet(chat, as(identity), body.sid))[0]?.code,
    ];
    expect(await seenBy('bob')).toEqual([404, 404, 404]);

    chat.domain.messages.add(
      conversation,
      { author: 'ada', media: chat.domain.media.attachments(chat.serviceSid, [body.sid]) },
      { source: 'SDK', identity: 'ada' },
    );

    expect(await seenBy('bob')).toEqual([200, 200, 200]);
    expect(await seenBy('mallory')).toEqual([404, 404, 404]);
    const { channel_sid } = JSON.parse((await getMedia(chat, `/Media/${body.sid}`, as('bob'))).text);
    expect(channel_sid).toBe(conversation.sid);
  });

  it('expires temporary links, and rejects forged ones', async () => {
    const { body } = await uploadMedia(chat, 'secret', as('ada'));
    const link = body.links.content_direct_temporary as string;
    expect((await fetch(link)).status).toBe(200);

    const forged = new URL(link);
    forged.searchParams.set('Expires', String(Number(forged.searchParams.get('Expires')) + 3600));
    expect((await fetch(forged)).status).toBe(403);
    const other = await uploadMedia(chat, 'other', as('ada'));
    expect((await fetch(link.replace(body.sid, other.body.sid))).status).toBe(403);
    chat.emulator.world.clock.advance(300_000);
    expect((await fetch(link)).status).toBe(403);
  });

  it.each([
    ['nobody', () => ({}), 401, 20003],
    ['an invalid token', () => ({ 'x-twilio-token': 'nonsense' }), 401, 20101],
    ['another Service', () => ({ 'x-twilio-token': aStrangersToken() }), 403, 54007],
  ])('rejects an upload by %s', async (_case, headers, status, code) => {
    expect(await uploadMedia(chat, 'x', headers())).toMatchObject({ status, body: { status, code } });
  });

  function aStrangersToken(): string {
    return chat.token('ada', { service: chat.domain.services.create('Other').sid });
  }

  it('rejects an unknown category, a form without a file, and media of another sender', async () => {
    const conversation = chat.aConversation(['ada']);
    await chat.connect('ada');
    expect((await uploadMedia(chat, 'x', as('ada'), '?Category=secret')).status).toBe(400);
    const form = new StandardFormData();
    form.append('name', 'no file');
    expect((await uploadMedia(chat, form, as('ada'))).status).toBe(400);

    const { body } = await uploadMedia(chat, 'x', as('bob'));
    const send = (media_sids: unknown) =>
      chat.tunnel('ada', 'POST', `/Client/v2/Conversations/${conversation.sid}/Messages`, {
        body: 'x',
        media_sids,
      });
    for (const mediaSids of [[body.sid], [`ME${'0'.repeat(32)}`], 'ME', [1]]) {
      expect(await send(mediaSids)).toMatchObject({ status: 400, body: { code: 20001 } });
    }
    const own = (await uploadMedia(chat, 'x', as('ada'))).body.sid;
    expect((await send(Array(MAX_ATTACHMENTS).fill(own))).status).toBe(201);
    expect((await send(Array(MAX_ATTACHMENTS + 1).fill(own))).status).toBe(400);
    expect(chat.domain.messages.ofConversation(conversation.sid)).toHaveLength(1);
  });

  it('rejects a file that is too large, before it is sent', async () => {
    const size = (MAX_ATTACHMENT_MB + 2) * BYTES_PER_MB;
    const headers = {
      ...as('ada'),
      origin: 'http://localhost:5173',
      'content-type': 'video/mp4',
      'content-length': size,
    };
    const request = sendRequest(mediaUrl(chat, '/Media'), { method: 'POST', headers, agent: false });
    request.flushHeaders();

    const [response] = (await once(request, 'response')) as [IncomingMessage];

    expect(response.statusCode).toBe(413);
    // So that the page can read the reason.
    expect(response.headers['access-control-allow-origin']).toBe('http://localhost:5173');
    request.destroy();
  });

  it('lets pages that may use the SDK upload and read, and no others', async () => {
    const url = mediaUrl(chat, '/Media');
    const page = 'http://localhost:5173';
    const ask = (origin: string) =>
      fetch(url, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-headers': 'x-twilio-token' },
      });
    const preflight = await ask(page);

    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(page);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('x-twilio-token');
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST');
    const refused = await fetch(url, { method: 'POST', body: 'x', headers: { origin: page } });
    expect(refused.headers.get('access-control-allow-origin')).toBe(page);
    expect((await ask('https://shop.example')).status).toBe(403);
  });
});
