/** X-Twilio-Signature. Source: docs https://www.twilio.com/docs/usage/webhooks/webhooks-security */
import { createHmac } from 'node:crypto';

/** `parameters` are those of a form body; for any other body, and for GET, there are none. */
export function twilioSignature(authToken: string, url: string, parameters: Record<string, string>): string {
  const signed = Object.keys(parameters)
    .sort()
    .reduce((text, key) => text + key + parameters[key], url);
  return createHmac('sha1', authToken).update(signed).digest('base64');
}

/**
 * The header that every request of Twilio's carries. A form's parameters are signed with the address; any other body is
 * not. Guess: nor is JSON, which some products sign by a hash in the query.
 */
export function signatureHeader(
  authToken: string,
  { url, contentType, body }: { url: string; contentType?: string | undefined; body: string | null },
): Record<string, string> {
  const isForm = body !== null && /^application\/x-www-form-urlencoded\b/i.test(contentType ?? '');
  const parameters = isForm ? Object.fromEntries(new URLSearchParams(body)) : {};
  return { 'x-twilio-signature': twilioSignature(authToken, url, parameters) };
}
