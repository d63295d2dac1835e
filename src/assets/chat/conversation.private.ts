/** A Conversation at Twilio: how to find it, and whether it is still open. */
import type { ConversationContext } from 'twilio/lib/rest/conversations/v1/service/conversation';
import type { ServiceContext } from 'twilio/lib/rest/conversations/v1/service';
import { ChatError, twilioCodeOf } from '../http/errors.private';
import type { TwilioCalls } from '../twilio/client.private';
import { settleRemoval } from './removal.private';

export const CONVERSATION_SID = /^CH[0-9a-f]{32}$/;
/** Source: docs https://www.twilio.com/docs/api/errors/20404, .../50350 */
const NOT_FOUND: readonly number[] = [20404, 50350];
/** Source: docs https://www.twilio.com/docs/api/errors/50353 */
export const UNIQUE_NAME_TAKEN = 50353;

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
  return twilio.retry.repeat(() => conversation.fetch()).catch(undefinedIfGone);
}

/** Only for a Conversation that this start created and that has no messages, so nothing is lost. */
export async function deleteConversation(twilio: TwilioCalls, conversationSid: string): Promise<void> {
  const conversation = conversationOf(twilio, conversationSid);
  const removal = twilio.retry.repeat(() => conversation.remove()).catch(undefinedIfGone);
  await settleRemoval(twilio, conversationSid, removal);
}

/** Every step that adds something requires this: `closed` is final. */
export function requireOpen({ state }: { state: string }): void {
  if (state === 'closed') throw new ChatError('conversation_closed');
}

/** A timer makes a quiet Conversation `inactive`; a returning visitor makes it active again. */
export async function reactivate(
  twilio: TwilioCalls,
  { conversationSid, state }: { conversationSid: string; state: string },
): Promise<string> {
  if (state !== 'inactive') return state;
  const conversation = conversationOf(twilio, conversationSid);
  return (await twilio.retry.repeat(() => conversation.update({ state: 'active' }))).state;
}

/** Turns the given error codes into undefined, and rethrows every other error. */
export function unless(...codes: number[]): (error: unknown) => undefined {
  return (error) => {
    const code = twilioCodeOf(error);
    if (code !== undefined && codes.includes(code)) return undefined;
    throw error;
  };
}

/** The same for a resource that was deleted or never existed. */
export const undefinedIfGone = unless(...NOT_FOUND);

export function isGone(error: unknown): boolean {
  return NOT_FOUND.includes(twilioCodeOf(error) ?? 0);
}
