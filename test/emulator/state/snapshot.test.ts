/** What a snapshot brings back: every resource, every timer, and clients of the SDK to what is there. */
import fc from 'fast-check';
import { Emulator } from '../../../emulator/emulator';
import { useEmulator } from '../../support/emulator';
import { next } from '../realtime/events';
import { ChatWorld } from '../realtime/sdk';
import { Rest } from './rest';

const emulator = useEmulator();
const rest = new Rest(emulator);

type Step = (rest: Rest, emulator: Emulator) => Promise<unknown>;

const CONVERSATIONS = '/conversations.twilio.com/v1/Conversations';
const conversationsOf = ({ world }: Emulator) => world.conversations.conversations.all();
const workspaceOf = ({ account }: Emulator) => `/taskrouter.twilio.com/v1/Workspaces/${account.workspaceSid}`;
/** One of those that are there, if any are. */
const one = <Item>(items: Item[], pick: number): Item | undefined => items[pick % Math.max(1, items.length)];

const inConversation =
  (pick: number, path: string, form: Record<string, string>, headers?: Record<string, string>): Step =>
  async (rest, emulator) => {
    const conversation = one(conversationsOf(emulator), pick);
    if (conversation) await rest.post(`${CONVERSATIONS}/${conversation.sid}${path}`, form, headers);
  };

const pick = fc.nat(20);
const name = fc.constantFrom('ada', 'bob', 'Zoë 💬', 'eve');
const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .constantFrom<Record<string, string>>(
      {},
      { State: 'active', 'Timers.Inactive': 'PT10M' },
      { State: 'active', 'Timers.Closed': 'PT1H' },
      { Attributes: '{"a":[1,{"b":null}]}' },
    )
    .map(
      (form): Step =>
        (rest) =>
          rest.post(CONVERSATIONS, { FriendlyName: 'A chat', ...form }),
    ),
  fc.tuple(pick, name).map(([at, Identity]) => inConversation(at, '/Participants', { Identity })),
  fc
    .tuple(pick, name, fc.string({ maxLength: 20 }))
    .map(([at, Author, Body]) =>
      inConversation(at, '/Messages', { Author, Body }, { 'x-twilio-webhook-enabled': 'true' }),
    ),
  pick.map(
    (at): Step =>
      (rest, emulator) =>
        inConversation(at, '/Webhooks', {
          Target: 'studio',
          'Configuration.FlowSid': emulator.account.flowSid,
        })(rest, emulator),
  ),
  fc
    .tuple(pick, fc.constantFrom('active', 'inactive', 'closed'))
    .map(([at, State]) => inConversation(at, '', { State })),
  pick.map((at): Step => async (rest, emulator) => {
    const conversation = one(conversationsOf(emulator), at);
    if (conversation) await rest.delete(`${CONVERSATIONS}/${conversation.sid}`);
  }),
  name.map(
    (Identity): Step =>
      (rest) =>
        rest.post('/conversations.twilio.com/v1/Users', { Identity }),
  ),
  fc.constant<Step>((rest, emulator) =>
    rest.post(`${workspaceOf(emulator)}/Tasks`, {
      WorkflowSid: emulator.account.workflowSid,
      Attributes: '{"by":"hand"}',
      Timeout: '3600',
    }),
  ),
  fc
    .tuple(pick, fc.constantFrom('accepted', 'rejected', 'completed'))
    .map(([at, ReservationStatus]): Step => async (rest, emulator) => {
      const reservation = one(emulator.world.taskrouter.reservations.all(), at);
      if (!reservation) return;
      const { taskSid, sid } = reservation;
      await rest.post(`${workspaceOf(emulator)}/Tasks/${taskSid}/Reservations/${sid}`, { ReservationStatus });
    }),
  fc.integer({ min: 1, max: 100 }).map((minutes): Step => async (_rest, emulator) => {
    emulator.clock.advance(minutes * 60_000);
  }),
);
const history = fc.array(step, { minLength: 5, maxLength: 25 });

async function play(steps: Step[]): Promise<void> {
  for (const act of steps) {
    await act(rest, emulator());
    await emulator().settled();
  }
}

/** What becomes of it in the course of time; what is made then has other names each time. */
async function later(of: Emulator): Promise<unknown> {
  of.clock.advance(90 * 60_000);
  await of.settled();
  return {
    conversations: conversationsOf(of).map(({ sid, state }) => [sid, state]),
    tasks: of.world.taskrouter.tasks
      .all()
      .map(({ sid, assignmentStatus, reason }) => [sid, assignmentStatus, reason]),
  };
}

