/** The visitors who wait for an agent, in the order in which they came. */
import type { TwilioCalls } from '../twilio/client.private';
import { SharedAnswer } from '../twilio/shared-answer.private';

/** One page. A visitor further back gets no number. */
const KNOWN_PLACES = 100;

/** By identity, 1 being the next one. */
const line = new SharedAnswer(fetchLine);

/**
 * Needs TASKROUTER_TASK_QUEUE_SID. Undefined if the identity has no waiting Task among the first ones, or if Twilio does
 * not answer in time.
 */
export async function positionOf(twilio: TwilioCalls, identity: string): Promise<number | undefined> {
  return (await line.get(twilio))?.get(identity);
}

async function fetchLine({ client, config }: TwilioCalls): Promise<Map<string, number>> {
  const { tasks } = client.taskrouter.v1.workspaces(config.TASKROUTER_WORKSPACE_SID);
  const waiting = await tasks.list({
    taskQueueSid: config.TASKROUTER_TASK_QUEUE_SID!,
    assignmentStatus: ['pending', 'reserved'],
    ordering: 'Priority:desc,DateCreated:asc',
    pageSize: KNOWN_PLACES,
    limit: KNOWN_PLACES,
  });
  const identities = new Set(waiting.map(({ attributes }) => customerIn(attributes)));
  identities.delete(undefined);
  return new Map([...identities].map((identity, index) => [identity!, index + 1]));
}

/** The Flow of infra/studio and /route-chat set it; a left message has none. */
function customerIn(attributes: string): string | undefined {
  try {
    const { customerAddress } = JSON.parse(attributes) as { customerAddress?: unknown };
    return typeof customerAddress === 'string' ? customerAddress : undefined;
  } catch {
    return undefined;
  }
}
