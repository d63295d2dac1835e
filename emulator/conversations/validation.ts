/** Checks shared by the resources of Conversations, each with Twilio's own code. */
import { TwilioError } from '../core/errors';
import { isSid } from '../core/sids';
import { MAX_NAME_CHARS } from './limits';

/** Attributes are a JSON object as text. Source: docs https://www.twilio.com/docs/api/errors/50304, .../50303 */
export function checkAttributes(attributes: string, maxBytes: number): string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(attributes);
  } catch {
    throw new TwilioError(400, 50304, 'Invalid attributes: not valid JSON');
  }
  // Guess: Twilio's dictionary says "not a valid JSON"; only objects make sense as attributes.
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) {
    throw new TwilioError(400, 50304, 'Invalid attributes: not a JSON object');
  }
  if (Buffer.byteLength(attributes) > maxBytes) {
    throw new TwilioError(400, 50303, `Attributes are longer than ${maxBytes} bytes`);
  }
  return attributes;
}

/**
 * Source: docs https://www.twilio.com/docs/api/errors/50204, .../50207, .../50206
 * Differs: no identity is reserved (50203); Twilio does not say which ones are.
 */
export function checkIdentity(identity: string): string {
  if (identity === '') throw new TwilioError(400, 50204, 'Identity is missing');
  if (identity.length > MAX_NAME_CHARS) throw new TwilioError(400, 50207, 'Identity is too long');
  if (isSid('US', identity)) throw new TwilioError(400, 50206, 'Identity may not look like a User SID');
  return identity;
}

/** Source: docs https://www.twilio.com/docs/api/errors/50390 */
export function checkUniqueName(uniqueName: string): string {
  if (isSid('CH', uniqueName))
    throw new TwilioError(400, 50390, 'UniqueName may not look like a Conversation SID');
  if (uniqueName.length > MAX_NAME_CHARS) throw new TwilioError(400, 20001, 'UniqueName is too long');
  return uniqueName;
}

/** Guess: the code 20001, here and for UniqueName and Subject; the dictionary has none for them. */
export function checkFriendlyName(friendlyName: string): string {
  if (friendlyName.length > MAX_NAME_CHARS) throw new TwilioError(400, 20001, 'FriendlyName is too long');
  return friendlyName;
}
