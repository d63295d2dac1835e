/** Step 2.1 of the guide alone: creates the Conversation without Participant and webhook. */
import type { TwilioCalls } from '../twilio/client.private';
import type { ChatDetails } from './conversation-attributes.private';
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
    const { conversationSid, created } = conversation;
    if (created || (await fetchParticipant(twilio, conversationSid, identity))) return conversation;
    if (!(await wasTakenOut(twilio, conversationSid, identity))) return conversation;
    passed.add(conversationSid);
  }
}
