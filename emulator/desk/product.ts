import type { ConversationsDomain } from '../conversations/domain';
import type { Webhooks } from '../conversations/webhooks/domain';
import type { Journal } from '../core/journal';
import type { Product, Surroundings } from '../core/product';
import type { Flex } from '../flex/domain';
import type { Realtime } from '../realtime/domain';
import type { Studio } from '../studio/domain';
import type { TaskRouter } from '../taskrouter/domain';
import { Changes } from './changes';
import { registerDesk } from './routes';
import { FinishedTasks } from './tasks/finished-tasks';
import { followConversations } from './timeline/conversation-facts';
import { followFlex } from './timeline/flex-facts';
import { followRequests } from './timeline/request-facts';
import { followSessions } from './timeline/session-facts';
import { followStudio } from './timeline/studio-facts';
import { followTaskRouter } from './timeline/taskrouter-facts';
import { Timeline } from './timeline/timeline';
import { followWebhooks } from './timeline/webhook-facts';

interface DeskDependencies extends Surroundings {
  journal: Journal;
  conversations: ConversationsDomain;
  taskrouter: TaskRouter;
  flex: Flex;
  studio: Studio;
  webhooks: Webhooks;
  realtime: Realtime;
}

/** Not a product of Twilio's: it shows what happens in all of them. */
export function createDesk(dependencies: DeskDependencies): Product<Timeline> {
  const { account, clock, journal, conversations, taskrouter, flex, studio, webhooks, realtime } =
    dependencies;
  const timeline = new Timeline();
  followConversations(timeline, conversations, clock);
  followTaskRouter(timeline, taskrouter, clock);
  followFlex(timeline, flex, clock);
  followStudio(timeline, studio, clock);
  followWebhooks(timeline, webhooks);
  followSessions(timeline, { realtime, domain: conversations, clock });
  followRequests(timeline, { account, journal, domain: conversations, flex });
  const finished = new FinishedTasks(flex, clock);
  const changes = new Changes(conversations, flex);
  return {
    domain: timeline,
    register: (http) => registerDesk(http, { account, clock, taskrouter, flex, timeline, finished, changes }),
  };
}
