import type { Product, Surroundings } from '../core/product';
import { TaskRouter } from './domain';
import { createEmbeddedWorkspace } from './embedded-workspace';
import { registerRest } from './rest/routes';

export function createTaskRouter(surroundings: Surroundings): Product<TaskRouter> {
  const { account } = surroundings;
  const domain = new TaskRouter(surroundings);
  createEmbeddedWorkspace(domain, account);
  return {
    domain,
    resume: () => domain.resume(),
    register: (http) => registerRest(http, { domain, accountSid: account.accountSid }),
    dispose: () => domain.eventCallbacks.stop(),
  };
}
