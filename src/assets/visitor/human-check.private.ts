/**
 * The human check: a token from Turnstile, hCaptcha or reCAPTCHA in the visitor's browser is verified with that
 * service. All three accept the same form and answer `{ "success": boolean, … }`, reCAPTCHA v3 with an additional
 * `score`. Source: docs https://developers.cloudflare.com/turnstile/get-started/server-side-validation/
 */
import { ChatError } from '../http/errors.private';
import type { Config } from '../settings/config.private';

/** A Function has 10 s in total. */
const TIMEOUT_MS = 2000;

/** Passes if no check is configured. If the service is unavailable, the caller is rejected. */
export async function requireHuman(config: Config, answer: string | undefined): Promise<void> {
  const { HUMAN_CHECK_URL: url, HUMAN_CHECK_SECRET: secret } = config;
  if (url === undefined || secret === undefined) return;
  if (answer === undefined) throw new ChatError('human_check_failed');
  const verdict = await ask(url, new URLSearchParams({ secret, response: answer }));
  if (verdict.success !== true || !isGoodEnough(config, verdict)) throw new ChatError('human_check_failed');
}

/** reCAPTCHA v3 answers every request with success; only the score separates people from scripts. */
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
  /** Of the page on which the check was solved. */
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
