/**
 * Calls the host site's hook, signed as Standard Webhooks describes, so that libraries in many languages verify it.
 * Source: docs https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
import { createHmac } from 'node:crypto';
import type { Config } from '../settings/config.private';
import { ChatError } from './errors.private';

/** A Function has 10 s in total. */
const TIMEOUT_MS = 4000;
/** The hook asks for another try with these; any other rejection would be repeated in vain. */
const TRANSIENT = [408, 409, 425, 429];

export interface HookEvent {
  /** The same at each try, so that the hook recognises a repeated event. No period: the signature separates with it. */
  id: string;
  /** `noun.verb` in the past. */
  type: string;
  data: object;
}

/**
 * Sends an event once. A caller may repeat it with the same `id`.
 * Throws `hook_unavailable` if the hook may accept it later, `hook_error` if it rejects it.
 */
export async function callHook(
  { SITE_HOOK_URL: url, SITE_HOOK_SECRET: secret }: Pick<Config, 'SITE_HOOK_URL' | 'SITE_HOOK_SECRET'>,
  { id, type, data }: HookEvent,
  nowMs: number = Date.now(),
): Promise<void> {
  if (url === undefined || secret === undefined) throw new Error('SITE_HOOK_URL is not set');
  const body = JSON.stringify({ type, timestamp: new Date(nowMs).toISOString(), data });
  const sentAtSeconds = Math.floor(nowMs / 1000);
  const signature = createHmac('sha256', secret).update(`${id}.${sentAtSeconds}.${body}`).digest('base64');
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(sentAtSeconds),
    'webhook-signature': `v1,${signature}`,
  };
  const status = await post(url, headers, body);
  if (status >= 200 && status < 300) return;
  const isTransient = status >= 500 || TRANSIENT.includes(status);
  throw new ChatError(isTransient ? 'hook_unavailable' : 'hook_error', { facts: { hookStatus: status } });
}

async function post(url: string, headers: Record<string, string>, body: string): Promise<number> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    await response.body?.cancel();
    return response.status;
  } catch (error) {
    throw new ChatError('hook_unavailable', { facts: { thrown: (error as Error).name } });
  }
}
