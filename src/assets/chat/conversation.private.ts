/** A Conversation at Twilio: where it is, whose it is, and whether it still takes anything. */
import type { ConversationContext } from 'twilio/lib/rest/conversations/v1/service/conversation';
import type { ServiceContext } from 'twilio/lib/rest/conversations/v1/service';
import { ChatError, twilioCodeOf } from '../http/errors.private';
import type { TwilioCalls } from '../twilio/client.private';
import { numberIn } from './conversation-name.private';

/** Source: docs https://www.twilio.com/docs/api/errors/20404, .../50350 */
const NOT_FOUND: readonly number[] = [20404, 50350];
/** Source: docs https://www.twilio.com/docs/api/errors/50353 */
export const UNIQUE_NAME_TAKEN = 50353;
const CONVERSATION_SID = /^CH[0-9a-f]{32}$/;

export function serviceOf(twilio: TwilioCalls): ServiceContext {
  return twilio.client.conversations.v1.services(twilio.config.CONVERSATIONS_SERVICE_SID);
}

/** By SID or unique name. */
export function conversationOf(twilio: TwilioCalls, sidOrName: string): ConversationContext {
  return serviceOf(twilio).conversations(sidOrName);
}

/** By SID or unique name; undefined if there is none. */
export async function fetchConversation(twilio: TwilioCalls, sidOrName: string) {
  const conversation = conversationOf(twilio, sidOrName);
  return twilio.retry.repeat(() => conversation.fetch()).catch(unless(...NOT_FOUND));
}

/** By identity; undefined if there is none. */
export async function fetchParticipant(twilio: TwilioCalls, conversationSid: string, identity: string) {
  const participant = conversationOf(twilio, conversationSid).participants(identity);
  return twilio.retry.repeat(() => participant.fetch()).catch(unless(...NOT_FOUND));
}

/**
 * The Conversation, if Twilio's own state ties it to this identity: by its name, which only our Functions give, or by
 * a Participant with this identity. Anything else is `conversation_not_yours`, whether it exists or not.
 */
export async function requireOwnConversation(
  twilio: TwilioCalls,
  identity: string,
  conversationSid: string,
): Promise<{ conversationSid: string; state: string }> {
  if (!CONVERSATION_SID.test(conversationSid)) throw new ChatError('conversation_not_yours');
  const conversation = await fetchConversation(twilio, conversationSid);
  if (!conversation) throw new ChatError('conversation_not_yours');
  if (numberIn(identity, conversation.uniqueName) === undefined) {
    const participant = await fetchParticipant(twilio, conversationSid, identity);
    if (!participant) throw new ChatError('conversation_not_yours');
  }
  return { conversationSid, state: conversation.state };
}

/** For every step that adds something: `closed` is final. */
export function requireOpen({ state }: { state: string }): void {
  if (state === 'closed') throw new ChatError('conversation_closed');
}

/** Timers turn a quiet Conversation `inactive`; who comes back makes it active again. Others stay as they are. */
export async function reactivate(
  twilio: TwilioCalls,
  { conversationSid, state }: { conversationSid: string; state: string },
): Promise<string> {
  if (state !== 'inactive') return state;
  const conversation = conversationOf(twilio, conversationSid);
  return (await twilio.retry.repeat(() => conversation.update({ state: 'active' }))).state;
}

/** Turns the named failures into undefined, and passes every other one on. */
export function unless(...codes: number[]): (error: unknown) => undefined {
  return (error) => {
    const code = twilioCodeOf(error);
    if (code !== undefined && codes.includes(code)) return undefined;
    throw error;
  };
}
