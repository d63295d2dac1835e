/**
 * The human check: what the visitor's browser got from Turnstile, hCaptcha or reCAPTCHA is verified with the service
 * that gave it. All three take the same form and answer `{ "success": boolean, … }`.
 * Source: docs https://developers.cloudflare.com/turnstile/get-started/server-side-validation/
 */
import { ChatError } from '../http/errors.private';
import type { Config } from '../settings/config.private';

/** The same as for a call to Twilio: a Function has 10 s for everything. */
const TIMEOUT_MS = 2000;

/** Passes if no check is configured. Where the service cannot be asked, nobody is let in unchecked. */
export async function requireHuman(config: Config, answer: string | undefined): Promise<void> {
  const { HUMAN_CHECK_URL: url, HUMAN_CHECK_SECRET: secret } = config;
  if (url === undefined || secret === undefined) return;
  if (answer === undefined) throw new ChatError('human_check_failed');
  const verdict = await ask(url, new URLSearchParams({ secret, response: answer }));
  if (verdict.success !== true) throw new ChatError('human_check_failed');
}

async function ask(url: string, body: URLSearchParams): Promise<{ success?: unknown }> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const verdict: unknown = await response.json();
    return typeof verdict === 'object' && verdict !== null ? verdict : {};
  } catch {
    throw new ChatError('human_check_unavailable');
  }
}
