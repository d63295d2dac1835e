import type { ConversationsDomain } from '../conversations/domain';
import type { Product, Surroundings } from '../core/product';
import type { TaskRouter } from '../taskrouter/domain';
import { Flex } from './domain';
import { registerRest } from './rest/routes';

export interface FlexDependencies extends Surroundings {
  conversations: ConversationsDomain;
  taskrouter: TaskRouter;
}

export function createFlex(dependencies: FlexDependencies): Product<Flex> {
  const { account, clock, conversations, taskrouter } = dependencies;
  const domain = new Flex(clock, conversations, taskrouter);
  return {
    domain,
    register: (http) => registerRest(http, { domain, account, accountSid: account.accountSid, clock }),
  };
}
