/** The REST API of Conversations: https://conversations.twilio.com/v1, once for the account and once per Service. */
import type { Routing } from '../../core/routing';
import { bindingRoutes } from './bindings';
import { conversationRoutes } from './conversations';
import { credentialRoutes } from './credentials';
import { messageRoutes } from './messages';
import { notificationRoutes } from './notifications';
import { participantConversationRoutes } from './participant-conversations';
import { participantRoutes } from './participants';
import { askBeforeChanges } from './pre-events';
import { receiptRoutes } from './receipts';
import { roleRoutes } from './roles';
import type { ConversationsApi } from './paths';
import { serviceRoutes } from './services';
import { userConversationRoutes } from './user-conversations';
import { userRoutes } from './users';
import { scopedWebhookRoutes } from './scoped-webhooks';

const HOST = '/conversations.twilio.com/v1';

const PER_SERVICE = [
  conversationRoutes,
  participantRoutes,
  scopedWebhookRoutes,
  messageRoutes,
  receiptRoutes,
  participantConversationRoutes,
  userRoutes,
  userConversationRoutes,
  roleRoutes,
];

/** These have one path only. */
const ONCE = [serviceRoutes, credentialRoutes, bindingRoutes, notificationRoutes];

export function registerRest(http: Routing, api: ConversationsApi): void {
  for (const prefix of [HOST, `${HOST}/Services/:serviceSid`]) {
    http.serve(prefix, (scoped) => {
      askBeforeChanges(scoped, prefix, api);
      for (const routes of PER_SERVICE) routes(scoped, api);
    });
  }
  http.serve(HOST, (account) => {
    for (const routes of ONCE) routes(account, api);
  });
}
