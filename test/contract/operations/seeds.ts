/** One of each resource that the emulator can create, to read, change and delete. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SYSTEM } from '../../../emulator/conversations/model';
import type { Emulator } from '../../../emulator/emulator';
import { TEMPLATES } from '../../emulator/content/templates';
import type { Walk } from './walk';

const FLOW = join(__dirname, '..', '..', '..', 'infra', 'studio', 'custom-chat-to-flex.json');

export async function seed(walk: Walk, emulator: Emulator): Promise<void> {
  await seedConversations(walk, emulator);
  await seedTaskRouter(walk, emulator);
  await seedStudioAndFlex(walk, emulator);
  await seedServerless(walk, emulator);
  await seedRest(walk, emulator);
  await seedContent(walk);
}

async function seedConversations(walk: Walk, emulator: Emulator): Promise<void> {
  const { account } = emulator;
  const v1 = 'https://conversations.twilio.com/v1';
  await walk.post(`${v1}/Services`, { FriendlyName: 'Other' });
  const credential = await walk.post(`${v1}/Credentials`, { Type: 'fcm', Secret: 's', FriendlyName: 'App' });
  registerDevice(emulator, String(credential.sid));
  for (const [base, identity, phone] of [
    [v1, 'ada', '+15550001111'],
    [`${v1}/Services/${account.conversationsServiceSid}`, 'grete', '+15550002222'],
  ] as const) {
    const { sid } = await walk.post(`${base}/Conversations`, { FriendlyName: 'Help', UniqueName: identity });
    await walk.post(`${base}/Conversations/${sid}/Participants`, {
      Identity: identity,
      Attributes: '{"a":1}',
    });
    const message = await walk.post(`${base}/Conversations/${sid}/Messages`, {
      Author: identity,
      Body: 'hello',
    });
    reportDelivery(emulator, String(sid), String(message.sid), phone);
    await walk.post(`${base}/Conversations/${sid}/Webhooks`, {
      Target: 'webhook',
      'Configuration.Url': 'https://example.com/hook',
      'Configuration.Filters': ['onMessageAdded', 'onMessageUpdated'],
    });
    await walk.post(`${base}/Conversations/${sid}/Webhooks`, {
      Target: 'trigger',
      'Configuration.Url': 'https://example.com/hook',
      'Configuration.Triggers': ['help'],
    });
    await walk.post(`${base}/ConversationWithParticipants`, { Participant: JSON.stringify({ identity }) });
    await walk.post(`${base}/Users`, { Identity: `${identity}-2`, FriendlyName: 'Someone' });
  }
}

/** The SDK makes Bindings, not a request. */
function registerDevice({ account, world }: Emulator, credentialSid: string): void {
  const device = { chatServiceSid: account.conversationsServiceSid, identity: 'ada', endpoint: 'device' };
  world.conversations.bindings.register({ ...device, type: 'fcm' }, credentialSid, ['new_message']);
}

/** For a Participant outside of chat: receipts come from networks, not from requests. */
function reportDelivery(
  emulator: Emulator,
  conversationSid: string,
  messageSid: string,
  address: string,
): void {
  const { conversations, messages, participants, receipts } = emulator.world.conversations;
  const conversation = conversations.get(conversationSid)!;
  const messagingBinding = { address, proxyAddress: '+15559990000' };
  const participant = participants.add(conversation, { messagingBinding }, SYSTEM);
  const message = messages.find(conversationSid, messageSid)!;
  receipts.report(conversation, message, participant, { status: 'failed', errorCode: 30003 });
}

async function seedTaskRouter(walk: Walk, { account }: Emulator): Promise<void> {
  const workspaces = 'https://taskrouter.twilio.com/v1/Workspaces';
  const workspace = `${workspaces}/${account.workspaceSid}`;
  await walk.post(workspaces, { FriendlyName: 'Other' });
  await walk.post(`${workspace}/Activities`, { FriendlyName: 'Lunch', Available: 'false' });
  await walk.post(`${workspace}/TaskChannels`, { FriendlyName: 'Letters', UniqueName: 'letters' });
  const queue = await walk.post(`${workspace}/TaskQueues`, { FriendlyName: 'Nobody', TargetWorkers: '1==2' });
  await walk.post(`${workspace}/Workflows`, {
    FriendlyName: 'Other',
    Configuration: JSON.stringify({ task_routing: { default_filter: { queue: queue.sid } } }),
  });
  await walk.post(`${workspace}/Workers`, { FriendlyName: 'hedy', Attributes: '{"languages":["de"]}' });
  for (const Attributes of ['{"a":1}', '{"a":2}']) {
    await walk.post(`${workspace}/Tasks`, { WorkflowSid: account.workflowSid, Attributes });
  }
}

