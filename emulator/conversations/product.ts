import type { Contents } from '../content/domain';
import type { Product, Surroundings } from '../core/product';
import type { Iam } from '../iam/domain';
import { registerControls } from './controls';
import { ConversationsDomain } from './domain';
import { registerMedia } from './media/rest/routes';
import { registerRest } from './rest/routes';

/** Its webhooks are a separate product, because they depend on Studio, which depends on Conversations. */
export function createConversations({
  account,
  clock,
  isFirstDay,
  maxMessages,
  iam,
  content,
}: Surroundings & { iam: Iam; content: Contents }): Product<ConversationsDomain> {
  const domain = new ConversationsDomain(
    clock,
    account.conversationsServiceSid,
    content,
    isFirstDay ? [] : account.pushCredentials,
    maxMessages,
  );
  return {
    domain,
    resume: () => domain.conversations.resume(),
    register(http) {
      registerRest(http, { domain, accountSid: account.accountSid });
      registerMedia(http, { domain, clock, accessTokens: iam.accessTokens });
      registerControls(http, domain);
    },
  };
}
