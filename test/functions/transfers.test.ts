/** Transferred chats: Twilio reports every ended Task to /task-events, and none of these chats is closed by it. */
import { twilioClient } from '../support/emulator';
import { useFunctions } from '../support/functions-world';

const CHATS = 200;

const world = useFunctions({ UNANSWERED_CLOSES: 'true' });

const taskrouter = () => world.emulator.world.taskrouter;
const flex = () => world.emulator.world.flex;

const followTasks = () =>
  twilioClient(world.emulator)
    .taskrouter.v1.workspaces(world.env['TASKROUTER_WORKSPACE_SID']!)
    .update({
      eventCallbackUrl: `${world.functions.url}/task-events`,
      eventsFilter: 'task.canceled,task.completed,workflow.timeout',
    });
/** Raises every Worker's capacity. */
const makeRoom = () => {
  const { workspaces, workers } = taskrouter();
  const workspaceSid = world.env['TASKROUTER_WORKSPACE_SID']!;
  const available = workspaces.activities.list(workspaceSid).find((activity) => activity.available)!;
  for (const worker of workers.list(workspaceSid)) {
    workers.update(worker, { activitySid: available.sid });
    for (const channel of workers.channelsOf(worker))
      workers.updateChannel(channel, { capacity: 10 * CHATS });
  }
};

/** A chat with an agent, created without the Functions: this tests how they handle its end. */
const aChatWithAnAgent = (number: number) => {
  const { conversations } = world.emulator.world;
  const serviceSid = world.env['CONVERSATIONS_SERVICE_SID']!;
  const actor = { source: 'EVENT' } as const;
  const identity = `visitor-${number}`;
  const conversation = conversations.conversations.create(serviceSid, { uniqueName: nameOf(number) }, actor);
  conversations.participants.add(conversation, { identity }, actor);
  const workspaceSid = world.env['TASKROUTER_WORKSPACE_SID']!;
  const { workflowSid } = world.emulator.account;
  const { channel } = flex().createInteraction(
    { type: 'web', conversationSid: conversation.sid },
    { workspaceSid, workflowSid, taskChannel: 'chat', attributes: {}, given: {} },
  );
  return { conversation, channel, task: acceptNewest(channel.sid) };
};
/** The names that `/start-chat` creates: only those belong to this project. */
const nameOf = (number: number) => `chat-visitor-${number}-1`;
const acceptNewest = (channelSid: string) => {
  const { taskSid } = flex().interactions.invitesOf(channelSid).at(-1)!;
  const task = taskrouter().tasks.get(taskSid)!;
  taskrouter().setReservationStatus(taskrouter().reservations.holding(task)!, 'accepted');
  return task;
};
const turn = () => new Promise((resolve) => setImmediate(resolve));

it(`${CHATS} chats are transferred, by Worker and by TaskQueue, accepted and rejected, and every one continues`, async () => {
  await followTasks();
  makeRoom();
  const { workers, taskQueueSid } = world.emulator.account;
  const chats = Array.from({ length: CHATS }, (_, number) => aChatWithAnAgent(number));
  const outcomes: unknown[] = [];
  taskrouter().eventCallbacks.events.on('delivered', ({ result }) => outcomes.push(result));

  await Promise.all(
    chats.map(async ({ channel, task }, number) => {
      for (let turns = number % 7; turns > 0; turns--) await turn();
      const from = flex().interactions.participantOfTask(task.sid)!;
      const others = workers.filter(({ sid }) => sid !== from.routing!.workerSid);
      const to = number % 3 === 0 ? taskQueueSid : others[number % others.length]!.sid;
      const transfer = flex().transfers.create(channel, { from: from.sid, to });
      for (let turns = number % 5; turns > 0; turns--) await turn();
      if (number % 4 === 0) flex().transfers.cancel(transfer);
      else acceptNewest(channel.sid);
    }),
  );
  await taskrouter().eventCallbacks.settled();

  expect(outcomes).toHaveLength(CHATS);
  expect(new Set(outcomes.map((one) => JSON.stringify(one)))).toEqual(
    new Set([JSON.stringify({ outcome: 'delivered', status: 200 })]),
  );
  for (const { conversation, channel } of chats) {
    const agents = flex()
      .interactions.participantsOf(channel.sid)
      .filter(({ type, status }) => type === 'agent' && status === 'active');
    const present = world.conversations.participants
      .ofConversation(conversation.sid)
      .map(({ identity }) => identity);
    expect([conversation.state, channel.status, agents.length]).toEqual(['active', 'active', 1]);
    expect(present).toEqual([expect.stringMatching(/^visitor-/), agents[0]!.identity]);
  }
});
