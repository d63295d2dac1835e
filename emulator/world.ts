/** One life of the embedded account: every product, wired together here and nowhere else. A reset makes a new one. */
import type { FastifyInstance } from 'fastify';
import { ConversationsDomain } from './conversations/domain';
import { registerConversationsRest } from './conversations/rest/conversations-rest';
import type { Account } from './core/account';
import type { Clock } from './core/clock';
import { createHttpApi } from './core/http-api';

export interface World {
  account: Account;
  clock: Clock;
  conversations: ConversationsDomain;
  /** Everything that is answered over HTTP, apart from the emulator's own controls. */
  http: FastifyInstance;
  dispose(): Promise<void>;
}

export async function createWorld(account: Account, clock: Clock): Promise<World> {
  const conversations = new ConversationsDomain(clock, account.conversationsServiceSid);
  const http = createHttpApi(account);
  registerConversationsRest(http, conversations, account.accountSid);

  await http.ready();
  return {
    account,
    clock,
    conversations,
    http,
    async dispose() {
      clock.clear();
      await http.close();
    },
  };
}
