import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readAccount } from '../../../emulator/core/account';
import { Emulator } from '../../../emulator/emulator';
import { startEmulator, twilioClient } from '../../support/emulator';

let emulator: Emulator;

beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.stop());

const control = async (method: string, path: string, body?: object) => {
  const response = await fetch(`${emulator.url}/emulator/${path}`, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
};

const v1 = () => twilioClient(emulator).conversations.v1;

describe('POST /emulator/reset', () => {
  it('removes Conversations, journal, faults and clock', async () => {
    const conversation = await v1().conversations.create({ uniqueName: 'ada' });
    emulator.faults.add({ kind: 'status', times: 5 });
    emulator.world.clock.advance(3_600_000);

    expect(await control('POST', 'reset')).toEqual({ status: 204, body: null });

    expect(emulator.journal.entries).toEqual([]);
    await expect(v1().conversations(conversation.sid).fetch()).rejects.toMatchObject({ code: 20404 });
    expect(emulator.world.clock.now()).toBeLessThan(Date.now() + 60_000);
  });

  it('stops all timers of the old world', async () => {
    const old = emulator.world;
    const conversation = old.conversations.conversations.create(
      old.conversations.defaultServiceSid,
      { state: 'active', timerClosed: 'PT10M' },
      { source: 'EVENT' },
    );

    await control('POST', 'reset');
    old.clock.advance(600_000);

    expect(conversation.state).toBe('active');
  });

  it('releases a hanging call', async () => {
    emulator.faults.add({ kind: 'hang' });
    const arrived = new Promise((resolve) => emulator.journal.events.on('arrived', resolve));
    const hanging = v1().conversations.list();
    const outcome = expect(hanging).rejects.toMatchObject({ code: 'ECONNRESET' });
    await arrived;

    await control('POST', 'reset');

    await outcome;
  });

  it('keeps the address, also for open connections', async () => {
    const first = await fetch(`${emulator.url}/emulator/journal`, { headers: { connection: 'keep-alive' } });
    await first.text();

    await Promise.all([control('POST', 'reset'), control('POST', 'reset'), emulator.reset()]);

    expect(await v1().conversations.list()).toEqual([]);
  });

  it('keeps the old world if it fails, and the next one works', async () => {
    const conversation = await v1().conversations.create({});
    const { workflowSid } = emulator.account;
    // This value is written into the Flow's JSON.
    emulator.account.workflowSid = '"';

    expect((await control('POST', 'reset')).status).toBe(500);
    expect(await v1().conversations.list()).toHaveLength(1);

    emulator.account.workflowSid = workflowSid;
    expect((await control('POST', 'reset')).status).toBe(204);
    await expect(v1().conversations(conversation.sid).fetch()).rejects.toMatchObject({ code: 20404 });
  });
});

describe('/emulator/journal', () => {
  it('shows each REST call completely, except for the secret', async () => {
    const { apiKeySid, apiKeySecret, conversationsServiceSid } = emulator.account;
    const conversation = await v1().conversations.create({ friendlyName: 'Ada L.' });
    await v1()
      .services(conversationsServiceSid)
      .conversations(conversation.sid)
      .webhooks.create({
        target: 'studio',
        'configuration.flowSid': emulator.account.flowSid,
        'configuration.filters': ['onMessageAdded', 'onMessageUpdated'],
      });
    await v1().conversations(conversation.sid).messages.list({ order: 'desc', pageSize: 7 });

    const { status, body } = await control('GET', 'journal');

    expect(status).toBe(200);
    const path = `/v1/Services/${conversationsServiceSid}/Conversations/${conversation.sid}/Webhooks`;
    expect(body).toMatchObject([
      {
        id: 1,
        host: 'conversations.twilio.com',
        method: 'POST',
        path: '/v1/Conversations',
        query: {},
        form: { FriendlyName: 'Ada L.' },
        headers: { authorization: `Basic ${apiKeySid}:***` },
        status: 201,
      },
      {
        id: 2,
        path,
        form: { Target: 'studio', 'Configuration.Filters': ['onMessageAdded', 'onMessageUpdated'] },
        status: 201,
      },
      { id: 3, method: 'GET', query: { Order: 'desc', PageSize: '7' }, form: {}, status: 200 },
    ]);
    expect(JSON.stringify(body)).not.toContain(apiKeySecret);
    const at = (body as [{ at: string }])[0].at;
    expect(new Date(at).toISOString()).toBe(at);
  });

  it('shows rejected calls, and calls without a route', async () => {
    const stranger = twilioClient(emulator, { username: 'ACnobody', password: 'wrong' });
    await expect(stranger.conversations.v1.conversations.list()).rejects.toMatchObject({ code: 20003 });
    await expect(twilioClient(emulator).chat.v2.services.list()).rejects.toMatchObject({ status: 501 });

    expect(emulator.journal.entries).toMatchObject([
      { path: '/v1/Conversations', status: 401 },
      { host: 'chat.twilio.com', status: 501 },
    ]);
  });

  it('shows no control calls, and is empty after DELETE', async () => {
    await v1().conversations.list();
    await control('POST', 'clock', { advanceMs: 1 });
    expect(emulator.journal.entries).toHaveLength(1);

    expect(await control('DELETE', 'journal')).toEqual({ status: 204, body: null });

    expect((await control('GET', 'journal')).body).toEqual([]);
  });
});

describe('POST /emulator/clock', () => {
  it('moves the time, including the timers of a Conversation', async () => {
    const conversation = await v1().conversations.create({ state: 'active', 'timers.closed': 'PT10M' });

    const before = emulator.world.clock.now();
    const { status, body } = await control('POST', 'clock', { advanceMs: 600_000 });

    expect(status).toBe(200);
    expect(new Date((body as { now: string }).now).getTime()).toBeGreaterThanOrEqual(before + 600_000);
    expect((await v1().conversations(conversation.sid).fetch()).state).toBe('closed');
  });
});

describe('an invalid control', () => {
  it.each([
    ['an unknown kind', 'faults', { kind: 'explode' }, 'kind'],
    ['an unknown field', 'faults', { kind: 'hang', hots: 'x' }, 'hots'],
    ['a broken regular expression', 'faults', { kind: 'hang', path: '(' }, 'path'],
    ['a probability above 1', 'faults', { kind: 'hang', probability: 2 }, 'probability'],
    ['a clock that moves backward', 'clock', { advanceMs: -1 }, 'advanceMs'],
    ['a clock beyond the largest date', 'clock', { advanceMs: 1e300 }, 'advanceMs'],
  ])('is rejected: %s', async (_case, path, body, names) => {
    const answer = await control('POST', path, body);

    expect(answer.status).toBe(400);
    expect((answer.body as { message: string }).message).toContain(names);
  });

  it('gets a 404 if its name is unknown', async () => {
    expect((await control('POST', 'nonsense')).status).toBe(404);
  });
});

describe('the address', () => {
  it.each([
    ['a Host header, as from a proxy', { host: 'conversations.twilio.com' }],
    ['a Host header with a port', { host: 'Conversations.Twilio.com:443' }],
    ['x-emulator-host', { 'x-emulator-host': 'conversations.twilio.com' }],
  ])('can name Twilio in %s', async (_case, headers) => {
    const { accountSid, authToken } = emulator.account;
    const answer = await getWithHeaders(`${emulator.url}/v1/Conversations?PageSize=3`, {
      ...headers,
      authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
    });

    expect(answer.status).toBe(200);
    expect(emulator.journal.entries).toMatchObject([
      { host: 'conversations.twilio.com', path: '/v1/Conversations', query: { PageSize: '3' } },
    ]);
  });

  it('is rejected with a clear message if it is taken', async () => {
    const other = createServer();
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;

    await expect(Emulator.start({ port })).rejects.toThrow(`Port ${port} is taken`);

    other.close();
    await once(other, 'close');
  });

  it('is free again after a failed start', async () => {
    const port = Number(new URL(emulator.url).port);
    await emulator.stop();

    // This value is written into the Flow's JSON.
    const broken = Emulator.start({ port, account: { ...readAccount(), workflowSid: '"' } });
    await expect(broken).rejects.toThrow(SyntaxError);

    emulator = await Emulator.start({ port });
    expect(await v1().conversations.list()).toEqual([]);
  });
});

/** fetch does not let a caller set the Host header. */
async function getWithHeaders(url: string, headers: Record<string, string>): Promise<{ status: number }> {
  const request = get(url, { headers, agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
  return { status: response.statusCode! };
}
