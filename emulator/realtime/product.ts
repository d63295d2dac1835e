import type { ConversationsDomain } from '../conversations/domain';
import type { Product, Surroundings } from '../core/product';
import type { Iam } from '../iam/domain';
import { registerControls } from './controls';
import { Realtime, REALTIME_PATH } from './domain';

interface RealtimeDependencies extends Surroundings {
  iam: Iam;
  conversations: ConversationsDomain;
}

/** It has no REST API: everything goes through its WebSocket. */
export function createRealtime(dependencies: RealtimeDependencies): Product<Realtime> {
  const { account, clock, iam, conversations } = dependencies;
  const domain = new Realtime(account, iam.accessTokens, clock, conversations);
  return {
    domain,
    resume: () => domain.projection.rebuild(),
    register: (http) => registerControls(http, domain),
    sockets: [{ path: REALTIME_PATH, upgrade: (...upgrade) => domain.handleUpgrade(...upgrade) }],
    dispose: () => domain.dispose(),
  };
}