it('of any history brings back every resource as it was, here and in another emulator, and what is due comes', async () => {
  const other = await Emulator.start();
  // What is due after a second would come between the readings of a slow machine.
  const wallTime = jest.spyOn(Date, 'now').mockReturnValue(Date.now());
  try {
    await fc.assert(
      fc.asyncProperty(history, history, async (before, after) => {
        await emulator().reset();
        await play(before);
        const snapshot = await emulator().snapshot();
        const shown = await rest.all();
        const now = emulator().clock.now();

        await play(after);
        await emulator().restore(snapshot);
        await other.restore(snapshot);

        expect(await rest.all()).toEqual(shown);
        expect(await new Rest(() => other).all()).toEqual(shown);
        expect(Math.abs(emulator().clock.now() - now)).toBeLessThan(3_600_000);
        expect(await later(other)).toEqual(await later(emulator()));
      }),
      { numRuns: 8 },
    );
  } finally {
    wallTime.mockRestore();
    await other.stop();
  }
});

it('lets timers, Tasks and waiting Flows continue', async () => {
  const { sid } = await rest.post(CONVERSATIONS, { State: 'active', 'Timers.Closed': 'PT1H' });
  const { sid: task } = await rest.post(`${workspaceOf(emulator())}/Tasks`, {
    WorkflowSid: emulator().account.workflowSid,
    Timeout: '1800',
  });
  const snapshot = await emulator().snapshot();

  await emulator().reset();
  await emulator().restore(snapshot);
  emulator().clock.advance(3_000_000);

  const { conversations, taskrouter } = emulator().world;
  expect(conversations.conversations.all()).toMatchObject([{ sid, state: 'active' }]);
  expect(taskrouter.tasks.get(task!)).toBeUndefined();
  emulator().clock.advance(600_000);
  expect(conversations.conversations.all()).toMatchObject([{ sid, state: 'closed' }]);
});

it('brings connected clients back to what was, and on from there', async () => {
  const chat = await ChatWorld.start('@twilio/conversations');
  const client = await chat.connect('ada');
  const conversation = chat.aConversation(['ada']);
  chat.say(conversation, 'bob', 'kept');
  await chat.joined(client, conversation);
  const snapshot = await chat.emulator.snapshot();
  // Ahead of the time to which it goes back.
  chat.emulator.clock.advance(600_000);
  chat.say(conversation, 'bob', 'forgotten');

  const back = next(client, 'connectionStateChanged', (state) => state === 'connected');
  await chat.emulator.restore(snapshot);
  await back;
  await chat.subscribed('ada', conversation);
  const arrived = next<{ body: string }>(client, 'messageAdded', ({ body }) => body === 'new');
  const again = chat.domain.conversations.all()[0]!;
  chat.say(again, 'bob', 'new');

  await arrived;
  const view = await client.getConversationBySid(conversation.sid);
  expect((await view.getMessages()).items.map(({ body }) => body)).toEqual(['kept', 'new']);
  await chat.stop();
});

it('that is invalid is refused, and the world stays in use', async () => {
  await rest.post(CONVERSATIONS, {});

  for (const bytes of [Buffer.alloc(0), Buffer.from('x'), Buffer.from([0xff, 0x0f, 0x30])]) {
    await expect(emulator().restore(bytes)).rejects.toThrow('no snapshot');
  }

  expect(conversationsOf(emulator())).toHaveLength(1);
});

it('is made and restored by the controls, also after a reset', async () => {
  const control = async (path: string, body?: object) =>
    fetch(`${emulator().url}/emulator/${path}`, {
      method: 'POST',
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  const { sid } = await rest.post(CONVERSATIONS, {});
  const made = await control('snapshot');
  expect(made.status).toBe(201);
  const { id } = (await made.json()) as { id: number };

  await control('reset');
  expect(conversationsOf(emulator())).toEqual([]);
  expect((await control('restore', { id })).status).toBe(204);

  expect(conversationsOf(emulator())).toMatchObject([{ sid }]);
  expect((await control('restore', { id: id + 1 })).status).toBe(404);
  expect((await control('restore', { id: 'x' })).status).toBe(400);
});
