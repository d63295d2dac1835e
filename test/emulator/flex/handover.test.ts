import { AGENT_ROLE_SID } from '../../../emulator/conversations/roles';
import { twilioClient, useEmulator } from '../../support/emulator';
import { aChat, answer, identitiesIn, stateOf, theTask, theWorkspace, VISITOR } from './support';

describe('From the first message to an agent', () => {
  const emulator = useEmulator();
  const client = () => twilioClient(emulator());

  it('creates one Task with the Conversation, the Interaction and the customer', async () => {
    const chat = await aChat(emulator(), client(), { friendlyName: 'Ada L.', topic: 'refund' });

    await chat.says('hello');

    const { task, attributes } = await theTask(emulator(), client());
    expect(task).toMatchObject({
      assignmentStatus: 'reserved',
      workflowSid: emulator().account.workflowSid,
      taskQueueSid: emulator().account.taskQueueSid,
      taskChannelUniqueName: 'chat',
      priority: 0,
      timeout: 3600,
    });
    expect(attributes).toEqual({
      channelType: 'web',
      direction: 'inbound',
      initiatedBy: 'customer',
      conversationSid: chat.conversationSid,
      customerAddress: VISITOR,
      customerName: 'Ada L.',
      from: 'Ada L.',
      name: 'Ada L.',
      pre_engagement_data: { friendlyName: 'Ada L.', topic: 'refund' },
      customers: { name: 'Ada L.' },
      conversations: {
        initiated_by: 'customer',
        conversation_id: attributes['flexInteractionSid'],
        communication_channel: 'web',
        media: [{ type: 'ChatTranscript', sid: chat.conversationSid }],
      },
      flexInteractionSid: expect.stringMatching(/^KD[0-9a-f]{32}$/),
      flexInteractionChannelSid: expect.stringMatching(/^UO[0-9a-f]{32}$/),
      flexChannelInviteSid: expect.stringMatching(/^KG[0-9a-f]{32}$/),
    });
  });

  it('adds the agent who accepts to the same Conversation, with the agent role', async () => {
    const chat = await aChat(emulator(), client());
    await chat.says('hello');
    const { task } = await theTask(emulator(), client());
    expect(await identitiesIn(client(), chat.conversationSid)).toEqual([VISITOR]);

    const reservation = await answer(emulator(), client(), task.sid, 'accepted');

    expect(reservation).toMatchObject({ reservationStatus: 'accepted', workerName: 'grace@example.com' });
    expect(await theWorkspace(emulator(), client()).tasks(task.sid).fetch()).toMatchObject({
      assignmentStatus: 'assigned',
    });
    const agent = await client()
      .conversations.v1.conversations(chat.conversationSid)
      .participants('grace_40example_2Ecom')
      .fetch();
    expect(agent.roleSid).toBe(AGENT_ROLE_SID);
  });

  it('removes the agent and closes the Conversation when the Task is completed', async () => {
    const chat = await aChat(emulator(), client());
    await chat.says('hello');
    const { task } = await theTask(emulator(), client());
    await answer(emulator(), client(), task.sid, 'accepted');

    await theWorkspace(emulator(), client()).tasks(task.sid).update({ assignmentStatus: 'completed' });

    expect(await identitiesIn(client(), chat.conversationSid)).toEqual([VISITOR]);
    expect(await stateOf(client(), chat.conversationSid)).toBe('closed');
  });

  it('offers a rejected Task again, and the second acceptance counts', async () => {
    const chat = await aChat(emulator(), client());
    await chat.says('hello');
    const { task } = await theTask(emulator(), client());

    await answer(emulator(), client(), task.sid, 'rejected');
    const between = await theWorkspace(emulator(), client()).tasks(task.sid).fetch();
    emulator().world.clock.advance(1000);
    await answer(emulator(), client(), task.sid, 'accepted');

    expect(between.assignmentStatus).toBe('pending');
    expect(await identitiesIn(client(), chat.conversationSid)).toEqual([VISITOR, 'grace_40example_2Ecom']);
    const all = await theWorkspace(emulator(), client()).tasks(task.sid).reservations.list();
    expect(all.map((one) => one.reservationStatus)).toEqual(['rejected', 'accepted']);
  });

  it('drops the Interaction of a second message, without an effect for the customer', async () => {
    const chat = await aChat(emulator(), client());
    await chat.says('hello');

    await chat.says('anybody?');

    await theTask(emulator(), client());
    expect(emulator().world.flex.alerts.list()).toEqual([expect.objectContaining({ code: 45353 })]);
    const executions = await client().studio.v2.flows(emulator().account.flowSid).executions.list();
    expect(executions.map((one) => one.status)).toEqual(['ended', 'ended']);
    const messages = await client().conversations.v1.conversations(chat.conversationSid).messages.list();
    expect(messages.map((one) => one.body)).toEqual(['hello', 'anybody?']);
  });

  it('preserves a name with quotes, braces and emoji', async () => {
    const friendlyName = 'Ada "the 1st" \\ {{x}} 🙂';
    const chat = await aChat(emulator(), client(), { friendlyName });

    await chat.says('hello');

    const { attributes } = await theTask(emulator(), client());
    expect(attributes).toMatchObject({ customerName: friendlyName, customers: { name: friendlyName } });
  });

  it('starts again in a new Conversation after the first one was completed', async () => {
    const first = await aChat(emulator(), client());
    await first.says('hello');
    const { task } = await theTask(emulator(), client());
    await answer(emulator(), client(), task.sid, 'accepted');
    await theWorkspace(emulator(), client()).tasks(task.sid).update({ assignmentStatus: 'completed' });

    const second = await aChat(emulator(), client());
    await second.says('me again');

    const { tasks } = theWorkspace(emulator(), client());
    const [again] = await tasks.list({
      evaluateTaskAttributes: `conversationSid == '${second.conversationSid}'`,
    });
    expect(again).toMatchObject({ assignmentStatus: 'reserved' });
    expect(emulator().world.flex.alerts.list()).toEqual([]);
  });
});
