/** A customer who has just written, after the guide's steps 2 to 4, and the agent's side by REST. */
import type twilio from 'twilio';
import type { Emulator } from '../../../emulator/emulator';

export const VISITOR = 'visitor-1';

export interface Chat {
  conversationSid: string;
  /** The customer writes; resolves when the webhooks have run. */
  says(body: string): Promise<void>;
}

/** Steps 2.1 to 2.3: Conversation, customer, Studio webhook. */
export async function aChat(
  emulator: Emulator,
  client: twilio.Twilio,
  preEngagementData?: Record<string, unknown>,
): Promise<Chat> {
  const attributes = JSON.stringify(preEngagementData ? { pre_engagement_data: preEngagementData } : {});
  const { sid } = await client.conversations.v1.conversations.create({ attributes });
  await client.conversations.v1.conversations(sid).participants.create({ identity: VISITOR });
  await client.conversations.v1.conversations(sid).webhooks.create({
    target: 'studio',
    'configuration.flowSid': emulator.account.flowSid,
    'configuration.filters': ['onMessageAdded'],
  });
  return {
    conversationSid: sid,
    async says(body) {
      await client.conversations.v1
        .conversations(sid)
        .messages.create({ author: VISITOR, body, xTwilioWebhookEnabled: 'true' });
      await emulator.world.webhooks.settled();
    },
  };
}

export function theWorkspace(emulator: Emulator, client: twilio.Twilio) {
  return client.taskrouter.v1.workspaces(emulator.account.workspaceSid);
}

/** The only Task, with its attributes parsed. */
export async function theTask(emulator: Emulator, client: twilio.Twilio) {
  const tasks = await theWorkspace(emulator, client).tasks.list();
  if (tasks.length !== 1) throw new Error(`Expected one Task, found ${tasks.length}`);
  return { task: tasks[0]!, attributes: JSON.parse(tasks[0]!.attributes) as Record<string, unknown> };
}

/** Answers the pending Reservation of a Task. */
export async function answer(
  emulator: Emulator,
  client: twilio.Twilio,
  taskSid: string,
  reservationStatus: 'accepted' | 'rejected',
) {
  const { reservations } = theWorkspace(emulator, client).tasks(taskSid);
  const pending = await reservations.list({ reservationStatus: 'pending' });
  if (pending.length !== 1) throw new Error(`Expected one pending Reservation, found ${pending.length}`);
  return reservations(pending[0]!.sid).update({ reservationStatus });
}

export async function identitiesIn(client: twilio.Twilio, conversationSid: string): Promise<string[]> {
  const participants = await client.conversations.v1.conversations(conversationSid).participants.list();
  return participants.map((participant) => participant.identity);
}

export async function stateOf(client: twilio.Twilio, conversationSid: string): Promise<string> {
  return (await client.conversations.v1.conversations(conversationSid).fetch()).state;
}
