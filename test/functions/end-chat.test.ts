/** How chats end: by the visitor, with and without an agent. */
import { failureOf, useFunctions, type StartedChat } from '../support/functions-world';

describe('POST /end-chat', () => {
  const world = useFunctions();
  const endChat = ({ token, conversationSid }: StartedChat) =>
    world.post('/end-chat', { token, conversationSid });
  const tasks = () => world.emulator.world.taskrouter.tasks.list(world.env['TASKROUTER_WORKSPACE_SID']!);

  /** A chat whose first message has reached Flex. */
  const aChatInFlex = async () => {
    const chat = await world.aChat({ message: 'hello', messageId: 'm-1' });
    await world.emulator.world.webhooks.settled();
    const [task] = tasks();
    return { chat, task: task! };
  };
  const accept = (taskSid: string) => {
    const { taskrouter } = world.emulator.world;
    const task = taskrouter.tasks.get(taskSid)!;
    const reservation = taskrouter.reservations.holding(task)!;
    taskrouter.setReservationStatus(reservation, 'accepted');
  };

  it('closes a Conversation for which no agent was requested', async () => {
    const chat = await world.aChat();

    const { status, body } = await endChat(chat);

    expect({ status, body }).toEqual({ status: 200, body: { state: 'closed' } });
    expect(world.conversation(chat.conversationSid).state).toBe('closed');
  });

  it("ends an agent's chat through the Interaction's channel, so that the agent gets wrap-up", async () => {
    const { chat, task } = await aChatInFlex();
    accept(task.sid);
    world.takeCalls();

    await endChat(chat);

    expect(task.assignmentStatus).toBe('wrapping');
    expect(world.conversation(chat.conversationSid).state).toBe('closed');
    const { flexInteractionSid, flexInteractionChannelSid } = JSON.parse(task.attributes) as Record<
      string,
      string
    >;
    const { entries } = world.emulator.world.journal;
    expect(entries.find(({ host }) => host === 'taskrouter.twilio.com')!.query).toMatchObject({
      EvaluateTaskAttributes: `conversationSid == "${chat.conversationSid}"`,
    });
    expect(entries.find(({ host }) => host === 'flex-api.twilio.com')).toMatchObject({
      method: 'POST',
      path: `/v1/Interactions/${flexInteractionSid}/Channels/${flexInteractionChannelSid}`,
      form: { Status: 'closed' },
      status: 200,
    });
    expect(world.takeCalls().filter((call) => call.includes('/Tasks/'))).toEqual([]);
  });

  it('withdraws a Task that no agent has accepted yet', async () => {
    const { chat, task } = await aChatInFlex();

    await endChat(chat);

    expect(task.assignmentStatus).toBe('canceled');
    expect(world.conversation(chat.conversationSid).state).toBe('closed');
  });

  it('answers with success for an ended chat', async () => {
    const { chat } = await aChatInFlex();
    await endChat(chat);
    world.takeCalls();

    const { status, body } = await endChat(chat);

    expect({ status, body }).toEqual({ status: 200, body: { state: 'closed' } });
    expect(world.takeCalls().filter((call) => call.startsWith('POST'))).toEqual([]);
  });

  it('ends a chat once, however many calls arrive at the same time', async () => {
    const { chat, task } = await aChatInFlex();
    accept(task.sid);

    const answers = await Promise.all(Array.from({ length: 5 }, () => endChat(chat)));

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(task.assignmentStatus).toBe('wrapping');
  });

  it('ends it even if every first answer is lost', async () => {
    const { chat, task } = await aChatInFlex();
    accept(task.sid);
    for (const path of ['Tasks$', 'Channels/UO', 'Conversations/CH']) {
      world.emulator.faults.add({ path, kind: 'resetAfter', times: 1 });
    }

    const { status } = await endChat(chat);

    expect(status).toBe(200);
    expect(task.assignmentStatus).toBe('wrapping');
  });

  it('closes the Conversation even if Flex no longer has the channel', async () => {
    const { chat, task } = await aChatInFlex();
    world.emulator.faults.add({ host: 'flex-api.twilio.com', kind: 'status', status: 404 });

    const { status } = await endChat(chat);

    expect(status).toBe(200);
    expect(world.conversation(chat.conversationSid).state).toBe('closed');
    expect(task.assignmentStatus).toBe('canceled');
    expect(world.takeLog().at(-1)).toMatchObject({ twilioStatus: 404 });
  });

  it('is followed by a new Conversation', async () => {
    const chat = await world.aChat();
    await endChat(chat);

    const next = await world.aChat({ token: chat.token });

    expect(next.resumed).toBe(false);
    expect(next.conversationSid).not.toBe(chat.conversationSid);
  });

  it("does not end another visitor's chat", async () => {
    const mine = await world.aChat();
    const other = await world.aChat();

    const answer = await endChat({ ...mine, conversationSid: other.conversationSid });

    expect(failureOf(answer)).toBe('403 conversation_not_yours');
    expect(world.conversation(other.conversationSid).state).toBe('active');
  });
});
