/** The client API of Conversations: what the SDK calls through the tunnel, noun by noun. */
import type { Route } from '../twilsock/tunnel';
import { configurationRoutes } from './configuration';
import { contentTemplateRoutes } from './content-templates';
import { messageRecipientRoutes } from './message-recipients';
import type { ClientApi } from './paths';
import { conversationRoutes } from './conversations';
import { messageRoutes } from './messages';
import { participantRoutes } from './participants';
import { askingFirst } from './pre-events';
import { receiptRoutes } from './receipts';
import { registrationRoutes } from './registrations';
import { typingRoutes } from './typing';
import { userConversationRoutes } from './user-conversations';
import { userRoutes } from './users';

export function clientRoutes(api: ClientApi): Route[] {
  return [
    ...configurationRoutes(api),
    ...userConversationRoutes(api),
    ...conversationRoutes(api),
    ...messageRoutes(api),
    ...receiptRoutes(api),
    ...messageRecipientRoutes(api),
    ...contentTemplateRoutes(api),
    ...participantRoutes(api),
    ...userRoutes(api),
    ...typingRoutes(api),
    ...registrationRoutes(api),
  ].map((route) => askingFirst(api, route));
}
