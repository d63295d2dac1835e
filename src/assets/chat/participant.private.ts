/** Step 2.2 of the guide: the visitor is a Participant of the Conversation, once. */
import { twilioCodeOf } from '../http/errors.private';
import type { TwilioCalls } from '../twilio/client.private';
import { conversationOf } from './conversation.private';

/** Source: docs https://www.twilio.com/docs/api/errors/50433 */
const PARTICIPANT_EXISTS = 50433;

/**
 * The new Participant's SID, or undefined if the identity takes part already. Twilio holds an identity to one
 * Participant, so the call may be repeated.
 */
export async function addParticipant(
  twilio: TwilioCalls,
  conversationSid: string,
  identity: string,
): Promise<string | undefined> {
  try {
    const { participants } = conversationOf(twilio, conversationSid);
    const { sid } = await twilio.retry.repeat(
      () => participants.create({ identity }),
      () => participants(identity).fetch(),
    );
    return sid;
  } catch (error) {
    if (twilioCodeOf(error) === PARTICIPANT_EXISTS) return undefined;
    throw error;
  }
}
