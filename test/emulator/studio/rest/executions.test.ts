import type { Definition } from '../../../../emulator/studio/model';
import { aFlow, aReply, aState, FlowWorld } from '../flow-world';

describe('POST /v2/Flows/{FW}/Executions', () => {
  let world: FlowWorld;

  beforeEach(async () => {
    world = await FlowWorld.start();
  });
  afterEach(() => world.emulator.stop());

  const requested = (definition: Definition): Definition => {
    definition.states[0]!.transitions.push({ event: 'incomingRequest', next: definition.states[1]!.name });
    return definition;
  };
  const executionsOf = async (definition: Definition) =>
    world.client.studio.v2.flows(await world.publish(requested(definition))).executions;
  const ADDRESSES = { to: '+15558675310', from: '+15017122661' };

  it('starts the Flow with both addresses and parameters', async () => {
    const { sid } = await world.client.conversations.v1.conversations.create();
    const replyOf = aReply(
      'tell',
      '{{trigger.request.parameters.name}}, {{flow.data.name}}, {{contact.channel.address}}, {{flow.channel.address}}',
    );
    replyOf.properties['channel'] = '{{flow.data.conversation}}';
    const executions = await executionsOf(aFlow(replyOf));

    const execution = await executions.create({
      ...ADDRESSES,
      parameters: { name: 'Ada', conversation: sid },
    });

    expect(execution).toMatchObject({ status: 'ended', contactChannelAddress: ADDRESSES.to });
    const [message] = await world.client.conversations.v1.conversations(sid).messages.list();
    expect(message!.body).toBe(`Ada, Ada, ${ADDRESSES.to}, ${ADDRESSES.from}`);
    const steps = await executions(execution.sid).steps.list();
    expect(steps.map(({ name }) => name).reverse()).toEqual(['incomingRequest', 'sent']);
    expect(await executions.list()).toHaveLength(1);
  });

  it('brings the Conversation that an AI agent hands over to Flex, once however often it is asked', async () => {
    const { client } = world;
    const { workflowSid, taskChannelSid, workspaceSid } = world.emulator.account;
    const { sid } = await client.conversations.v1.conversations.create();
    await client.conversations.v1.conversations(sid).participants.create({ identity: 'visitor-1' });
    const attributes = '{"why": {{flow.data.HandoffData.attributes.reason | to_json}}}';
    const handOver = aState(
      'flex',
      'send-to-flex',
      { workflow: workflowSid, channel: taskChannelSid, attributes },
      [{ event: 'callComplete' }, { event: 'failedToEnqueue' }],
    );
    const executions = await executionsOf(aFlow(handOver));
    const HandoffData = { conversationId: sid, attributes: { reason: 'asked' } };

    await Promise.all(
      Array.from({ length: 20 }, () =>
        executions.create({ to: 'visitor-1', from: 'bot', parameters: { HandoffData } }),
      ),
    );

    const tasks = await client.taskrouter.v1.workspaces(workspaceSid).tasks.list();
    expect(tasks.map((task) => JSON.parse(task.attributes))).toEqual([
      expect.objectContaining({ conversationSid: sid, why: 'asked' }),
    ]);
  });

  it('fails in a widget that needs a Conversation, and says why', async () => {
    const { workflowSid, taskChannelSid } = world.emulator.account;
    const handOver = aState('flex', 'send-to-flex', { workflow: workflowSid, channel: taskChannelSid }, [
      { event: 'callComplete' },
      { event: 'failedToEnqueue', next: 'sorry' },
    ]);
    const executions = await executionsOf(aFlow(handOver, aReply('sorry', 'Sorry')));

    const { sid } = await executions.create(ADDRESSES);

    const steps = await executions(sid).steps.list();
    expect(steps.map(({ name, context }) => [name, (context as { error?: string }).error]).reverse()).toEqual(
      [
        ['incomingRequest', undefined],
        ['failedToEnqueue', 'The execution has no Conversation to hand over'],
        ['failed', 'No Conversation is named'],
      ],
    );
  });

  it.each([
    ['with an empty To', { ...ADDRESSES, to: '' }],
    ['with an empty From', { ...ADDRESSES, from: '' }],
    ['with parameters that are not an object', { ...ADDRESSES, parameters: [1] }],
  ])('is rejected %s', async (_case, request) => {
    const executions = await executionsOf(aFlow(aReply('tell', 'hi')));

    await expect(executions.create(request)).rejects.toMatchObject({ status: 400 });

    expect(await executions.list()).toEqual([]);
  });

  it('is rejected for a Flow with drafts only, and for an unknown one', async () => {
    const draft = {
      friendlyName: 'Draft',
      status: 'draft' as const,
      definition: aFlow(aReply('tell', 'hi')),
    };
    const { sid } = await world.client.studio.v2.flows.create(draft);
    const start = (flowSid: string) => world.client.studio.v2.flows(flowSid).executions.create(ADDRESSES);

    await expect(start(sid)).rejects.toMatchObject({ status: 400, code: 20001 });
    await expect(start(`FW${'f'.repeat(32)}`)).rejects.toMatchObject({ status: 404, code: 20404 });
  });
});
