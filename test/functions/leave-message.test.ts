/** Messages that visitors leave: delivered once, to a Task or to the site's hook. */
import { Webhook } from 'standardwebhooks';
import type { Fault } from '../../emulator/core/faults';
import { failureOf, useFunctions, type Visitor } from '../support/functions-world';
import { Receiver } from '../support/receiver';

const world = useFunctions();
const LETTER = {
  friendlyName: 'Ada L.',
  contact: 'ada@example.com',
  message: 'Where is my order?\nThank you!',
  messageId: 'm-1',
};
const leave = ({ token }: Visitor, params: object = {}) =>
  world.post('/leave-message', { token, ...LETTER, ...params });
const tasks = () => world.emulator.world.taskrouter.tasks.all();
const attributesOf = (index = 0) => JSON.parse(tasks()[index]!.attributes) as Record<string, unknown>;

/** Completes Twilio's pending calls, and lets the time for late ones pass. */
const passLateCalls = async () => {
  world.emulator.world.clock.advance(60_000);
  await new Promise((resolve) => setImmediate(resolve));
};

describe('POST /leave-message', () => {
  it('becomes a Task on its own Workflow, for two weeks', async () => {
    const visitor = await world.aVisitor();

    const { status, body } = await leave(visitor);

    expect({ status, body }).toEqual({ status: 201, body: { left: true } });
    expect(tasks()).toHaveLength(1);
    expect(tasks()[0]).toMatchObject({
      workflowSid: world.env['LEAVE_MESSAGE_WORKFLOW_SID'],
      timeoutSeconds: 14 * 86_400,
    });
    expect(attributesOf()).toEqual({
      type: 'left-message',
      left_message_sid: expect.stringMatching(/^IM/),
      identity: visitor.identity,
      from: LETTER.contact,
      name: LETTER.friendlyName,
      customerName: LETTER.friendlyName,
      email: LETTER.contact,
      message: LETTER.message,
    });
  });

  it.each(['+49 (30) 123-456', '030/123456', '12345'])('knows the phone number %s', async (contact) => {
    await leave(await world.aVisitor(), { contact });
    expect(attributesOf()).toMatchObject({ phone: contact });
    expect(attributesOf()).not.toHaveProperty('email');
  });

  it('keeps only a digest of it besides the Task', async () => {
    await leave(await world.aVisitor());
    const { conversations, messages } = world.conversations;
    const [record] = conversations.list(world.env['CONVERSATIONS_SERVICE_SID']!);
    const kept = JSON.stringify([record, messages.ofConversation(record!.sid)]);
    expect(record!.uniqueName).toMatch(/^left-visitor-/);
    for (const text of [LETTER.message, LETTER.contact, LETTER.friendlyName])
      expect(kept).not.toContain(text);
  });

  it('happens once per messageId, at once, again, and after the Task is gone', async () => {
    const visitor = await world.aVisitor();
    const answers = await Promise.all(Array.from({ length: 6 }, () => leave(visitor)));
    expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThan(0);
    expect(answers.every(({ status }) => status < 300)).toBe(true);
    expect(tasks()).toHaveLength(1);

    world.emulator.world.taskrouter.deleteTask(tasks()[0]!);
    expect((await leave(visitor)).status).toBe(200);
    expect(tasks()).toEqual([]);
    expect((await leave(visitor, { messageId: 'm-2' })).status).toBe(201);
    expect(tasks()).toHaveLength(1);
  });

  it('rejects other text under the same messageId', async () => {
    const visitor = await world.aVisitor();
    await leave(visitor);
    expect(failureOf(await leave(visitor, { message: 'something else' }))).toBe('409 message_id_reused');
    expect(failureOf(await leave(visitor, { contact: '12345' }))).toBe('409 message_id_reused');
    expect(tasks()).toHaveLength(1);
  });

  it('keeps visitors apart who choose the same messageId', async () => {
    await leave(await world.aVisitor());
    await leave(await world.aVisitor());
    expect(tasks()).toHaveLength(2);
  });

  it.each<[string, Fault]>([
    ['every other call fails', { kind: 'status', status: 503, probability: 0.5, seed: 7 }],
    ['the answers of Tasks are lost', { kind: 'resetAfter', method: 'POST', path: 'Tasks$', times: 2 }],
    ['the answers of Messages are lost', { kind: 'resetAfter', method: 'POST', path: 'Messages', times: 2 }],
    [
      'the answers of Conversations are lost',
      { kind: 'resetAfter', method: 'POST', path: 'Conversations$', times: 2 },
    ],
  ])('creates one Task if %s, after retries', async (_what, fault) => {
    const visitor = await world.aVisitor();
    world.emulator.faults.add(fault);
    for (let tries = 0; tries < 3; tries++) {
      const { status } = await leave(visitor);
      if (status < 300) break;
      world.emulator.faults.clear();
    }
    expect(tasks()).toHaveLength(1);
    expect((await leave(visitor)).status).toBe(200);
    expect(tasks()).toHaveLength(1);
  });

  it('creates one Task if the call takes effect after the answer to the visitor', async () => {
    const visitor = await world.aVisitor();
    world.emulator.faults.add({ kind: 'delay', delayMs: 9000, method: 'POST', path: 'Tasks$', times: 1 });

    const first = await leave(visitor);
    expect(failureOf(first)).toBe('503 twilio_unavailable');
    expect(Number(first.headers.get('retry-after'))).toBeGreaterThan(0);
    await passLateCalls();
    const second = await leave(visitor);

    expect(second.status).toBeLessThan(300);
    expect(tasks()).toHaveLength(1);
  });

  it('finishes what a failed call began', async () => {
    const visitor = await world.aVisitor();
    const { id } = world.emulator.faults.add({ kind: 'status', status: 400, method: 'POST', path: 'Tasks$' });
    expect(failureOf(await leave(visitor))).toBe('502 twilio_error');
    expect(id).toBeGreaterThan(0);
    world.emulator.faults.clear();

    expect((await leave(visitor)).status).toBe(201);
    expect(tasks()).toHaveLength(1);
  });

  it('has the limits of chats', async () => {
    world.env['STARTS_PER_IDENTITY_PER_HOUR'] = '2';
    const visitor = await world.aVisitor();
    for (const messageId of ['m-1', 'm-2']) expect((await leave(visitor, { messageId })).status).toBe(201);

    const refused = await leave(visitor, { messageId: 'm-3' });
    expect(failureOf(refused)).toBe('429 too_many_starts');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3500);
    expect((await leave(visitor, { messageId: 'm-1' })).status).toBe(200);
    expect(tasks()).toHaveLength(2);
  });

  it('counts among the starts of all anonymous visitors', async () => {
    world.env['ANONYMOUS_STARTS_PER_MINUTE'] = '1';
    const statuses: number[] = [];
    for (let i = 0; i < 3; i++) statuses.push((await leave(await world.aVisitor())).status);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
  });

  it('is not possible where it is not set up', async () => {
    delete world.env['LEAVE_MESSAGE_TO'];
    const visitor = await world.aVisitor();
    expect(failureOf(await leave(visitor))).toBe('409 messages_not_taken');
    expect(world.takeCalls()).toEqual([]);
  });

  it('writes nothing of it to the log', async () => {
    await leave(await world.aVisitor());
    const log = JSON.stringify(world.takeLog());
    for (const text of ['order', 'ada@', 'Ada L.']) expect(log).not.toContain(text);
  });
});

