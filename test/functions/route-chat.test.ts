/** ROUTING=interactions: /route-chat brings a chat to an agent, as the Flow would and without it. */
import fc from 'fast-check';
import { render } from '../../emulator/studio/liquid';
import { toTaskAttributes } from '../../src/assets/chat/task-attributes.private';
import { aDefinition, stateIn } from '../emulator/studio/support';
import { useFunctions } from '../support/functions-world';
import { userToken } from '../support/tokens';

const SECRET = 'the host site and we know this secret';
const world = useFunctions({ USER_TOKEN_SECRET: SECRET });
const sendToFlex = stateIn(aDefinition(), 'send_to_flex').properties;

const useInteractions = () => {
  // The runtime names the domain; this server's port is known only now.
  Object.assign(world.env, { ROUTING: 'interactions', DOMAIN_NAME: new URL(world.functions.url).host });
};
const settle = () => world.emulator.world.webhooks.settled();
const tasks = () => world.emulator.world.taskrouter.tasks.list(world.env['TASKROUTER_WORKSPACE_SID']!);
const callsTo = (path: string) =>
  world.emulator.journal.entries.filter((one) => one.method === 'POST' && one.path.endsWith(path));
const bodiesIn = (conversationSid: string) =>
  world.conversations.messages
    .ofConversation(conversationSid)
    .map(({ author, body }) => `${author}: ${body}`);
/** Sends again what Twilio has sent to /route-chat, as a copy of the event. */
const repeatWebhook = (conversationSid: string, count: number) => {
  const { events } = world.conversations;
  const conversation = world.conversation(conversationSid);
  const [message] = world.conversations.messages.ofConversation(conversationSid);
  const actor = { source: 'API', webhookEnabled: true } as const;
  for (let i = 0; i < count; i++) events.emit('messageAdded', { conversation, message: message!, actor });
  return settle();
};

describe('ROUTING=interactions', () => {
  beforeEach(useInteractions);

  it('brings the first message to an agent without a Flow', async () => {
    world.env['STUDIO_FLOW_SID'] = '';
    const { conversationSid } = await world.aChat({ friendlyName: 'Ada L.', message: 'hello' });
    await settle();

    expect(tasks()).toMatchObject([
      {
        workflowSid: world.env['TASKROUTER_WORKFLOW_SID'],
        priority: Number(sendToFlex['priority']),
        timeoutSeconds: Number(sendToFlex['timeout']),
      },
    ]);
    expect(JSON.parse(tasks()[0]!.attributes)).toMatchObject({ conversationSid, customerName: 'Ada L.' });
    expect(world.emulator.world.studio.executionsOf(world.emulator.account.flowSid)).toEqual([]);
  });

  it('makes no Interaction before the visitor writes, nor for what agents and the system write', async () => {
    const { conversationSid } = await world.aChat();
    const { messages } = world.conversations;
    for (const author of ['grace_40example_2Ecom', 'system']) {
      messages.add(
        world.conversation(conversationSid),
        { author, body: 'hi' },
        { source: 'SDK', identity: author },
      );
    }
    await settle();

    expect(callsTo('/Interactions')).toEqual([]);
  });

  it('makes one Interaction however often an event comes, and for whichever message first', async () => {
    const { token, conversationSid } = await world.aChat({ message: 'hello' });
    await Promise.all(
      ['one', 'two', 'three'].map((body) => world.post('/send-message', { token, conversationSid, body })),
    );
    await settle();
    await repeatWebhook(conversationSid, 5);

    expect(tasks()).toHaveLength(1);
    expect(callsTo('/Interactions')).toHaveLength(1);
  });

  it.each(['resetAfter', 'resetBefore'] as const)(
    'makes one Interaction when an answer is lost: %s',
    async (kind) => {
      world.emulator.faults.add({ kind, method: 'POST', path: '/Interactions$', times: 2 });
      await world.aChat({ message: 'hello' });
      await settle();

      expect(tasks()).toHaveLength(1);
      expect(world.emulator.world.flex.alerts.list()).toEqual([]);
    },
  );

  it('makes one Interaction when an answer is late', async () => {
    world.emulator.faults.add({
      kind: 'delay',
      delayMs: 9000,
      method: 'POST',
      path: '/Interactions$',
      times: 1,
    });
    const { token, conversationSid } = await world.aChat({ message: 'hello' });
    await settle();
    await world.post('/send-message', { token, conversationSid, body: 'anybody?' });
    await settle();

    expect(tasks()).toHaveLength(1);
  });

  it('says so once where Flex refuses, and routes the next message', async () => {
    const refusal = {
      kind: 'status',
      status: 400,
      body: { code: 20001, message: 'no', status: 400 },
    } as const;
    world.emulator.faults.add({ ...refusal, method: 'POST', path: '/Interactions$', times: 3 });
    const { token, conversationSid, identity } = await world.aChat({ message: 'hello' });
    await settle();
    await repeatWebhook(conversationSid, 2);
    const sorry = stateIn(aDefinition(), 'tell_customer').properties['body'];

    expect(bodiesIn(conversationSid)).toEqual([`${identity}: hello`, `system: ${sorry}`]);
    expect(tasks()).toEqual([]);

    await world.post('/send-message', { token, conversationSid, body: 'again' });
    await settle();
    expect(tasks()).toHaveLength(1);
  });

  it('leaves chats to the Flow that has them, when the setting changes', async () => {
    world.env['ROUTING'] = 'studio';
    const { token, conversationSid } = await world.aChat();
    world.env['ROUTING'] = 'interactions';
    await world.post('/start-chat', { token, message: 'hello' });
    await settle();

    expect(tasks()).toHaveLength(1);
    expect(world.conversations.webhooks.ofConversation(conversationSid)).toMatchObject([
      { target: 'studio' },
    ]);
  });
});

