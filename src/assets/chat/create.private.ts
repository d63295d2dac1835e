/** Step 2.1 of the guide by itself: the Conversation, without Participant and webhook. */
import type { TwilioCalls } from '../twilio/client.private';
import type { ChatDetails } from './conversation-attributes.private';
import { openConversation, type OpenConversation } from './open-conversation.private';
import { wasTakenOut } from './ownership.private';
import { fetchParticipant } from './participant.private';

/** The identity's open Conversation, made if there is none. One that the identity was taken out of does not count. */
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
