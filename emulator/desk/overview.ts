/** `GET /emulator/desk/overview?agent=`: all that an agent's desk shows apart from messages and the timeline. */
import type { FastifyInstance } from 'fastify';
import { findWorker } from '../core/account';
import { found } from '../core/http-api';
import { rosterJson } from './agents/roster';
import { openTasksOf, type OpenTask } from './tasks/open-tasks';
import type { DeskApi } from './api';

export function registerOverview(app: FastifyInstance, api: DeskApi): void {
  const { account, clock, taskrouter, flex, finished } = api;
  app.get('/desk/overview', async (request) => {
    const { agent } = request.query as { agent?: string };
    const worker = found(taskrouter.workers.get(found(findWorker(account, agent), request).sid), request);
    const tasks = openTasksOf(worker, flex);
    return {
      now: clock.date().toISOString(),
      activitySid: worker.activitySid,
      ...rosterJson(account, taskrouter),
      tasks,
      finished: finished.seenBy(worker.sid),
      names: namesIn(tasks, api),
    };
  });
}

/**
 * Authors as Flex shows them: by the friendlyName of their User, the agent too. Source: observed with Flex UI 2.17.1
 * (memberDisplayOptions). An author without a User goes by the name that the message has.
 */
function namesIn(tasks: readonly OpenTask[], { account, flex }: DeskApi): Record<string, string> {
  const { participants, messages, users } = flex.conversations;
  const names: Record<string, string> = {};
  for (const { attributes } of tasks) {
    const { conversationSid } = attributes;
    if (typeof conversationSid !== 'string') continue;
    const identities = [
      ...participants.ofConversation(conversationSid).map(({ identity }) => identity),
      ...messages.ofConversation(conversationSid).map(({ author }) => author),
    ];
    for (const identity of identities) {
      const user = identity === null ? undefined : users.find(account.conversationsServiceSid, identity);
      if (user) names[user.identity] = user.friendlyName;
    }
  }
  return names;
}