describe('the Task', () => {
  const LONG = 'x'.repeat(900);
  it.each<[string, object, object | undefined]>([
    ['nothing known', {}, undefined],
    [
      'a name and answers',
      { friendlyName: 'Ada "L."', preChat: { topic: 'refund', page: 'a?b="c"' } },
      undefined,
    ],
    ['a long name', { friendlyName: '🙂'.repeat(60) }, undefined],
    ['long answers', { friendlyName: 'Ada', preChat: { why: LONG } }, undefined],
    ['signed data', { preChat: { customerId: '1' } }, { name: 'Ada L.', preChat: { customerId: '4711' } }],
    ['no room for both', { preChat: { why: 'x'.repeat(500) } }, { preChat: { id: 'y'.repeat(500) } }],
  ])('has the same attributes as the one of the Flow, byte for byte: %s', async (_case, params, profile) => {
    const attributesOf = async (sub: string) => {
      const signed = { userToken: userToken(SECRET, { sub, claims: profile ?? {} }) };
      const { identity, conversationSid } = await world.aChat({ ...params, ...signed, message: 'hello' });
      await settle();
      const { attributes } = tasks().find((task) => task.attributes.includes(conversationSid))!;
      // Values that differ for each chat.
      return attributes.replaceAll(identity, 'IDENTITY').replace(/\b[A-Z]{2}[0-9a-f]{32}\b/g, 'SID');
    };
    const byFlow = await attributesOf('by-flow');
    useInteractions();

    expect(await attributesOf('by-function')).toBe(byFlow);
    expect(callsTo('/Interactions')).toHaveLength(1);
  });

  it('has them whatever a visitor types', () => {
    const typed = fc.string({ unit: 'grapheme', maxLength: 256 });
    const data = fc.option(fc.dictionary(typed, typed), { nil: undefined });
    const named = fc
      .tuple(data, fc.option(typed, { nil: undefined }))
      .map(
        ([answers, friendlyName]) =>
          answers && { ...answers, ...(friendlyName !== undefined && { friendlyName }) },
      );
    fc.assert(
      fc.property(named, named, (verified, answers) => {
        const attributes = JSON.stringify({ pre_engagement_data: answers, verified_data: verified });
        const trigger = { conversation: { ChannelAttributes: JSON.parse(attributes) as object } };
        const rendered = render(sendToFlex['attributes'], { contact: {}, flow: {}, widgets: {}, trigger });
        const id = 'visitor-1';
        const widgets = { channelType: 'web', customerAddress: id, from: id, name: id, customerName: id };

        expect(JSON.stringify(toTaskAttributes(id, attributes))).toBe(
          JSON.stringify({ ...widgets, ...(JSON.parse(rendered) as object) }),
        );
      }),
    );
  });
});
