/** Snapshots of what agents, their programs and deployments have made. */
import type { Worker } from 'twilio-taskrouter';
import { SYSTEM } from '../../../emulator/conversations/model';
import { flexInstanceSid } from '../../../emulator/flex/instance';
import { Agents, nextEvent, nextReservation } from '../../support/agent';
import { twilioClient, useEmulator } from '../../support/emulator';
import { Receiver } from '../../support/receiver';
import { aChat, answer, identitiesIn, theTask, theWorkspace } from '../flex/support';
import { deploy } from '../serverless/deploy';
import { Rest } from './rest';

const emulator = useEmulator();
const rest = new Rest(emulator);
const agents = new Agents(emulator);
afterEach(() => agents.disconnect());

const client = () => twilioClient(emulator());
const linus = () => emulator().account.workers[1];
const instance = () => flexInstanceSid(emulator().account.accountSid);
const tasks = async () =>
  (await theWorkspace(emulator(), client()).tasks.list()).map((one) => one.assignmentStatus).sort();
const reserved = (agent: Worker) =>
  [...agent.reservations.values()].map(({ sid, status }) => `${sid} ${status}`).sort();

/** Grace has a chat, and Linus is asked to take it over. */
async function aTransfer() {
  const chat = await aChat(emulator(), client());
  await chat.says('hello');
  const { task, attributes } = await theTask(emulator(), client());
  await answer(emulator(), client(), task.sid, 'accepted');
  const workspace = theWorkspace(emulator(), client());
  const [available] = await workspace.activities.list({ friendlyName: 'Available' });
  await workspace.workers(linus().sid).update({ activitySid: available!.sid });
  const { flexInteractionSid, flexInteractionChannelSid } = attributes as Record<string, string>;
  const path = `/flex-api.twilio.com/v1/Interactions/${flexInteractionSid}/Channels/${flexInteractionChannelSid}`;
  const { from, sid } = await rest.postJson(`${path}/Transfers`, { to: linus().sid });
  return { ...chat, path: `${path}/Transfers/${sid}`, from, task };
}

it('hold transfers, notes, webhooks of Interactions, keys, media and deployments', async () => {
  const { path, conversationSid } = await aTransfer();
  await rest.post(`/preview.twilio.com/Flex/Instances/${instance()}/Notes`, { content: 'Wants a refund' });
  const receiver = await Receiver.start();
  await rest.post(`/flex-api.twilio.com/v1/Instances/${instance()}/InteractionWebhooks`, {
    Type: 'global',
    WebhookEvents: 'onChannelStatusUpdated',
    WebhookUrl: receiver.url,
  });
  await rest.post('/iam.twilio.com/v1/Keys', { AccountSid: emulator().account.accountSid });
  const { conversationsServiceSid } = emulator().account;
  const upload = {
    filename: 'a.txt',
    contentType: 'text/plain',
    category: 'media' as const,
    content: Buffer.from([0, 255]),
  };
  const { sid } = emulator().world.conversations.media.add(conversationsServiceSid, 'system', upload);
  const domain = deploy(emulator(), { assets: { '/greeting.html': 'hello' } });
  const shown = await rest.all();
  const snapshot = await emulator().snapshot();

  await emulator().reset();
  await emulator().restore(snapshot);

  expect(await rest.all()).toEqual(shown);
  expect(Object.keys(shown)).toContain(path);
  expect(emulator().world.conversations.media.get(sid)).toMatchObject(upload);
  expect(await (await fetch(`${emulator().url}/${domain}/greeting.html`)).text()).toBe('hello');
  const { conversations } = emulator().world.conversations;
  conversations.setState(conversations.get(conversationSid)!, 'closed', SYSTEM);
  await emulator().settled();
  expect(receiver.received.map(({ body }) => new URLSearchParams(body).get('ChannelStatus'))).toEqual([
    'closed',
  ]);
  await receiver.stop();
});

it('let a transfer under way continue, and a channel that is being set up get its Task', async () => {
  const { conversationSid, path } = await aTransfer();
  emulator().world.flex.setupDelayMs = 60_000;
  const another = await aChat(emulator(), client());
  await another.says('hello');
  const snapshot = await emulator().snapshot();

  await emulator().reset();
  await emulator().restore(snapshot);

  expect(await tasks()).toEqual(['assigned', 'reserved']);
  emulator().clock.advance(60_000);
  expect(await tasks()).toHaveLength(3);
  const offer = emulator()
    .world.taskrouter.reservations.all()
    .find(
      ({ workerSid, reservationStatus }) => workerSid === linus().sid && reservationStatus === 'pending',
    )!;
  await answer(emulator(), client(), offer.taskSid, 'accepted');
  expect(JSON.parse(await rest.get(path))).toMatchObject({ status: 'completed' });
  expect(await identitiesIn(client(), conversationSid)).toEqual(['visitor-1', linus().identity]);
});

it("bring agents' programs back to what was, and on from there", async () => {
  const agent = await agents.connect();
  const created = nextReservation(agent);
  const chat = await aChat(emulator(), client());
  await chat.says('hello');
  const { sid } = await created;
  const snapshot = await emulator().snapshot();
  await agent.reservations.get(sid)!.accept();
  const later = nextReservation(agent);
  await (await aChat(emulator(), client())).says('hello');
  await later;
  expect(reserved(agent)).toHaveLength(2);

  const back = nextEvent(agent, 'ready');
  await emulator().restore(snapshot);
  await back;

  expect(reserved(agent)).toEqual([`${sid} pending`]);
  await agent.reservations.get(sid)!.accept();
  expect(await tasks()).toEqual(['assigned']);
  const next = nextReservation(agent);
  await (await aChat(emulator(), client())).says('hello');
  expect((await next).status).toBe('pending');
});
