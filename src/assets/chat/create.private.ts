/** Step 2.1 of the guide alone: creates the Conversation without Participant and webhook. */
import type { TwilioCalls } from '../twilio/client.private';
import { lateFailure } from '../twilio/failure.private';
import type { ChatDetails } from './conversation-attributes.private';
import { startMayRunMs } from './ended-starts.private';
import { latestMessages } from './message-search.private';
import { openConversation, type OpenConversation } from './open-conversation.private';
import { wasTakenOut } from './ownership.private';
import { fetchParticipant } from './participant.private';

/**
 * The identity's open Conversation, created if there is none. A Conversation from which the identity was removed does
 * not count.
 */
export async function createConversation(
  twilio: TwilioCalls,
  identity: string,
  details: ChatDetails,
  startId: string,
): Promise<OpenConversation> {
  const passed = new Set<string>();
  for (;;) {
    const marks = { startId, isWholeStart: false };
    const conversation = await openConversation(twilio, identity, details, marks, { passed });
    if (conversation.created) return conversation;
    const seen = await awaitSign(twilio, identity, conversation);
    if (seen === 'participant') return conversation;
    if (!seen && startMayRunMs(conversation) > 0) throw lateFailure(startMayRunMs(conversation));
    if (!(await wasTakenOut(twilio, conversation, identity))) return conversation;
    passed.add(conversation.conversationSid);
  }
}

/** A whole start that is still running adds the Participant, and then the first message. */
async function awaitSign(
  twilio: TwilioCalls,
  identity: string,
  conversation: OpenConversation,
): Promise<'participant' | 'message' | undefined> {
  const { conversationSid } = conversation;
  const look = async () => {
    if (await fetchParticipant(twilio, conversationSid, identity)) return 'participant';
    return (await latestMessages(twilio, conversationSid)).length > 0 ? 'message' : undefined;
  };
  return twilio.retry.poll(look, twilio.retry.nowMs() + startMayRunMs(conversation));
}
