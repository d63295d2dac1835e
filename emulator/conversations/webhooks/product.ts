import type { Product, Surroundings } from '../../core/product';
import type { ConversationsDomain } from '../domain';
import { registerServiceWebhooks } from '../rest/service-webhooks';
import { Webhooks, type WebhooksOptions } from './domain';

interface WebhooksDependencies extends Surroundings {
  conversations: ConversationsDomain;
  studio: { receive: WebhooksOptions['studio'] };
}

export function createWebhooks(dependencies: WebhooksDependencies): Product<Webhooks> {
  const { account, clock, emulatorUrl, conversations, studio } = dependencies;
  const domain = new Webhooks({
    domain: conversations,
    account,
    clock,
    emulatorUrl,
    studio: (incoming) => studio.receive(incoming),
  });
  return {
    domain,
    register: (http) =>
      registerServiceWebhooks(http, domain.ofServices, {
        domain: conversations,
        accountSid: account.accountSid,
      }),
    dispose: () => domain.stop(),
  };
}
