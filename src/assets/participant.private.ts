/** Step 2.2 of the guide: the visitor is a Participant of the Conversation, once. */
import type { Config } from './config.private';
import type * as Conversation from './conversation.private';
import type * as Errors from './errors.private';
import type { TwilioCalls } from './twilio-client.private';

const { twilioCodeOf } = require(Runtime.getAssets()['/errors.js']!.path) as typeof Errors;
const { conversationOf } = require(Runtime.getAssets()['/conversation.js']!.path) as typeof Conversation;

/** Source: docs https://www.twilio.com/docs/api/errors/50433 */
const PARTICIPANT_EXISTS = 50433;

/**
 * The new Participant's SID, or undefined if the identity takes part already. Twilio holds an identity to one
 * Participant, so the call may be repeated.
 */
export async function addParticipant(
  twilio: TwilioCalls,
  config: Config,
  conversationSid: string,
  identity: string,
): Promise<string | undefined> {
  try {
    const { participants } = conversationOf(twilio, config, conversationSid);
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
