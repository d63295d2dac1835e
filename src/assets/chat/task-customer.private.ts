/** What the agent sees of the customer, while a chat is with an agent: it changes when the visitor signs in. */
import { ChatError, twilioStatusOf } from '../http/errors.private';
import type { TwilioCalls } from '../twilio/client.private';
import { toTaskAttributes } from './task-attributes.private';
import { tasksOf } from './task.private';

/** Flex and plugins write attributes, too. */
const MAX_ROUNDS = 4;
/** Source: docs https://www.twilio.com/docs/taskrouter/api/task#update-a-task-resource (If-Match) */
const CHANGED_MEANWHILE = 412;
const GONE = 404;

/** Sets the customer's part of the attributes of every Task that is not over, and keeps all others. */
export async function tellAgentsWho(
  twilio: TwilioCalls,
  conversationSid: string,
  identity: string,
  conversationAttributes: string,
): Promise<void> {
  const customer = toTaskAttributes(identity, conversationAttributes);
  for (const { taskSid, isLive } of await tasksOf(twilio, conversationSid)) {
    if (isLive) await setCustomer(twilio, taskSid, customer);
  }
}

async function setCustomer(twilio: TwilioCalls, taskSid: string, customer: object): Promise<void> {
  const { client, config, retry } = twilio;
  const task = client.taskrouter.v1.workspaces(config.TASKROUTER_WORKSPACE_SID).tasks(taskSid);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    try {
      const { body, headers } = await retry.repeat(() => task.fetchWithHttpInfo());
      const present = body.attributes;
      const attributes = JSON.stringify({ ...(JSON.parse(present) as object), ...customer });
      if (attributes === present) return;
      const ifMatch = etagIn(headers);
      await retry.repeat(() => task.update({ attributes, ...(ifMatch !== undefined && { ifMatch }) }));
      return;
    } catch (error) {
      // A Task that is over is no longer an agent's.
      if (twilioStatusOf(error) === GONE) return;
      if (twilioStatusOf(error) !== CHANGED_MEANWHILE) throw error;
    }
  }
  throw new ChatError('twilio_unavailable', { facts: { taskSid, rounds: MAX_ROUNDS } });
}

function etagIn(headers: unknown): string | undefined {
  const value = (headers as Record<string, unknown> | undefined)?.['etag'];
  return typeof value === 'string' ? value : undefined;
}
