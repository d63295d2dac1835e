/**
 * The human check: what the visitor's browser got from Turnstile, hCaptcha or reCAPTCHA is verified with the service
 * that gave it. All three take the same form and answer `{ "success": boolean, … }`, reCAPTCHA v3 with a `score` besides.
 * Source: docs https://developers.cloudflare.com/turnstile/get-started/server-side-validation/
 */
import { ChatError } from '../http/errors.private';
import type { Config } from '../settings/config.private';

/** A Function has 10 s for everything. */
const TIMEOUT_MS = 2000;

/** Passes if no check is configured. Where the service cannot be asked, nobody is let in unchecked. */
export async function requireHuman(config: Config, answer: string | undefined): Promise<void> {
  const { HUMAN_CHECK_URL: url, HUMAN_CHECK_SECRET: secret } = config;
  if (url === undefined || secret === undefined) return;
  if (answer === undefined) throw new ChatError('human_check_failed');
  const verdict = await ask(url, new URLSearchParams({ secret, response: answer }));
  if (verdict.success !== true || !isGoodEnough(config, verdict)) throw new ChatError('human_check_failed');
}

/** Every answer of reCAPTCHA v3 is a success: its score alone tells people from scripts. */
function isGoodEnough(config: Config, { score, hostname, action }: Verdict): boolean {
  const hostnames = config.HUMAN_CHECK_HOSTNAMES;
  if (typeof score === 'number' && score < config.HUMAN_CHECK_MIN_SCORE) return false;
  if (hostnames && !(typeof hostname === 'string' && hostnames.includes(hostname))) return false;
  return config.HUMAN_CHECK_ACTION === undefined || action === config.HUMAN_CHECK_ACTION;
}

/** Source: docs https://developers.google.com/recaptcha/docs/v3, https://docs.hcaptcha.com, as above */
interface Verdict {
  success?: unknown;
  /** 0.0 to 1.0. */
  score?: unknown;
  /** Of the page on which the check was passed. */
  hostname?: unknown;
  action?: unknown;
}

async function ask(url: string, body: URLSearchParams): Promise<Verdict> {
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