describe("POST /leave-message to the site's hook", () => {
  const secret = 'the hook and the Functions share it';
  let site: Receiver;

  beforeEach(async () => {
    site = await Receiver.start();
    Object.assign(world.env, {
      LEAVE_MESSAGE_TO: 'hook',
      SITE_HOOK_URL: `${site.url}/chat-hook`,
      SITE_HOOK_SECRET: secret,
    });
  });
  afterEach(() => site.stop());

  it('sends a signed event, and creates no Task', async () => {
    const visitor = await world.aVisitor();
    expect((await leave(visitor)).status).toBe(201);

    const [{ body, headers }] = site.received as [(typeof site.received)[number]];
    const event = new Webhook(Buffer.from(secret).toString('base64')).verify(
      body,
      headers as Record<string, string>,
    );
    const { friendlyName, contact, message } = LETTER;
    expect(event).toMatchObject({
      type: 'message.left',
      data: { identity: visitor.identity, friendlyName, contact, message },
    });
    expect(tasks()).toEqual([]);
  });

  it('can be repeated after a failure, with the same id, and is not sent again after a success', async () => {
    const visitor = await world.aVisitor();
    site.answer = { status: 503 };
    expect(failureOf(await leave(visitor))).toBe('503 hook_unavailable');
    site.answer = { status: 204 };
    expect((await leave(visitor)).status).toBe(201);
    expect((await leave(visitor)).status).toBe(200);

    const ids = site.received.map(({ headers }) => headers['webhook-id']);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('says if the hook rejects it', async () => {
    site.answer = { status: 401 };
    expect(failureOf(await leave(await world.aVisitor()))).toBe('502 hook_error');
  });
});
