import type { ConversationsDomain } from '../conversations/domain';
import type { Product, Surroundings } from '../core/product';
import type { Iam } from '../iam/domain';
import type { EventBridge } from '../taskrouter/event-bridge/domain';
import type { TaskRouter } from '../taskrouter/domain';
import { Flex } from './domain';
import { channelRoutes } from './event-bridge/channels';
import { participantRoutes } from './event-bridge/participants';
import { pushParticipants } from './event-bridge/pushes';
import { transferRoutes } from './event-bridge/transfers';
import { flexInstanceSid } from './instance';
import { registerRest } from './rest/routes';
import { registerUi } from './ui/routes';
import { VoiceSignaling } from './ui/voice-signaling';

interface FlexDependencies extends Surroundings {
  iam: Iam;
  conversations: ConversationsDomain;
  taskrouter: TaskRouter;
  eventBridge: EventBridge;
}

export function createFlex(dependencies: FlexDependencies): Product<Flex> {
  const { account, clock, flexUi, iam, conversations, taskrouter, eventBridge } = dependencies;
  const { accountSid } = account;
  const domain = new Flex(dependencies, conversations, taskrouter);
  const interactions = { flex: domain, accountSid, instanceSid: flexInstanceSid(accountSid) };
  for (const routes of [channelRoutes, participantRoutes, transferRoutes]) {
    eventBridge.serve(routes(interactions));
  }
  const voice = new VoiceSignaling();
  pushParticipants(eventBridge, interactions);
  return {
    domain,
    resume: () => domain.resume(),
    register(http) {
      registerRest(http, { domain, account, accountSid });
      registerUi(http, { domain, account, clock, flexUi, accessTokens: iam.accessTokens });
    },
    sockets: [voice.route],
    dispose() {
      voice.dispose();
      domain.webhooks.stop();
    },
  };
}