/** A first message that becomes an Interaction, and an Interaction created directly. */
async function seedStudioAndFlex(walk: Walk, { account, world }: Emulator): Promise<void> {
  const flow = { FriendlyName: 'Other', Status: 'published', Definition: readFileSync(FLOW, 'utf8') };
  await walk.post('https://studio.twilio.com/v2/Flows/Validate', flow);
  await walk.post('https://studio.twilio.com/v2/Flows', flow);

  const conversations = 'https://conversations.twilio.com/v1/Conversations';
  const byFlow = await walk.post(conversations, {});
  const byHand = await walk.post(conversations, {});
  for (const { sid } of [byFlow, byHand])
    await walk.post(`${conversations}/${sid}/Participants`, { Identity: 'ada' });
  await walk.post(`${conversations}/${byFlow.sid}/Webhooks`, {
    Target: 'studio',
    'Configuration.FlowSid': account.flowSid,
    'Configuration.Filters': 'onMessageAdded',
  });
  await walk.post(
    `${conversations}/${byFlow.sid}/Messages`,
    { Author: 'ada', Body: 'hello' },
    { webhooks: true },
  );
  await world.webhooks.settled();

  const routing = {
    properties: {
      workspace_sid: account.workspaceSid,
      workflow_sid: account.workflowSid,
      task_channel_unique_name: 'chat',
      attributes: { from: 'ada' },
    },
  };
  const interaction = await walk.post('https://flex-api.twilio.com/v1/Interactions', {
    Channel: JSON.stringify({
      type: 'web',
      initiated_by: 'customer',
      properties: { media_channel_sid: byHand.sid },
    }),
    Routing: JSON.stringify(routing),
  });
  const channels = `https://flex-api.twilio.com/v1/Interactions/${interaction.sid}/Channels`;
  const list = JSON.parse((await walk.send('GET', channels)).answer) as { channels: [{ sid: string }] };
  const channel = `${channels}/${list.channels[0].sid}`;
  await walk.post(`${channel}/Participants`, {
    Type: 'external',
    MediaProperties: JSON.stringify({ identity: 'expert' }),
  });
  await walk.post(`${channel}/Invites`, { Routing: JSON.stringify(routing) });

  const { taskrouter } = world;
  const task = taskrouter.tasks
    .list(account.workspaceSid)
    .find(({ attributes }) => attributes.includes(interaction.sid))!;
  taskrouter.setReservationStatus(taskrouter.reservations.holding(task)!, 'accepted');
  await walk.post(`${channel}/Transfers`, { to: account.workers[1].sid });
}

/** The output of a Function becomes a log. */
const HELLO =
  'exports.handler = (context, event, callback) => { console.log("asked"); callback(null, "hello"); };';

async function seedServerless(walk: Walk, emulator: Emulator): Promise<void> {
  const services = 'https://serverless.twilio.com/v1/Services';
  const { sid } = await walk.post(services, { UniqueName: 'chat', FriendlyName: 'Chat' });
  const service = `${services}/${sid}`;
  const environment = await walk.post(`${service}/Environments`, { UniqueName: 'dev', DomainSuffix: 'dev' });
  const versions: Record<string, string> = {};
  for (const [kind, path, content] of [
    ['Functions', '/hello', HELLO],
    ['Assets', '/hello.txt', 'hello'],
  ] as const) {
    const code = await walk.post(`${service}/${kind}`, { FriendlyName: path });
    versions[kind] = await upload(emulator, `${sid}/${kind}/${code.sid}`, path, content);
  }
  const build = await walk.post(`${service}/Builds`, {
    FunctionVersions: versions['Functions']!,
    AssetVersions: versions['Assets']!,
    Runtime: 'node22',
  });
  // A Build takes some time.
  emulator.world.clock.advance(60_000);
  await walk.post(`${service}/Environments/${environment.sid}/Variables`, { Key: 'A', Value: 'b' });
  await walk.post(`${service}/Environments/${environment.sid}/Deployments`, { BuildSid: build.sid });
  await fetch(`${emulator.url}/${String(environment['domain_name'])}/hello`, { method: 'POST' });
}

/** The upload host is in no OpenAPI file. */
async function upload(emulator: Emulator, code: string, path: string, content: string): Promise<string> {
  const body = new FormData();
  body.set('Path', path);
  body.set('Visibility', 'public');
  body.set('Content', new Blob([content], { type: 'application/javascript' }), path.slice(1));
  const { accountSid, authToken } = emulator.account;
  const response = await fetch(`${emulator.url}/serverless-upload.twilio.com/v1/Services/${code}/Versions`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}` },
    body,
  });
  return ((await response.json()) as { sid: string }).sid;
}

/** One of every type that Conversations sends, and a Message of it. */
async function seedContent(walk: Walk): Promise<void> {
  const conversations = 'https://conversations.twilio.com/v1/Conversations';
  const { sid: conversationSid } = await walk.post(conversations, {});
  for (const [type, data] of Object.entries(TEMPLATES)) {
    const { sid } = await walk.post('https://content.twilio.com/v1/Content', {
      friendly_name: type,
      language: 'en',
      variables: { 1: 'Ada' },
      types: { [type]: data },
    });
    await walk.post(`${conversations}/${conversationSid}/Messages`, {
      ContentSid: sid,
      ContentVariables: '{"1":"Grace"}',
    });
  }
}

async function seedRest(walk: Walk, { account }: Emulator): Promise<void> {
  const lists = `https://sync.twilio.com/v1/Services/${account.syncServiceSid}/Lists`;
  const { sid } = await walk.post(lists, { UniqueName: 'starts' });
  await walk.post(`${lists}/${sid}/Items`, { Data: '{}' });
  // An answer about a key does not contain its address.
  const keys = 'https://iam.twilio.com/v1/Keys';
  const key = await walk.post(keys, { AccountSid: account.accountSid, FriendlyName: 'Other' });
  walk.remember(`${keys}/${key.sid}`);
}
