import { Client } from '@twilio/conversations';
import type twilio from 'twilio';
import type { Emulator } from '../../../emulator/emulator';
import { startEmulator, twilioClient } from '../../support/emulator';
import { aChat, answer, theTask, theWorkspace, VISITOR } from '../flex/support';
import { EventStream } from './event-stream';

describe('The timeline', () => {
  let emulator: Emulator;
  let client: twilio.Twilio;
  let stream: EventStream;

  beforeEach(async () => {
    emulator = await startEmulator();
    // The SDK does not clear this timer on shutdown; Jest would wait for it at the end.
    emulator.world.realtime.settings.estimatedDeliveryMs = 1_000;
    client = twilioClient(emulator);
    stream = await EventStream.open(emulator.url);
  });
  afterEach(async () => {
    stream.close();
    await emulator.stop();
  });

  /** Connects and waits until it is idle: the SDK throws when it is shut down during its first requests. */
  async function connect(identity: string, conversationSid: string): Promise<Client> {
    const token = emulator.tokenFor(identity);
    const sdk = new Client(token, {
      Twilsock: { uri: `${emulator.url.replace('http', 'ws')}/v3/wsconnect` },
    });
    const conversation = await sdk.getConversationBySid(conversationSid);
    await conversation.getMessages();
    return sdk;
  }

  const titled = (title: string) => (entry: Record<string, unknown>) => entry['title'] === title;
  const steps = (entries: Record<string, unknown>[]) => [...new Set(entries.map(({ step }) => step))];
  const reported = (entries: Record<string, unknown>[], step: string) =>
    entries.filter((entry) => entry['step'] === step).map(({ title }) => title);

  it('begins with the steps of the guide, in its order', async () => {
    const { event, data } = (await stream.next())!;

    expect(event).toBe('world');
    expect((data['steps'] as { id: string }[]).map(({ id }) => id)).toEqual([
      '1',
      '2.1',
      '2.2',
      '2.3',
      '3',
      '4',
      '5',
      '6',
      '7',
      '8',
    ]);
  });

  it('shows the back end steps with their requests', async () => {
    const { conversationSid } = await aChat(emulator, client);

    const entries = await stream.until(({ step, kind }) => step === '2.3' && kind === 'request');

    expect(entries.every((entry) => entry['conversationSid'] === conversationSid)).toBe(true);
    expect(entries.map(({ step, title, summary }) => [step, title, summary])).toEqual([
      ['2.1', 'Conversation added', conversationSid],
      ['2.1', expect.stringMatching(/^POST …/), 'answered 201'],
      ['2.2', 'Participant added', VISITOR],
      ['2.2', expect.stringMatching(/^POST …\/CH.*\/Participants$/), 'answered 201'],
      ['2.3', 'Scoped webhook added', 'target studio, onMessageAdded'],
      ['2.3', expect.stringMatching(/^POST …\/CH.*\/Webhooks$/), 'answered 201'],
    ]);
    expect(entries.at(-1)!['detail']).toMatchObject({
      form: { Target: 'studio', 'Configuration.FlowSid': emulator.account.flowSid },
      status: 201,
    });
    expect(JSON.stringify(entries)).not.toContain(emulator.account.apiKeySecret);
  });

  it('shows how the first message reaches a Worker, and that the agent joined', async () => {
    const chat = await aChat(emulator, client);
    await chat.says('hello');
    const { task } = await theTask(emulator, client);
    await answer(emulator, client, task.sid, 'accepted');

    const entries = await stream.until(({ step, kind }) => step === '8' && kind === 'request');

    expect(steps(entries)).toEqual(['2.1', '2.2', '2.3', '4', '6', '7', '5', '8']);
    expect(reported(entries, '4')).toEqual(['Message 0 added', expect.stringMatching(/^POST .*Messages$/)]);
    expect(reported(entries, '5')).toEqual(['onMessageAdded → Studio']);
    expect(reported(entries, '6')).toContain('Execution started');
    expect(reported(entries, '7')).toEqual(
      expect.arrayContaining(['Interaction created', 'task.created', 'reservation.created']),
    );
    expect(reported(entries, '8')).toEqual([
      'reservation.accepted',
      'Agent joined',
      expect.stringMatching(/^POST …\/Reservations\/WR/),
    ]);
  });

  it('dates the webhook before the Flow that it started', async () => {
    const chat = await aChat(emulator, client);
    await chat.says('hello');

    const entries = await stream.until(({ step }) => step === '5');

    const at = (step: string) => Number(entries.find((entry) => entry['step'] === step)!['at']);
    expect(at('5')).toBeLessThanOrEqual(at('6'));
  });

  it('shows the token when the SDK first presents it, with its time of issue', async () => {
    const { conversationSid } = await aChat(emulator, client);
    const sdk = await connect(VISITOR, conversationSid);

    const entries = await stream.until(({ step }) => step === '3');
    await sdk.shutdown();

    const issued = entries.find(({ step }) => step === '1')!;
    expect(issued).toMatchObject({ title: 'Token issued', summary: `for ${VISITOR}` });
    expect(Number(issued['at'])).toBeLessThanOrEqual(Number(entries.at(-1)!['at']));
    expect(JSON.stringify(issued)).not.toContain('eyJ');
  });

  it('does not confuse a connecting agent with the customer', async () => {
    const chat = await aChat(emulator, client);
    await chat.says('hello');
    const { task } = await theTask(emulator, client);
    await answer(emulator, client, task.sid, 'accepted');
    const sdk = await connect(emulator.account.workers[0].identity, chat.conversationSid);
    await chat.says('the last word');

    const entries = await stream.until(({ summary }) => String(summary).endsWith('the last word'));
    await sdk.shutdown();

    expect(steps(entries)).not.toContain('1');
    expect(steps(entries)).not.toContain('3');
  });

  it('separates what the remaining webhook starts again', async () => {
    const chat = await aChat(emulator, client);
    await chat.says('hello');
    await chat.says('are you there?');

    const entries = await stream.until(({ step, kind }) => step === 'again' && kind === 'webhook');

    expect(reported(entries, '5')).toHaveLength(1);
    expect(reported(entries, '6').filter((title) => title === 'Execution started')).toHaveLength(1);
    expect(reported(entries, 'again')).toContain('Second Interaction dropped');
  });

  it('continues to the end: the Task is completed, the agent leaves, the Conversation is closed', async () => {
    const chat = await aChat(emulator, client);
    await chat.says('hello');
    const { task } = await theTask(emulator, client);
    await answer(emulator, client, task.sid, 'accepted');
    await theWorkspace(emulator, client)
      .tasks(task.sid)
      .update({ assignmentStatus: 'completed', reason: 'done' });

    const entries = await stream.until(titled('reservation.completed'));

    expect(reported(entries, 'after')).toEqual(
      expect.arrayContaining([
        'task.completed',
        'Agent left',
        'Conversation closed',
        'Interaction channel closed',
      ]),
    );
  });

  it('shows all earlier events to a new reader', async () => {
    await aChat(emulator, client);
    const early = await stream.until(({ step, kind }) => step === '2.3' && kind === 'request');

    const late = await EventStream.open(emulator.url);
    const replayed = await late.until(({ step, kind }) => step === '2.3' && kind === 'request');
    late.close();

    expect(replayed).toEqual(early);
  });

  it('ends with its world, so that a page that reconnects sees the new one', async () => {
    const before = (await stream.next())!.data['worldId'];

    await emulator.reset();

    expect(await stream.next()).toBeUndefined();
    const next = await EventStream.open(emulator.url);
    expect((await next.next())!.data['worldId']).not.toBe(before);
    next.close();
  });
});
