import type { Definition } from '../../../emulator/studio/model';
import { twilioClient, useEmulator } from '../../support/emulator';
import { aDefinition, anAskingDefinition, stateIn } from './support';

const VISITOR = 'visitor-1';

describe('An execution of a Flow', () => {
  const emulator = useEmulator();
  const client = () => twilioClient(emulator());

  let flowSid: string;
  let conversationSid: string;
  const executions = () => client().studio.v2.flows(flowSid).executions;
  const messages = async () =>
    (await client().conversations.v1.conversations(conversationSid).messages.list()).map(
      ({ author, body }) => `${author}: ${body}`,
    );
  const steps = async (executionSid: string) =>
    (await executions()(executionSid).steps.list())
      .reverse()
      .map(({ transitionedFrom, name, transitionedTo }) => `${transitionedFrom} ${name} ${transitionedTo}`);

  /** A Conversation whose messages run this Flow. */
  const aConversationOn = async (definition: Definition, attributes: object = {}) => {
    const flow = await client().studio.v2.flows.create({
      friendlyName: 'Test',
      status: 'published',
      definition,
    });
    flowSid = flow.sid;
    const conversation = await client().conversations.v1.conversations.create({
      attributes: JSON.stringify(attributes),
    });
    conversationSid = conversation.sid;
    const made = client().conversations.v1.conversations(conversationSid);
    await made.participants.create({ identity: VISITOR });
    await made.webhooks.create({
      target: 'studio',
      'configuration.flowSid': flowSid,
      'configuration.filters': ['onMessageAdded'],
    });
  };
  const says = async (body: string, params: object = {}) => {
    await client()
      .conversations.v1.conversations(conversationSid)
      .messages.create({ author: VISITOR, body, xTwilioWebhookEnabled: 'true', ...params });
    await emulator().world.webhooks.settled();
  };

  it('starts with a message and ends after the last widget, each step readable', async () => {
    await aConversationOn({
      initial_state: 'Trigger',
      states: [
        {
          name: 'Trigger',
          type: 'trigger',
          transitions: [{ event: 'incomingConversationMessage', next: 'greet' }],
          properties: {},
        },
        {
          name: 'greet',
          type: 'send-message',
          transitions: [{ event: 'sent' }],
          properties: { from: 'bot', body: 'Hello {{trigger.conversation.From}}' },
        },
      ],
    });

    await says('hi');

    expect(await messages()).toEqual([`${VISITOR}: hi`, `bot: Hello ${VISITOR}`]);
    const [execution] = await executions().list();
    expect(execution).toMatchObject({ status: 'ended', contactChannelAddress: VISITOR, flowSid });
    expect(execution!.initiatedBy).toMatch(/^IM[0-9a-f]{32}$/);
    expect(await steps(execution!.sid)).toEqual([
      'Trigger incomingConversationMessage greet',
      'greet sent Ended',
    ]);
    const { context } = await executions()(execution!.sid).executionContext().fetch();
    expect(context).toMatchObject({
      contact: { channel: { address: VISITOR } },
      flow: { channel: { address: conversationSid }, sid: execution!.sid, flow_sid: flowSid },
      trigger: {
        conversation: { Body: 'hi', ConversationSid: conversationSid, ChannelSid: conversationSid },
      },
      widgets: { greet: { outbound: { Body: `Hello ${VISITOR}` } } },
    });
  });

  it('waits for the reply, and continues with it instead of starting again', async () => {
    await aConversationOn(anAskingDefinition());

    await says('help');
    expect(await executions().list({ status: 'active' })).toHaveLength(1);
    await says('rain');

    expect(await messages()).toEqual([
      `${VISITOR}: help`,
      'bot: You said help. Why?',
      `${VISITOR}: rain`,
      `bot: Because rain, ${VISITOR}`,
    ]);
    const all = await executions().list();
    expect(all.map((one) => one.status)).toEqual(['ended']);
    emulator().world.clock.advance(60_000);
    expect(await messages()).toHaveLength(4);
  });

  it('continues by timeout without a reply', async () => {
    await aConversationOn(anAskingDefinition());
    await says('help');

    emulator().world.clock.advance(59_000);
    expect(await messages()).toHaveLength(2);
    emulator().world.clock.advance(1_000);

    expect((await messages()).at(-1)).toBe('bot: Good bye');
    await says('still there?');
    expect(await executions().list()).toHaveLength(2);
  });

  it('separates two Conversations on the same Flow', async () => {
    await aConversationOn(anAskingDefinition());
    await says('one');
    const first = conversationSid;
    conversationSid = (await client().conversations.v1.conversations.create()).sid;
    const second = client().conversations.v1.conversations(conversationSid);
    await second.participants.create({ identity: VISITOR });
    await second.webhooks.create({ target: 'studio', 'configuration.flowSid': flowSid });

    await says('two');

    expect(await messages()).toEqual([`${VISITOR}: two`, 'bot: You said two. Why?']);
    conversationSid = first;
    expect(await messages()).toHaveLength(2);
  });

  it('can be ended by REST, including its wait', async () => {
    await aConversationOn(anAskingDefinition());
    await says('help');
    const [execution] = await executions().list();

    await executions()(execution!.sid).update({ status: 'ended' });
    emulator().world.clock.advance(60_000);

    expect(await messages()).toHaveLength(2);
    expect((await executions()(execution!.sid).fetch()).status).toBe('ended');
  });

  it('ends with a clear error at a widget that the emulator does not run', async () => {
    await aConversationOn(
      aDefinition((flow) => {
        flow.states[0]!.transitions[2]!.next = 'say';
        flow.states.push({ name: 'say', type: 'say-play', transitions: [], properties: {} });
      }),
    );

    await says('hi');

    const [execution] = await executions().list();
    expect(execution).toMatchObject({
      status: 'ended',
      context: { error: 'The emulator does not run the widget say-play' },
    });
    expect((await steps(execution!.sid)).at(-1)).toBe('say error Ended');
  });

  it('stops an endless Flow', async () => {
    await aConversationOn(
      aDefinition((flow) => {
        stateIn(flow, 'send_to_flex').properties['attributes'] = '[]';
        stateIn(flow, 'send_to_flex').transitions[1]!.next = 'send_to_flex';
      }),
    );

    await says('hi');

    expect((await executions().list())[0]).toMatchObject({
      status: 'ended',
      context: { error: 'The Flow goes round in circles' },
    });
  });

  it.each([
    ['are broken by a quote', 'Ada "the first" L.', 'Rendered attributes are not valid JSON'],
    ['become too long', 'x'.repeat(1024), 'Rendered attributes are longer than 1024 characters'],
  ])(
    'sends the customer a message when the attributes of the Task %s, and logs the reason',
    async (_case, name, error) => {
      await aConversationOn(
        aDefinition((flow) => {
          stateIn(flow, 'send_to_flex').properties['attributes'] =
            '{ "from": "{{trigger.conversation.ChannelAttributes.name}}" }';
        }),
        { name },
      );

      await says('hi');

      expect((await messages()).at(-1)).toMatch(/: Sorry, we could not reach an agent/);
      const [execution] = await executions().list();
      expect(await steps(execution!.sid)).toContain('send_to_flex failedToEnqueue tell_customer');
      expect(execution!.context).toMatchObject({ error });
    },
  );

  it('does not start for a message that triggers no webhooks', async () => {
    await aConversationOn(anAskingDefinition());

    await says('quiet', { xTwilioWebhookEnabled: 'false' });

    expect(await executions().list()).toEqual([]);
  });
});
