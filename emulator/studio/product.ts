import type { ConversationsDomain } from '../conversations/domain';
import type { Product, Surroundings } from '../core/product';
import type { Flex } from '../flex/domain';
import { Studio } from './domain';
import { registerRest } from './rest/routes';

interface StudioDependencies extends Surroundings {
  conversations: ConversationsDomain;
  flex: Flex;
}

export function createStudio(dependencies: StudioDependencies): Product<Studio> {
  const { account, isFirstDay } = dependencies;
  const domain = new Studio(dependencies);
  if (!isFirstDay) domain.flows.loadFiles(account);
  return {
    domain,
    resume: () => domain.resume(),
    register: (http) => registerRest(http, { domain, accountSid: account.accountSid }),
    dispose: () => domain.stop(),
  };
}
