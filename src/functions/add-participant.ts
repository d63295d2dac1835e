/**
 * POST /add-participant: add the visitor to the Conversation (Flex guide, step 2.2).
 *
 * In      { token, conversationSid }
 * Out     201 { participantSid }, or 200 when the visitor is already a Participant
 * Fails   400 invalid_request | 401 invalid_token, token_expired, session_ended
 *         403 origin_not_allowed, conversation_not_yours | 409 conversation_closed, conversation_full
 *         415 unsupported_content_type | 502 twilio_error | 503 twilio_unavailable
 *
 * @see https://www.twilio.com/docs/conversations/api/conversation-participant-resource
 */
import { string } from 'valibot';
import { requireOpen } from '../assets/chat/conversation.private';
import { addMarked } from '../assets/chat/ownership.private';
import { fetchParticipant } from '../assets/chat/participant.private';
import { defineFunction } from '../assets/http/define-function.private';
import { ChatError } from '../assets/http/errors.private';

export const handler = defineFunction({
  access: 'own-conversation',
  input: {},
  answer: () => ({ participantSid: string() }),

  async run({ conversation, pass: { identity }, twilio, note }) {
    requireOpen(conversation);
    const { conversationSid, participantSid: present } = conversation;
    const added = await addMarked(twilio, identity, conversation);
    const participantSid =
      present ?? added ?? (await fetchParticipant(twilio, conversationSid, identity))?.sid;
    // Another call added the Participant, and it was removed since.
    if (participantSid === undefined) throw new ChatError('conversation_not_yours');
    note({ participantSid });
    return { status: added ? 201 : 200, body: { participantSid } };
  },
});
