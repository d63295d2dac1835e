/** The REST face of Conversations: https://conversations.twilio.com/v1, once for the account and once per Service. */
import type { FastifyInstance } from 'fastify';
import type { ConversationsDomain } from '../domain';
import { conversationRoutes } from './conversations';
import { messageRoutes } from './messages';
import { participantConversationRoutes } from './participant-conversations';
import { participantRoutes } from './participants';
import { askBeforeChanges } from './pre-events';
import { receiptRoutes } from './receipts';
import { roleRoutes } from './roles';
import type { ConversationsApi } from './paths';
import { serviceRoutes } from './services';
import { userConversationRoutes } from './user-conversations';
import { userRoutes } from './users';
import { webhookRoutes } from './scoped-webhooks';

const HOST = '/conversations.twilio.com/v1';

const PER_SERVICE = [
  conversationRoutes,
  participantRoutes,
  webhookRoutes,
  messageRoutes,
  receiptRoutes,
  participantConversationRoutes,
  userRoutes,
  userConversationRoutes,
  roleRoutes,
];

export function registerConversationsRest(
  app: FastifyInstance,
  domain: ConversationsDomain,
  accountSid: string,
): void {
  const api: ConversationsApi = { domain, accountSid };
  for (const prefix of [HOST, `${HOST}/Services/:serviceSid`]) {
    app.register(
      async (scoped) => {
        askBeforeChanges(scoped, prefix, api);
        for (const routes of PER_SERVICE) routes(scoped, api);
      },
      { prefix },
    );
  }
  app.register(async (account) => serviceRoutes(account, api), { prefix: HOST });
}
