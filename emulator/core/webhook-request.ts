/** A webhook on its way: the signed HTTP request, to this machine only. */
import { randomUUID } from 'node:crypto';
import type { Clock } from './clock';
import { toLocalUrl } from './local-address';
import { signatureHeader } from './signature';

/** Source: docs https://www.twilio.com/docs/conversations/conversations-webhooks */
const TIMEOUT_MS = 5000;
const FORM = 'application/x-www-form-urlencoded; charset=utf-8';

export type WebhookOutcome =
  | { outcome: 'delivered'; status?: number }
  | { outcome: 'failed'; status?: number; reason: string }
  | { outcome: 'timeout'; reason: string }
  /** The emulator sends no requests outside this machine. */
  | { outcome: 'refused'; reason: string };

export interface WebhookTarget {
  url: string | null;
  method: 'GET' | 'POST';
}

/** Parameters without a value are left out. */
export type Payload = Record<string, string>;

export interface Sending {
  authToken: string;
  clock: Clock;
  /** The emulator's own address, which receives the webhooks for deployed Functions. */
  emulatorUrl?: string | undefined;
  /** Aborts the request when its world ends. */
  stopped: AbortSignal;
  /** The same for all copies of one delivery. Guess: inferred from its name. */
  idempotencyToken?: string;
}

/** Never rejects. */
export async function sendWebhook(
  webhook: WebhookTarget,
  payload: Payload,
  sending: Sending,
): Promise<WebhookOutcome> {
  return (await askWebhook(webhook, payload, sending)).result;
}

/** With the answer's body, which is empty unless all went well. Never rejects. */
export async function askWebhook(
  webhook: WebhookTarget,
  payload: Payload,
  { authToken, clock, emulatorUrl, stopped, idempotencyToken = randomUUID() }: Sending,
): Promise<{ result: WebhookOutcome; body: string }> {
  const failed = (result: WebhookOutcome): { result: WebhookOutcome; body: string } => ({ result, body: '' });
  const { url, body } = toRequest(webhook, payload);
  const target = toLocalUrl(url, emulatorUrl);
  if (target === undefined) {
    return failed({ outcome: 'refused', reason: `${webhook.url} is not an address of this machine` });
  }
  const timeout = new AbortController();
  const timer = clock.after(TIMEOUT_MS, () => timeout.abort());
  try {
    const response = await fetch(target, {
      method: webhook.method,
      body,
      redirect: 'manual',
      signal: AbortSignal.any([timeout.signal, stopped]),
      headers: {
        ...signatureHeader(authToken, { url, contentType: FORM, body }),
        'i-twilio-idempotency-token': idempotencyToken,
        'user-agent': 'TwilioProxy/1.1',
        connection: 'close',
        ...(body !== null && { 'content-type': FORM }),
      },
    });
    const answer = await response.text();
    const { status, ok } = response;
    if (!ok) return failed({ outcome: 'failed', status, reason: `HTTP ${status}` });
    return { result: { outcome: 'delivered', status }, body: answer };
  } catch (error) {
    if (timeout.signal.aborted) {
      return failed({ outcome: 'timeout', reason: `no answer within ${TIMEOUT_MS} ms` });
    }
    const { message, cause } = error as Error;
    return failed({ outcome: 'failed', reason: cause instanceof Error ? cause.message : message });
  } finally {
    timer.cancel();
  }
}

/** GET carries the parameters in the query and signs the address alone. Source: public code (a real capture) */
function toRequest({ method, url }: WebhookTarget, payload: Payload): { url: string; body: string | null } {
  const encoded = new URLSearchParams(payload).toString();
  if (method === 'POST') return { url: url!, body: encoded };
  return { url: `${url}${url!.includes('?') ? '&' : '?'}${encoded}`, body: null };
}
