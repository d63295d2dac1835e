/** The realtime test hooks over HTTP, and how the socket treats clients with another protocol. */
import { once } from 'node:events';
import WebSocket from 'ws';
import { decodeFrame, encodeFrame } from '../../../emulator/realtime/twilsock/frames';
import { next } from './events';
import { ChatWorld } from './sdk';

describe('the realtime controls', () => {
  let chat: ChatWorld;

  beforeEach(async () => {
    chat = await ChatWorld.start('@twilio/conversations');
  });
  afterEach(() => chat.stop());

  async function control(method: string, path: string, body?: object) {
    const response = await fetch(`${chat.emulator.url}/emulator/realtime${path}`, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  const sessions = async () =>
    ((await control('GET', '/sessions')).body as { identity: string }[]).map(({ identity }) => identity);

  it('list the sessions and drop those of one identity, or all', async () => {
    await chat.connect('ada');
    await chat.connect('bob');
    expect((await sessions()).sort()).toEqual(['ada', 'bob']);

    const ended = next<{ identity: string }>(chat.realtime.events, 'sessionClosed');
    expect(await control('POST', '/drop', { identity: 'ada' })).toEqual({
      status: 200,
      body: { dropped: 1 },
    });
    expect((await ended).identity).toBe('ada');
    const back = next<{ identity: string }>(chat.realtime.events, 'sessionOpened');
    expect((await back).identity).toBe('ada');

    expect((await control('POST', '/drop')).body).toEqual({ dropped: 2 });
  });

  it('send a close frame', async () => {
    const client = await chat.connect('ada');
    const fatal = next<{ terminal: boolean }>(client, 'connectionError');
    const disconnected = next(client, 'connectionStateChanged', (state) => state === 'disconnected');

    expect((await control('POST', '/close', { code: 406 })).body).toEqual({ closed: 1 });

    expect((await fatal).terminal).toBe(true);
    await disconnected;
  });

  it('change settings, and return all of them', async () => {
    const changed = await control('POST', '/settings', { expiryStyle: 'close410', replayChunk: 3 });

    expect(changed.body).toEqual({ ...chat.realtime.settings, expiryStyle: 'close410', replayChunk: 3 });
    expect((await control('GET', '/settings')).body).toEqual(changed.body);
  });

  it('inject a failure for the next request, and remove it again', async () => {
    await chat.connect('ada');
    const fault = { on: 'request', status: 429, path: '/Configuration', payload: { code: 20429 } };
    const ask = () => chat.tunnel('ada', 'GET', '/Client/v2/Configuration');

    expect((await control('POST', '/faults', fault)).status).toBe(201);
    expect(await ask()).toEqual({ status: 429, body: { code: 20429 } });
    expect((await ask()).status).toBe(200);

    await control('POST', '/faults', fault);
    expect((await control('DELETE', '/faults')).status).toBe(204);
    expect((await ask()).status).toBe(200);
  });

  it.each([
    ['/close', {}],
    ['/close', { code: '308' }],
    ['/drop', { identiy: 'ada' }],
    ['/settings', { expiryStyle: 'never' }],
    ['/settings', { replayChunk: 0 }],
    ['/faults', { on: 'everything', status: 500 }],
  ])('reject a mistake in %s: %j', async (path, body) => {
    expect(await control('POST', path, body)).toMatchObject({ status: 400, body: { code: 20001 } });
  });

  it('answer 501 to requests that the emulator does not serve, and 400 to invalid ones', async () => {
    await chat.connect('ada');

    expect(await chat.tunnel('ada', 'GET', '/Client/v2/Nothing')).toMatchObject({
      status: 501,
      body: { code: 20501 },
    });
    expect((await chat.tunnel('ada', 'GET', '/Client/v2/Users/%E0%A4%A')).status).toBe(400);
    expect((await chat.tunnel('ada', 'POST', '/v4/Subscriptions', {})).status).toBe(400);
  });

  const open = async (path = '/v3/wsconnect') => {
    const socket = new WebSocket(chat.emulator.url.replace('http', 'ws') + path);
    await once(socket, 'open');
    return socket;
  };

  it('accept WebSockets at one path only', async () => {
    await expect(open('/elsewhere')).rejects.toThrow(/404/);
  });

  it.each([
    ['text', 'hello'],
    ['bytes that are not a frame', Buffer.from('hello')],
  ])('close a socket that sends %s', async (_case, data) => {
    const socket = await open();
    const closed = once(socket, 'close');
    const answer = once(socket, 'message');

    socket.send(data);

    const [frame] = (await answer) as [Buffer];
    expect(decodeFrame(frame).header).toMatchObject({ method: 'close', status: { code: 400 } });
    await closed;
  });

  it('serve nothing before init', async () => {
    const socket = await open();
    const answer = once(socket, 'message');

    socket.send(
      encodeFrame({
        id: 'TM1',
        method: 'message',
        http_request: { host: 'aim.us1.twilio.com', path: '/Client/v2/Configuration', method: 'GET' },
      }),
    );

    const [frame] = (await answer) as [Buffer];
    expect(decodeFrame(frame).header).toMatchObject({ method: 'reply', id: 'TM1', status: { code: 401 } });
    socket.terminate();
  });
});
