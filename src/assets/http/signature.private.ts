/**
 * Verifies that Twilio calls our webhooks: Twilio signs its requests. In the cloud the platform checks the signature of
 * a `.protected` Function before it runs; locally the server does not, so this checks it again. Source: docs
 * https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
import { validateRequest } from 'twilio/lib/webhooks/webhooks';
import { ChatError } from './errors.private';
import { isLoopbackHost, urlAt } from './origins.private';

export interface SignedCall {
  signature: string | undefined;
  /** The Host header; the cloud removes it. */
  host: string | undefined;
  params: Record<string, unknown>;
}

/**
 * The signature includes the URL under which the webhook is registered, without a query. On this machine the URL has
 * the Host header of the caller, in the cloud the domain of the deployment.
 */
export function requireSignature(
  { AUTH_TOKEN, domainName, path }: { AUTH_TOKEN: string; domainName: string; path: string },
  { signature, host, params }: SignedCall,
): void {
  const url = urlAt(host !== undefined && isLoopbackHost(host) ? host : domainName, path);
  if (signature === undefined || !validateRequest(AUTH_TOKEN, signature, url, params)) {
    throw new ChatError('invalid_signature');
  }
}
