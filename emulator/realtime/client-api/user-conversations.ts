/** The caller's Conversations, with read horizon and notification level. */
import type { NotificationLevel } from '../../conversations/model';
import { invalidParameter, TwilioError } from '../../core/errors';
import { ok, textField, type Route, type TunnelRequest } from '../twilsock/tunnel';
import { actorOf, CLIENT_API_PATH, ownParticipant, type ClientApi } from './paths';
import { conversationJson } from './conversation-json';
import { okPage } from './paging';
import { notAuthorized, permittedConversation } from './permissions';

const LIST = `${CLIENT_API_PATH}/Users/:identity/Conversations`;

export function userConversationRoutes(api: ClientApi): Route[] {
  const { domain } = api;

  /** By SID or unique name. A missing Conversation and another user's get the same answer. */
  function ownConversation(request: TunnelRequest) {
    checkOwn(request);
    const conversation = domain.conversations.find(
      request.session.chatServiceSid,
      request.params['conversation']!,
    );
    const participant = conversation && ownParticipant(api, conversation, request);
    if (!conversation || !participant) throw new TwilioError(404, 50350, 'Conversation not found');
    return { conversation, participant };
  }

  return [
    {
      method: 'GET',
      path: LIST,
      handle(request) {
        checkOwn(request);
        const { chatServiceSid, identity } = request.session;
        const all = domain.membershipsOf(chatServiceSid, identity);
        return okPage(request, 'conversations', all, ({ conversation }) =>
          conversationJson(api, conversation, request),
        );
      },
    },
    {
      method: 'GET',
      path: `${LIST}/:conversation`,
      handle(request) {
        return ok(conversationJson(api, ownConversation(request).conversation, request));
      },
    },
    {
      method: 'POST',
      path: `${LIST}/:conversation`,
      handle(request) {
        const { conversation, participant } = ownConversation(request);
        const horizon = horizonField(request);
        const notificationLevel = levelField(request);
        if (notificationLevel !== undefined) {
          const params = { conversation: conversation.sid };
          permittedConversation(api, { ...request, params }, 'editNotificationLevel');
        }
        const change = { lastReadMessageIndex: horizon, notificationLevel };
        domain.participants.update(conversation, participant, change, actorOf(request));
        return ok(conversationJson(api, conversation, request));
      },
    },
  ];
}

function checkOwn({ params, session }: TunnelRequest): void {
  if (params['identity'] !== session.identity) throw notAuthorized();
}

function levelField(request: TunnelRequest): NotificationLevel | undefined {
  const level = textField(request, 'notification_level');
  if (level === undefined || level === 'default' || level === 'muted') return level;
  throw invalidParameter('notification_level must be default or muted');
}

function horizonField({ body }: TunnelRequest): number | null | undefined {
  const value = body['last_read_message_index'];
  if (value === undefined || value === null) return value;
  if (!Number.isInteger(value)) throw invalidParameter('last_read_message_index must be an integer or null');
  return value as number;
}
