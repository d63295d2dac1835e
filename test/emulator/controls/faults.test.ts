import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { twilioClient, useEmulator } from '../../support/emulator';

const emulator = useEmulator();

const addFault = async (fault: object) => {
  const response = await fetch(`${emulator().url}/emulator/faults`, {
    method: 'POST',
    body: JSON.stringify(fault),
    headers: { 'content-type': 'application/json' },
  });
  expect(response.status).toBe(201);
  return response.json() as Promise<{ id: number }>;
};
const authorization = () => {
  const { accountSid, authToken } = emulator().account;
  return `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
};
const v1 = () => twilioClient(emulator()).conversations.v1;
const conversationCount = () => {
  const { conversations } = emulator().world;
  return conversations.conversations.list(conversations.defaultServiceSid).length;
};

describe('a fault', () => {
  it('of kind status answers with that status, and has no effect', async () => {
    expect(await addFault({ kind: 'status', status: 503, times: 1 })).toEqual({ id: 1 });

    await expect(v1().conversations.create({})).rejects.toMatchObject({ status: 503, code: 20503 });

    expect(conversationCount()).toBe(0);
    expect(emulator().journal.entries).toMatchObject([{ status: 503, fault: 'status' }]);
    await v1().conversations.create({});
    expect(conversationCount()).toBe(1);
  });

  it('of kind status can have headers and a body', async () => {
    await addFault({
      kind: 'status',
      status: 429,
      headers: { 'retry-after': '7' },
      body: { code: 50074, message: 'Slow down', more_info: '', status: 429 },
    });

    const response = await fetch(`${emulator().url}/conversations.twilio.com/v1/Conversations`, {
      headers: { authorization: authorization() },
    });

    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await response.json()).toMatchObject({ code: 50074 });
  });

  it.each([
    [400, 20001],
    [401, 20003],
    [404, 20404],
    [429, 20429],
    [500, 20500],
    [503, 20503],
  ])('of kind status has with %i the code that clients expect, %i', async (status, code) => {
    await addFault({ kind: 'status', status });

    await expect(v1().conversations.list()).rejects.toMatchObject({ status, code });
  });

  it('of kind resetBefore cuts the connection, and has no effect', async () => {
    await addFault({ kind: 'resetBefore' });

    await expect(v1().conversations.create({})).rejects.toMatchObject({ code: 'ECONNRESET' });

    expect(conversationCount()).toBe(0);
    expect(emulator().journal.entries).toMatchObject([{ status: null, fault: 'resetBefore' }]);
  });

  it('of kind resetAfter cuts the connection after the effect', async () => {
    await addFault({ kind: 'resetAfter' });

    await expect(v1().conversations.create({ uniqueName: 'ada' })).rejects.toMatchObject({
      code: 'ECONNRESET',
    });

    expect(conversationCount()).toBe(1);
    expect(emulator().journal.entries).toMatchObject([
      { form: { UniqueName: 'ada' }, status: 201, fault: 'resetAfter' },
    ]);
  });

  it('of kind hang never answers, and has no effect', async () => {
    await addFault({ kind: 'hang', times: 1 });
    const arrived = new Promise((resolve) => emulator().journal.events.on('arrived', resolve));
    let isAnswered = false;
    const hanging = v1()
      .conversations.create({})
      .finally(() => (isAnswered = true));
    const outcome = expect(hanging).rejects.toMatchObject({ code: 'ECONNRESET' });

    await arrived;
    await v1().conversations.list();

    expect(isAnswered).toBe(false);
    expect(conversationCount()).toBe(0);
    expect(emulator().journal.entries).toMatchObject([{ status: null, fault: 'hang' }, { status: 200 }]);
    await emulator().reset();
    await outcome;
  });

  it('of kind delay holds the call until its time is reached', async () => {
    await addFault({ kind: 'delay', delayMs: 3_600_000 });
    const arrived = new Promise((resolve) => emulator().journal.events.on('arrived', resolve));
    const creation = v1().conversations.create({ friendlyName: 'late' });

    await arrived;
    expect(conversationCount()).toBe(0);
    emulator().world.clock.advance(3_600_000);

    expect((await creation).friendlyName).toBe('late');
    expect(emulator().journal.entries).toMatchObject([{ status: 201, fault: 'delay' }]);
  });

  it('of kind delay leaves no listeners on a connection with many calls', async () => {
    await addFault({ kind: 'delay', delayMs: 1 });
    const listeners: number[] = [];
    const inspect = (message: unknown) =>
      void listeners.push((message as { socket: Socket }).socket.listenerCount('close'));
    subscribe('http.server.response.finish', inspect);

    for (let call = 0; call < 5; call++) {
      await fetch(`${emulator().url}/conversations.twilio.com/v1/Conversations`, {
        headers: { authorization: authorization() },
      }).then((response) => response.text());
    }

    unsubscribe('http.server.response.finish', inspect);
    expect(listeners).toEqual(Array(5).fill(listeners[0]));
  });

  it('of kind delay lets a call take effect after its client has given up', async () => {
    await addFault({ kind: 'delay', delayMs: 3_600_000, times: 1 });
    const arrived = new Promise((resolve) => emulator().journal.events.on('arrived', resolve));
    const caller = new AbortController();
    const creation = fetch(`${emulator().url}/conversations.twilio.com/v1/Conversations`, {
      method: 'POST',
      body: new URLSearchParams({ FriendlyName: 'late' }),
      headers: { authorization: authorization() },
      signal: caller.signal,
    });
    const outcome = expect(creation).rejects.toThrow('aborted');

    await arrived;
    // Each of these calls arrives after the earlier traffic: the form, then the end of the connection.
    await v1().conversations.list();
    caller.abort();
    await outcome;
    await v1().conversations.list();
    const answered = new Promise((resolve) => emulator().journal.events.on('answered', resolve));
    emulator().world.clock.advance(3_600_000);
    await answered;

    expect(conversationCount()).toBe(1);
    expect(emulator().journal.entries[0]).toMatchObject({ form: { FriendlyName: 'late' }, status: 201 });
  });

  it('applies only to the given host, method and path', async () => {
    await addFault({
      kind: 'status',
      status: 500,
      host: 'conversations.twilio.com',
      method: 'post',
      path: '/Participants$',
    });
    await addFault({ kind: 'status', status: 500, host: 'studio.twilio.com' });

    const conversation = await v1().conversations.create({});
    await v1().conversations(conversation.sid).participants.list();
    await expect(
      v1().conversations(conversation.sid).participants.create({ identity: 'ada' }),
    ).rejects.toMatchObject({ status: 500 });

    expect(emulator().journal.entries.map(({ fault }) => fault)).toEqual([undefined, undefined, 'status']);
  });

  it('applies to `times` calls', async () => {
    await addFault({ kind: 'status', status: 500, times: 2 });

    const outcomes = [];
    for (let call = 0; call < 4; call++) {
      outcomes.push(
        await v1()
          .conversations.list()
          .then(
            () => 'ok',
            () => 'failed',
          ),
      );
    }

    expect(outcomes).toEqual(['failed', 'failed', 'ok', 'ok']);
  });

  it('with a probability and a seed applies to the same calls each time', async () => {
    const hits = async () => {
      await addFault({ kind: 'status', status: 500, probability: 0.5, seed: 42 });
      for (let call = 0; call < 20; call++)
        await v1()
          .conversations.list()
          .catch(() => undefined);
      const pattern = emulator()
        .journal.entries.map(({ fault }) => (fault ? 'x' : '.'))
        .join('');
      await emulator().reset();
      return pattern;
    };

    const first = await hits();

    expect(await hits()).toBe(first);
    expect(first).toMatch(/x/);
    expect(first).toMatch(/\./);
  });

  it('with probability 0 never applies', async () => {
    await addFault({ kind: 'status', probability: 0 });

    await v1().conversations.list();

    expect(emulator().journal.entries).toMatchObject([{ status: 200 }]);
  });

  it('is removed by DELETE', async () => {
    await addFault({ kind: 'status' });

    await fetch(`${emulator().url}/emulator/faults`, { method: 'DELETE' });

    expect(await v1().conversations.list()).toEqual([]);
  });

  it('does not apply to the controls', async () => {
    await addFault({ kind: 'status' });

    expect((await fetch(`${emulator().url}/emulator/journal`)).status).toBe(200);
  });
});
