/**
 * Who calls our webhooks: Twilio, which signs what it sends. In the cloud the platform checks the signature of a
 * `.protected` Function before it runs; locally nobody does, so it is checked here again.
 * Source: docs https://www.twilio.com/docs/usage/webhooks/webhooks-security
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
 * The URL is part of what is signed: the one under which the webhook is registered, without a query. On this machine the
 * caller used the Host header, in the cloud the domain is the deployment's.
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
