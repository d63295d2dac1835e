/** X-Twilio-Signature. Source: docs https://www.twilio.com/docs/usage/webhooks/webhooks-security */
import { createHmac } from 'node:crypto';

/** `parameters` are those of a form body; for any other body, and for GET, there are none. */
export function twilioSignature(authToken: string, url: string, parameters: Record<string, string>): string {
  const signed = Object.keys(parameters)
    .sort()
    .reduce((text, key) => text + key + parameters[key], url);
  return createHmac('sha1', authToken).update(signed).digest('base64');
}
