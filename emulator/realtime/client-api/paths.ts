/** The data of the client API's routes, the resources that their paths name, and the permissions. */
import { wasCreatedBy } from '../../conversations/conversations';
import type { ConversationsDomain } from '../../conversations/domain';
import type { Actor, Conversation, Participant } from '../../conversations/model';
import type { Account } from '../../core/account';
import { TwilioError } from '../../core/errors';
import type { Projection } from '../sync/projection';
import type { RealtimeSettings } from '../settings';
import type { SdkSession, TunnelRequest } from '../twilsock/tunnel';

/** The SDK follows the links it is given. Guess: all paths but that of the configuration. */
export const CLIENT_API_URL = 'https://aim.us1.twilio.com';
export const CLIENT_API_PATH = '/Client/v2';

export interface ClientApi {
  account: Account;
  domain: ConversationsDomain;
  projection: Projection;
  settings: RealtimeSettings;
  sessions: (identity: string) => SdkSession[];
}

export function actorOf({ session }: TunnelRequest): Actor {
  return { source: 'SDK', identity: session.identity };
}

/** The Conversation named in the path, in the session's Service. */
export function findConversation({ domain }: ClientApi, request: TunnelRequest): Conversation {
  const name = request.params['conversation']!;
  const conversation = domain.conversations.find(request.session.chatServiceSid, name);
  // Source: docs https://www.twilio.com/docs/api/errors/50350
  if (!conversation) throw new TwilioError(404, 50350, 'Conversation not found');
  return conversation;
}

/** The caller as Participant, by identity only: a Participant SID is no identity. */
export function ownParticipant(
  { domain }: ClientApi,
  conversation: Conversation,
  { session }: TunnelRequest,
): Participant | undefined {
  const participant = domain.participants.find(conversation.sid, session.identity);
  return participant?.identity === session.identity ? participant : undefined;
}

/**
 * A Conversation is its participants'. What else they may do in it, permissions.ts says.
 * Source: docs https://support.twilio.com/hc/en-us/articles/50668313016475 (403 with 50430)
 */
export function joinedConversation(api: ClientApi, request: TunnelRequest): Conversation {
  const conversation = findConversation(api, request);
  if (!ownParticipant(api, conversation, request)) throw notParticipant();
  return conversation;
}

/** The Message named in the path, for those in its Conversation. */
export function findMessage(api: ClientApi, request: TunnelRequest) {
  const conversation = joinedConversation(api, request);
  const message = api.domain.messages.find(conversation.sid, request.params['message']!);
  // Source: docs https://www.twilio.com/docs/api/errors/50500
  if (!message) throw new TwilioError(404, 50500, 'Message not found');
  return { conversation, message };
}

/** Its creator sees a Conversation too: the SDK creates first and joins afterwards. */
export function visibleConversation(api: ClientApi, request: TunnelRequest): Conversation {
  const conversation = findConversation(api, request);
  if (wasCreatedBy(conversation, request.session.identity)) return conversation;
  return joinedConversation(api, request);
}

/** Source: docs https://www.twilio.com/docs/api/errors/50430 */
export function notParticipant(): TwilioError {
  return new TwilioError(403, 50430, 'Participant is not a member of conversation');
}
