/** Step 2.2 of the guide: adds the visitor to the Conversation as a Participant, once. */
import { ChatError, twilioCodeOf } from '../http/errors.private';
import type { TwilioCalls } from '../twilio/client.private';
import { conversationOf, undefinedIfGone } from './conversation.private';

/** Source: docs https://www.twilio.com/docs/api/errors/50433 */
const PARTICIPANT_EXISTS = 50433;
/** Source: docs https://www.twilio.com/docs/api/errors/50417 */
const TOO_MANY_PARTICIPANTS = 50417;

/** By identity; undefined if there is none. */
export async function fetchParticipant(twilio: TwilioCalls, conversationSid: string, identity: string) {
  const participant = conversationOf(twilio, conversationSid).participants(identity);
  return twilio.retry.repeat(() => participant.fetch()).catch(undefinedIfGone);
}

/** Of all Participants; those of other channels, such as SMS, have an empty one. */
export async function listIdentities(twilio: TwilioCalls, conversationSid: string): Promise<string[]> {
  const { participants } = conversationOf(twilio, conversationSid);
  return (await twilio.retry.repeat(() => participants.list())).map(({ identity }) => identity ?? '');
}

/**
 * The new Participant's SID, or undefined if the identity is already a Participant. Twilio allows one Participant per
 * identity, so the call may be repeated. Throws `conversation_full` if the Conversation has no room.
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
    const code = twilioCodeOf(error);
    if (code === PARTICIPANT_EXISTS) return undefined;
    if (code === TOO_MANY_PARTICIPANTS) throw new ChatError('conversation_full');
    throw error;
  }
}

/** By the Conversation's SID or name. Failures are ignored: this only frees a slot among the identity's Conversations. */
export async function detachParticipant(
  twilio: TwilioCalls,
  sidOrName: string,
  identity: string,
): Promise<void> {
  const participant = conversationOf(twilio, sidOrName).participants(identity);
  await participant.remove().catch(() => undefined);
}
