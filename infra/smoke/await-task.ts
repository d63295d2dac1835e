/** The agents' side: the Task that the Flow or /route-chat makes of the first message. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Twilio } from 'twilio';
import type { TaskInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/task';
import type { Flex } from '../account/flex';
import { inTime } from './say-hello';

/** Studio and Flex take a second or two. */
const LOOK_EVERY_MS = 500;

export function awaitTask(
  client: Twilio,
  { workspaceSid }: Flex,
  conversationSid: string,
): Promise<TaskInstance> {
  const { tasks } = client.taskrouter.v1.workspaces(workspaceSid);
  let isOver = false;
  const check = async (): Promise<TaskInstance> => {
    for (;;) {
      const [task] = await tasks.list({
        evaluateTaskAttributes: `conversationSid == "${conversationSid}"`,
        limit: 1,
      });
      if (task) return task;
      if (isOver) throw new Error('no Task was created');
      await wait(LOOK_EVERY_MS);
    }
  };
  return inTime(
    'waiting for the Task (is the Flow published, and does it reach Send To Flex? With ROUTING=interactions: what does the log say of /route-chat?)',
    check(),
  ).finally(() => {
    isOver = true;
  });
}
