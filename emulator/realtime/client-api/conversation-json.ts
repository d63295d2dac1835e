/** A Conversation as the SDK reads it over HTTP, with the caller's own standing in it. */
import type { Conversation } from '../../conversations/model';
import { syncNames } from '../sync/data';
import type { TunnelRequest } from '../twilsock/tunnel';
import { CLIENT_API_PATH, CLIENT_API_URL, ownParticipant, type ClientApi } from './paths';

export function conversationJson(api: ClientApi, conversation: Conversation, request: TunnelRequest): object {
  const { domain } = api;
  const own = ownParticipant(api, conversation, request);
  const horizon = own?.lastReadMessageIndex ?? null;
  const url = `${CLIENT_API_URL}${CLIENT_API_PATH}/Conversations/${conversation.sid}`;
  return {
    sid: conversation.sid,
    conversation_sid: conversation.sid,
    friendly_name: conversation.friendlyName,
    unique_name: conversation.uniqueName,
    attributes: conversation.attributes,
    created_by: conversation.createdBy,
    date_created: conversation.dateCreated.toISOString(),
    date_updated: conversation.dateUpdated.toISOString(),
    status: own ? 'joined' : 'notParticipating',
    last_read_message_index: horizon,
    unread_messages_count: domain.messages.unreadCount(conversation.sid, horizon),
    notification_level: own?.notificationLevel ?? 'default',
    messages_count: domain.messages.ofConversation(conversation.sid).length,
    participants_count: domain.participants.ofConversation(conversation.sid).length,
    url,
    links: { messages: `${url}/Messages`, participants: `${url}/Participants` },
    sync_objects: syncNames(conversation.sid),
  };
}
