/** The name of the Conversations User: Flex shows it to agents as the author of the visitor's messages. */
import { twilioCodeOf } from '../http/errors.private';
import { isTwilioFailure } from '../twilio/failure.private';
import type { TwilioCalls } from '../twilio/client.private';
import { serviceOf } from './conversation.private';

/** Source: docs https://www.twilio.com/docs/api/errors/50201 */
const USER_EXISTS = 50201;

/**
 * Gives the identity's User this name, or the default name of the settings if the visitor has none. Without both, makes
 * no call. A chat without a name is better than no chat, so transient failures are ignored.
 */
export async function nameUser(
  twilio: TwilioCalls,
  identity: string,
  name: string | undefined,
): Promise<void> {
  const friendlyName = name ?? twilio.config.VISITOR_NAME;
  if (friendlyName === undefined) return;
  const { users } = serviceOf(twilio);
  try {
    await twilio.retry
      .repeat(() => users.create({ identity, friendlyName }))
      .catch((error: unknown) => {
        if (twilioCodeOf(error) !== USER_EXISTS) throw error;
        // Without a newer name, the existing name is kept.
        if (name === undefined) return undefined;
        return twilio.retry.repeat(() => users(identity).update({ friendlyName }));
      });
  } catch (error) {
    if (!isTwilioFailure(error)) throw error;
  }
}
