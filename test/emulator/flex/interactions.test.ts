import { twilioClient, useEmulator } from '../../support/emulator';
import { answer, identitiesIn, stateOf, theTask, theWorkspace, VISITOR } from './support';

describe('An Interaction', () => {
  const emulator = useEmulator();
  const client = () => twilioClient(emulator());

  let conversationSid: string;

  beforeEach(async () => {
    conversationSid = (await client().conversations.v1.conversations.create()).sid;
    await client().conversations.v1.conversations(conversationSid).participants.create({ identity: VISITOR });
  });

  const routing = (properties: object = {}) => ({
    properties: {
      workspace_sid: emulator().account.workspaceSid,
      workflow_sid: emulator().account.workflowSid,
      task_channel_unique_name: 'chat',
      attributes: { customerName: 'Ada L.', customerAddress: 'ada' },
      ...properties,
    },
  });
  const channel = () => ({
    type: 'web',
    initiated_by: 'customer',
    properties: { media_channel_sid: conversationSid },
  });
  const create = (params: object = {}) =>
    client().flexApi.v1.interaction.create({ channel: channel(), routing: routing(), ...params });
  const channelOf = ({ sid, channel: { sid: channelSid } }: { sid: string; channel: { sid: string } }) =>
    client().flexApi.v1.interaction(sid).channels(channelSid);
  const taskStatus = async () => (await theTask(emulator(), client())).task.assignmentStatus;
  const accepted = async () => {
    const interaction = await create();
    const { task } = await theTask(emulator(), client());
    await answer(emulator(), client(), task.sid, 'accepted');
    return { interaction, task };
  };

  it('is created with the JSON of the guide, with its capitals and its undocumented type', async () => {
    const interaction = await create({
      channel: { type: 'web', initiated_by: 'Customer', properties: { media_channel_sid: conversationSid } },
      routing: { type: 'TaskRouter', ...routing({ attributes: '{"customerName":"Ada L."}' }) },
    });

    const { task, attributes } = await theTask(emulator(), client());
    expect(interaction).toMatchObject({
      sid: expect.stringMatching(/^KD/),
      channel: { type: 'web', sid: attributes['flexInteractionChannelSid'] },
      routing: {
        reservation: null,
        properties: { sid: task.sid, date_created: Math.floor(task.dateCreated.getTime() / 1000) },
      },
    });
    expect(attributes).toMatchObject({ customerName: 'Ada L.', conversationSid, initiatedBy: 'customer' });
  });

  it('is answered with 200, because Twilio has accepted it and not yet created it', async () => {
    const response = await client().request({
      method: 'post',
      uri: 'https://flex-api.twilio.com/v1/Interactions',
      data: { Channel: JSON.stringify(channel()), Routing: JSON.stringify(routing()) },
    });

    expect(response.statusCode).toBe(200);
  });

  it('stays in setup without a Task for the configured time', async () => {
    emulator().world.flex.setupDelayMs = 2000;

    const interaction = await create();
    expect(await channelOf(interaction).fetch()).toMatchObject({ status: 'setup' });
    expect(await theWorkspace(emulator(), client()).tasks.list()).toEqual([]);
    emulator().world.clock.advance(2000);

    expect(await channelOf(interaction).fetch()).toMatchObject({ status: 'active' });
    expect(await taskStatus()).toBe('reserved');
  });

  it('is created even if the customer leaves during the setup', async () => {
    emulator().world.flex.setupDelayMs = 2000;
    await create();
    await client().conversations.v1.conversations(conversationSid).participants(VISITOR).remove();

    emulator().world.clock.advance(2000);

    expect((await theTask(emulator(), client())).attributes).toMatchObject({ customerAddress: 'ada' });
  });

  it('fails with 45770 if its destination no longer exists after the setup', async () => {
    emulator().world.flex.setupDelayMs = 2000;
    const interaction = await create();
    await theWorkspace(emulator(), client()).workflows(emulator().account.workflowSid).remove();

    emulator().world.clock.advance(2000);

    expect(await channelOf(interaction).fetch()).toMatchObject({ status: 'failed', errorCode: 45770 });
    expect(emulator().world.flex.alerts.list()).toEqual([
      expect.objectContaining({ level: 'error', code: 45770, resourceSid: interaction.sid }),
    ]);
    expect(await stateOf(client(), conversationSid)).toBe('active');
  });

  it('that was dropped cannot close the Conversation of the other', async () => {
    await create();
    const second = await create();

    await expect(channelOf(second).update({ status: 'closed' })).rejects.toMatchObject({ status: 400 });

    expect(await stateOf(client(), conversationSid)).toBe('active');
  });

  it('is dropped with warning 45353 while the Conversation has one', async () => {
    const first = await create();

    const second = await create();

    expect(await channelOf(second).fetch()).toMatchObject({ status: 'failed', errorCode: 45353 });
    expect(await channelOf(first).fetch()).toMatchObject({ status: 'active', errorCode: null });
    await theTask(emulator(), client());
    expect(emulator().world.flex.alerts.list()).toEqual([
      expect.objectContaining({ level: 'warning', code: 45353, resourceSid: second.sid }),
    ]);
  });

  it('shows the customer, and the agent with the Task, Worker and Reservation', async () => {
    const { interaction, task } = await accepted();

    const participants = await channelOf(interaction).participants.list();

    expect(participants.map((one) => [one.type, one.routingProperties])).toEqual([
      ['customer', null],
      [
        'agent',
        {
          task_sid: task.sid,
          worker_sid: emulator().account.workers[0].sid,
          reservation_sid: expect.stringMatching(/^WR/),
        },
      ],
    ]);
  });

  it.each([
    ['', {}],
    [', with an empty routing', { routing: { status: 5 } }],
  ])(
    'moves its Task to wrapping and closes the Conversation when its channel is closed%s',
    async (_case, more) => {
      const { interaction } = await accepted();

      const closed = await channelOf(interaction).update({ status: 'closed', ...more });

      expect(closed.status).toBe('closed');
      expect(await taskStatus()).toBe('wrapping');
      expect(await stateOf(client(), conversationSid)).toBe('closed');
    },
  );

  it('also completes its Task when the channel is closed with its routing', async () => {
    const { interaction } = await accepted();

    await channelOf(interaction).update({ status: 'closed', routing: { status: 'closed' } });

    expect(await taskStatus()).toBe('completed');
    expect(await stateOf(client(), conversationSid)).toBe('closed');
    expect(await identitiesIn(client(), conversationSid)).toEqual([VISITOR]);
  });

  it('leaves the Conversation open without an agent when its channel becomes inactive', async () => {
    const { interaction } = await accepted();

    const withoutRouting = channelOf(interaction).update({ status: 'inactive' });
    await expect(withoutRouting).rejects.toMatchObject({ status: 400 });
    await channelOf(interaction).update({ status: 'inactive', routing: { status: 'closed' } });

    expect(await taskStatus()).toBe('completed');
    expect(await stateOf(client(), conversationSid)).toBe('active');
    expect(await identitiesIn(client(), conversationSid)).toEqual([VISITOR]);
    expect((await channelOf(await create()).fetch()).status).toBe('active');
  });

  it('is parked by closing the agent, and resumed by an invite', async () => {
    const { interaction } = await accepted();
    const agent = (await channelOf(interaction).participants.list())[1]!;

    await channelOf(interaction).participants(agent.sid).update({ status: 'closed' });
    expect(await taskStatus()).toBe('completed');
    expect(await stateOf(client(), conversationSid)).toBe('active');
    expect(await identitiesIn(client(), conversationSid)).toEqual([VISITOR]);
    const invite = await channelOf(interaction).invites.create({ routing: routing() });

    const taskSid = (invite.routing as { properties: { sid: string } }).properties.sid;
    await answer(emulator(), client(), taskSid, 'accepted');
    expect(await identitiesIn(client(), conversationSid)).toEqual([VISITOR, 'grace_40example_2Ecom']);
    await theWorkspace(emulator(), client()).tasks(taskSid).update({ assignmentStatus: 'completed' });
    expect(await stateOf(client(), conversationSid)).toBe('closed');
  });

  it('continues with a second agent, and closes the Conversation when the last one has finished', async () => {
    const { interaction, task } = await accepted();
    const [available] = await theWorkspace(emulator(), client()).activities.list({ available: 'true' });
    const ada = await theWorkspace(emulator(), client()).workers.create({
      friendlyName: 'ada',
      activitySid: available!.sid,
    });
    const invite = await channelOf(interaction).invites.create({ routing: routing({ worker_sid: ada.sid }) });
    const second = (invite.routing as { properties: { sid: string } }).properties.sid;
    await answer(emulator(), client(), second, 'accepted');
    expect(await identitiesIn(client(), conversationSid)).toEqual([VISITOR, 'grace_40example_2Ecom', 'ada']);

    await theWorkspace(emulator(), client()).tasks(task.sid).update({ assignmentStatus: 'completed' });
    expect(await identitiesIn(client(), conversationSid)).toEqual([VISITOR, 'ada']);
    expect(await stateOf(client(), conversationSid)).toBe('active');

    await theWorkspace(emulator(), client()).tasks(second).update({ assignmentStatus: 'completed' });
    expect(await stateOf(client(), conversationSid)).toBe('closed');
  });

  it('lets an agent leave to wrap up, and closes the Conversation afterwards', async () => {
    const { interaction, task } = await accepted();
    const agent = (await channelOf(interaction).participants.list())[1]!;

    await channelOf(interaction).participants(agent.sid).update({ status: 'wrapup' });
    expect(await taskStatus()).toBe('wrapping');
    expect(await identitiesIn(client(), conversationSid)).toEqual([VISITOR]);
    expect(await stateOf(client(), conversationSid)).toBe('active');

    await theWorkspace(emulator(), client()).tasks(task.sid).update({ assignmentStatus: 'completed' });
    expect(await stateOf(client(), conversationSid)).toBe('closed');
  });

  it('ends with the Conversation: accepted Reservations wrap up', async () => {
    const { interaction } = await accepted();

    await client().conversations.v1.conversations(conversationSid).update({ state: 'closed' });

    expect(await taskStatus()).toBe('wrapping');
    expect((await channelOf(interaction).fetch()).status).toBe('closed');
  });

  it('ends with the Conversation: Tasks that no agent has accepted are canceled', async () => {
    await create();

    await client().conversations.v1.conversations(conversationSid).remove();

    expect(await taskStatus()).toBe('canceled');
  });

  it('leaves the Conversation open if no agent accepts its Task in time', async () => {
    await create({ routing: routing({ timeout: 60 }) });

    emulator().world.clock.advance(60_000);

    expect(await taskStatus()).toBe('canceled');
    expect(await stateOf(client(), conversationSid)).toBe('active');
  });

  it.each([
    ['no Channel type', { channel: { initiated_by: 'customer' } }],
    ['an unknown Channel type', { channel: { type: 'pigeon', initiated_by: 'customer' } }],
    ['no media_channel_sid', { channel: { type: 'web', initiated_by: 'customer', properties: {} } }],
    ['a Channel that is a list', { channel: [] }],
    ['no Routing properties', { routing: {} }],
    ['an unknown Workspace', { routing: { properties: { workspace_sid: `WS${'f'.repeat(32)}` } } }],
  ])('is rejected with %s, and leaves nothing behind', async (_case, params) => {
    await expect(create(params)).rejects.toMatchObject({ status: 400, code: 20001 });

    expect(await theWorkspace(emulator(), client()).tasks.list()).toEqual([]);
  });

  it.each([
    ['an unknown Workflow', { workflow_sid: `WW${'f'.repeat(32)}` }],
    ['an unknown TaskChannel', { task_channel_unique_name: 'pigeon' }],
    ['attributes that are not JSON', { attributes: '{' }],
    ['a priority that is not a number', { priority: 'high' }],
    ['a timeout of zero', { timeout: 0 }],
    ['a timeout that is too long', { timeout: 1_209_601 }],
  ])('is rejected with %s', async (_case, properties) => {
    await expect(create({ routing: routing(properties) })).rejects.toMatchObject({ status: 400 });
    expect(emulator().world.flex.interactions.openChannelOf(conversationSid)).toBeUndefined();
  });

  it('needs a customer in the Conversation, and an open Conversation', async () => {
    const empty = await client().conversations.v1.conversations.create();
    const media = (sid: string) => ({ ...channel(), properties: { media_channel_sid: sid } });

    await expect(create({ channel: media(empty.sid) })).rejects.toMatchObject({ status: 400 });
    await expect(create({ channel: media(`CH${'f'.repeat(32)}`) })).rejects.toMatchObject({ status: 400 });
    await client().conversations.v1.conversations(conversationSid).update({ state: 'closed' });
    await expect(create()).rejects.toMatchObject({ code: 50377 });
  });

  it('gets a 501 if an agent begins it, which is not emulated', async () => {
    const outbound = create({ channel: { ...channel(), initiated_by: 'agent' } });

    await expect(outbound).rejects.toMatchObject({ status: 501 });
  });
});
