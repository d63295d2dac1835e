/**
 * A chat is transferred from one agent to the next: by REST, and through the tunnel as Flex UI and @twilio/flex-sdk do
 * it.
 */
import type { Conversation } from '@twilio/conversations';
import { flexInstanceSid } from '../../../emulator/flex/instance';
import { Agents, moveTo, nextReservation } from '../../support/agent';
import { twilioClient } from '../../support/emulator';
import { Receiver } from '../../support/receiver';
import { ChatWorld } from '../realtime/sdk';
import { aChat, answer, identitiesIn, stateOf, theTask, theWorkspace, VISITOR } from './support';

const [GRACE, LINUS] = ['grace_40example_2Ecom', 'linus_40example_2Ecom'];

/** The shape of the tunnel's answers. */
interface Json {
  sid: string;
  content: object[];
  participants: { type: string; media_properties: { identity: string } }[];
}

describe('A transfer', () => {
  let world: ChatWorld;
  const emulator = () => world.emulator;
  const agents = new Agents(emulator);
  const client = () => twilioClient(emulator());
  const flex = () => emulator().world.flex;
  const linus = () => emulator().account.workers[1];

  beforeEach(async () => {
    world = await ChatWorld.start('@twilio/conversations');
  });
  afterEach(async () => {
    agents.disconnect();
    await world.stop();
  });

  /** Grace has accepted; Linus is available. */
  const aChatWithGrace = async () => {
    const chat = await aChat(emulator(), client(), { friendlyName: 'Ada L.' });
    await chat.says('hello');
    const { task, attributes } = await theTask(emulator(), client());
    await answer(emulator(), client(), task.sid, 'accepted');
    const [available] = await theWorkspace(emulator(), client()).activities.list({
      friendlyName: 'Available',
    });
    await theWorkspace(emulator(), client()).workers(linus().sid).update({ activitySid: available!.sid });
    const { flexInteractionSid, flexInteractionChannelSid } = attributes as Record<string, string>;
    const channel = client().flexApi.v1.interaction(flexInteractionSid!).channels(flexInteractionChannelSid!);
    const from = flex().interactions.participantOfTask(task.sid)!;
    return {
      ...chat,
      task,
      channel,
      from,
      interactionSid: flexInteractionSid!,
      channelSid: flexInteractionChannelSid!,
    };
  };
  const tasks = async () =>
    (await theWorkspace(emulator(), client()).tasks.list()).map((one) => one.assignmentStatus).sort();
  const theOffer = () =>
    emulator()
      .world.taskrouter.tasks.list(emulator().account.workspaceSid)
      .find(({ assignmentStatus }) => assignmentStatus === 'reserved')!;
  const tunnel = async (method: string, url: string, params: object = {}) => {
    const response = await fetch(`${emulator().url}/event-bridge.twilio.com/v1/wschannels`, {
      method: 'POST',
      body: JSON.stringify({ url, method, params, token: agents.token() }),
    });
    const { payload, message } = (await response.json()) as { payload: Json; message?: string };
    return { status: response.status, payload, message };
  };

  it.each([
    ['a Worker', () => linus().sid],
    ['a TaskQueue', () => emulator().account.taskQueueSid],
  ])('to %s is one chat for the visitor, which the second agent continues', async (_case, to) => {
    const { conversationSid, channel, from, task } = await aChatWithGrace();

    const transfer = await channel.transfers.create({
      type: 'cold',
      from: from.sid,
      to: to(),
      noteSid: `KQ${'0'.repeat(32)}`,
    });

    expect(transfer).toMatchObject({
      status: 'active',
      type: 'cold',
      from: from.sid,
      to: to(),
      noteSid: `KQ${'0'.repeat(32)}`,
    });
    expect(transfer.sid).toMatch(/^UX[0-9a-f]{32}$/);
    expect(await identitiesIn(client(), conversationSid)).toEqual([VISITOR, GRACE]);
    await answer(emulator(), client(), theOffer().sid, 'accepted');

    expect(await identitiesIn(client(), conversationSid)).toEqual([VISITOR, LINUS]);
    expect((await channel.transfers(transfer.sid).fetch()).status).toBe('completed');
    expect((await theWorkspace(emulator(), client()).tasks(task.sid).fetch()).assignmentStatus).toBe(
      'completed',
    );
    expect(await stateOf(client(), conversationSid)).toBe('active');
    expect((await channel.fetch()).status).toBe('active');
  });

  it('shows the visitor who leaves and who joins, never an empty chat, with typing and read marks of the second agent', async () => {
    const visitor = await world.connect(VISITOR);
    const { conversationSid, channel, from } = await aChatWithGrace();
    const view = await visitor.getConversationBySid(conversationSid);
    await view.getMessages(1);
    const story: string[] = [];
    const present = new Set((await view.getParticipants()).map(({ identity }) => identity));
    const least = { agents: Infinity };
    view.on('participantJoined', ({ identity }) => {
      present.add(identity);
      story.push(`${identity} joined`);
    });
    view.on('participantLeft', ({ identity }) => {
      present.delete(identity);
      story.push(`${identity} left`);
      least.agents = Math.min(least.agents, present.size - 1);
    });

    // A client that has never seen her join is not told that she leaves.
    if (!present.has(GRACE)) {
      await new Promise<void>((resolve) =>
        view.on('participantJoined', ({ identity }) => {
          if (identity === GRACE) resolve();
        }),
      );
    }
    await channel.transfers.create({ from: from.sid, to: linus().sid });
    const gone = new Promise((resolve) => view.once('participantLeft', resolve));
    await answer(emulator(), client(), theOffer().sid, 'accepted');
    await gone;

    // The event of Grace's joining may reach the visitor only now.
    expect(story.slice(-2)).toEqual([`${LINUS} joined`, `${GRACE} left`]);
    expect(least.agents).toBe(1);
    const second = await world.connect(LINUS);
    const theirs: Conversation = await second.getConversationBySid(conversationSid);
    const typing = new Promise<string | null>((resolve) =>
      view.once('typingStarted', ({ identity }) => resolve(identity)),
    );
    await theirs.typing();
    expect(await typing).toBe(LINUS);
    await theirs.getMessages(1);
    await theirs.sendMessage('I am Linus');
    const read = new Promise<number | null>((resolve) =>
      view.on('participantUpdated', ({ participant }) => {
        if (participant.identity === LINUS && participant.lastReadMessageIndex !== null) {
          resolve(participant.lastReadMessageIndex);
        }
      }),
    );
    const last = (await theirs.getMessagesCount()) - 1;
    await theirs.updateLastReadMessageIndex(last);
    expect(await read).toBe(last);
    expect((await visitor.getUser(LINUS)).friendlyName).toBe('Linus');
  });

  it('that the Worker rejects, or that is withdrawn, leaves the chat with the first agent', async () => {
    const { conversationSid, channel, from } = await aChatWithGrace();
    const rejected = await channel.transfers.create({ from: from.sid, to: linus().sid });
    await answer(emulator(), client(), theOffer().sid, 'rejected');
    const canceled = await channel.transfers.create({ from: from.sid, to: linus().sid });
    await channel.transfers(canceled.sid).update({ status: 'failed' });

    expect([
      (await channel.transfers(rejected.sid).fetch()).status,
      (await channel.transfers(canceled.sid).fetch()).status,
    ]).toEqual(['failed', 'failed']);
    expect(await identitiesIn(client(), conversationSid)).toEqual([VISITOR, GRACE]);
    expect(await tasks()).toEqual(['assigned', 'canceled', 'canceled']);
    expect(await stateOf(client(), conversationSid)).toBe('active');
    const taken = await channel.transfers.create({ from: from.sid, to: linus().sid });
    await answer(emulator(), client(), theOffer().sid, 'accepted');
    await expect(channel.transfers(taken.sid).update({ status: 'failed' })).rejects.toMatchObject({
      status: 400,
    });
  });

  it('ends with the chat', async () => {
    const { conversationSid, channel, from } = await aChatWithGrace();
    const transfer = await channel.transfers.create({ from: from.sid, to: linus().sid });

    await channel.update({ status: 'closed' });

    expect((await channel.transfers(transfer.sid).fetch()).status).toBe('failed');
    expect(await tasks()).toEqual(['canceled', 'wrapping']);
    expect(await stateOf(client(), conversationSid)).toBe('closed');
  });

  it.each([
    ['a second one', (from: string) => ({ from, to: linus().sid }), 400],
    [
      'to the agent who has the chat',
      (from: string) => ({ from, to: emulator().account.workers[0].sid }),
      400,
    ],
    ['to a Worker that does not exist', (from: string) => ({ from, to: `WK${'0'.repeat(32)}` }), 400],
    ['to a Conversation', (from: string) => ({ from, to: `CH${'0'.repeat(32)}` }), 400],
    ['from another agent', () => ({ from: `UT${'0'.repeat(32)}`, to: linus().sid }), 400],
    ['a warm one', (from: string) => ({ type: 'warm', from, to: linus().sid }), 501],
  ])('%s is rejected, and nothing changes', async (name, body, status) => {
    const { channel, from, conversationSid } = await aChatWithGrace();
    if (name === 'a second one') await channel.transfers.create({ from: from.sid, to: linus().sid });
    const before = await tasks();

    await expect(channel.transfers.create(body(from.sid))).rejects.toMatchObject({ status });

    expect(await tasks()).toEqual(before);
    expect(await identitiesIn(client(), conversationSid)).toEqual([VISITOR, GRACE]);
  });

  it("goes through the tunnel too, accepted by the second agent's own program", async () => {
    const second = await agents.connect(linus());
    const { conversationSid, interactionSid, channelSid, from } = await aChatWithGrace();
    await moveTo(second, 'Available');
    const { flex_instance_sid: instanceSid } = (await (
      await fetch(`${emulator().url}/flex-api.twilio.com/v1/Configuration`, {
        headers: { authorization: `Basic ${Buffer.from(`token:${agents.token()}`).toString('base64')})` },
      })
    ).json()) as { flex_instance_sid: string };
    const url = `v1/Instances/${instanceSid}/Interactions/${interactionSid}/Channels/${channelSid}/Transfers`;
    const offered = nextReservation(second);

    const { payload } = await tunnel('POST', url, { type: 'cold', from: from.sid, to: linus().sid });
    await (await offered).accept();

    expect((await tunnel('GET', url)).payload).toEqual([
      expect.objectContaining({ sid: payload.sid, status: 'completed', to: linus().sid, note_sid: null }),
    ]);
    expect(await identitiesIn(client(), conversationSid)).toEqual([VISITOR, LINUS]);
  });

  describe('Pause, resume and leave', () => {
    const channelUrl = ({ interactionSid, channelSid }: { interactionSid: string; channelSid: string }) =>
      `v1/Interactions/${interactionSid}/Channels/${channelSid}`;

    it("parks a chat in the agent's own list, and returns it to them", async () => {
      const agent = await agents.connect();
      const chat = await aChatWithGrace();

      await tunnel('POST', channelUrl(chat), { status: 'pause', routing: 'closed' });

      expect(await identitiesIn(client(), chat.conversationSid)).toEqual([VISITOR]);
      expect(await stateOf(client(), chat.conversationSid)).toBe('active');
      const { payload } = await tunnel('GET', 'v1/Channels', { status: 'pause', pageSize: 50 });
      expect(payload.content).toEqual([
        expect.objectContaining({
          sid: chat.channelSid,
          interaction_sid: chat.interactionSid,
          status: 'pause',
        }),
      ]);
      const back = nextReservation(agent);
      await tunnel('POST', channelUrl(chat), { status: 'active' });
      await (await back).accept();
      expect(await identitiesIn(client(), chat.conversationSid)).toEqual([VISITOR, GRACE]);
      expect((await tunnel('GET', 'v1/Channels', { status: 'pause' })).payload.content).toEqual([]);
    });

    it('leaves a chat without an agent, open', async () => {
      const chat = await aChatWithGrace();

      await tunnel('POST', channelUrl(chat), { status: 'inactive', routing: { status: 'closed' } });

      expect(await identitiesIn(client(), chat.conversationSid)).toEqual([VISITOR]);
      expect((await chat.channel.fetch()).status).toBe('inactive');
      expect((await tunnel('POST', channelUrl(chat), { status: 'active' })).status).toBe(400);
    });

    it('adds an agent, lists all agents, and closes with the last one', async () => {
      const chat = await aChatWithGrace();
      const url = `${channelUrl(chat)}/Participants`;
      await tunnel('POST', url, { type: 'customer', media_properties: { identity: 'bob' } });
      const { payload } = await tunnel('GET', url);
      expect(payload.participants.map((one) => [one.type, one.media_properties.identity])).toEqual([
        ['customer', VISITOR],
        ['agent', GRACE],
        ['customer', 'bob'],
      ]);

      await tunnel('POST', `${url}/${chat.from.sid}`, {
        status: 'closed',
        closeChannelIfLastParticipant: true,
      });

      expect(await stateOf(client(), chat.conversationSid)).toBe('closed');
      expect(await tasks()).toEqual(['completed']);
      expect((await tunnel('POST', `${url}/${chat.from.sid}`, { media_properties: {} })).status).toBe(501);
    });
  });

  describe('Webhooks of Interactions', () => {
    let receiver: Receiver;
    beforeEach(async () => {
      receiver = await Receiver.start();
    });
    afterEach(() => receiver.stop());
    const EVENTS: string[] = [
      'onInteractionCreated',
      'onChannelStatusUpdated',
      'onParticipantJoined',
      'onParticipantLeft',
    ];
    const register = async (Type: string, events = EVENTS) => {
      const { accountSid, authToken } = emulator().account;
      const instanceSid = flexInstance();
      const response = await fetch(
        `${emulator().url}/flex-api.twilio.com/v1/Instances/${instanceSid}/InteractionWebhooks`,
        {
          method: 'POST',
          headers: { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}` },
          body: new URLSearchParams([
            ['Type', Type],
            ['WebhookUrl', `${receiver.url}/told`],
            ['WebhookMethod', 'POST'],
            ...events.map((one): [string, string] => ['WebhookEvents', one]),
          ]),
        },
      );
      return { status: response.status, body: (await response.json()) as { ttid: string } };
    };
    const flexInstance = () => flexInstanceSid(emulator().account.accountSid);

    it('report a chat and its transfer, signed', async () => {
      expect((await register('global')).status).toBe(201);
      const { conversationSid, channel, from, interactionSid } = await aChatWithGrace();
      await channel.transfers.create({ from: from.sid, to: linus().sid });
      await answer(emulator(), client(), theOffer().sid, 'accepted');
      await flex().webhooks.settled();

      expect(
        receiver.forms.map((one) => [one['EventType'], one['ParticipantIdentity'] ?? one['ChannelStatus']]),
      ).toEqual(
        expect.arrayContaining([
          ['onInteractionCreated', undefined],
          ['onParticipantJoined', VISITOR],
          ['onChannelStatusUpdated', 'active'],
          ['onParticipantJoined', GRACE],
          ['onParticipantJoined', LINUS],
          ['onParticipantLeft', GRACE],
        ]),
      );
      expect(receiver.forms[0]).toMatchObject({
        InteractionSid: interactionSid,
        MediaChannelSid: conversationSid,
        MediaChannelType: 'web',
        InstanceSid: flexInstance(),
      });
      expect(receiver.received.every(({ headers }) => headers['x-twilio-signature'] !== undefined)).toBe(
        true,
      );
    });

    it('of one Interaction report only that one', async () => {
      const { body } = await register('interaction');
      expect(body.ttid).toMatch(/^flex_interactionwebhook_[0-9a-z]{26}$/);
      const other = await aChatWithGrace();
      await flex().webhooks.settled();
      expect(receiver.received).toEqual([]);

      await client().flexApi.v1.interaction(other.interactionSid).update({ webhookTtid: body.ttid });
      await other.channel.update({ status: 'closed' });
      await flex().webhooks.settled();

      expect(receiver.forms.map((one) => one['EventType'])).toEqual(['onChannelStatusUpdated']);
    });

    it.each([
      ['an unknown event', ['onInteractionCreated', 'onLunch']],
      ['no event', []],
    ])('are rejected with %s', async (_case, events) => {
      expect((await register('global', events)).status).toBe(400);
    });
  });
});
