/**
 * The allowed origins. The platform answers preflight requests with `*` before any Function runs (Source: docs
 * https://www.twilio.com/docs/serverless/functions-assets/functions/headers-and-cookies/limitations), so the list
 * applies to the actual request. It is the second line of defence; the first is the caller's token.
 */
import { SETTINGS } from '../settings/settings.private';
import { ERRORS } from './errors.private';

/** List entry: also admits callers without an Origin header and without a token. Browsers always send the header. */
export const NO_ORIGIN = 'no-origin';

/** List entry: pages from this machine, on any port. For development. */
const LOOPBACK = 'loopback';
const LOOPBACK_ORIGIN = /^https?:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/;

export function isLoopbackHost(host: string): boolean {
  return LOOPBACK_ORIGIN.test(`http://${host}`);
}

/** A Function's URL. Only on this machine it is not encrypted. */
export function urlAt(host: string | undefined, path: string): string {
  return `${isLoopbackHost(host ?? '') ? 'http' : 'https'}://${host}${path}`;
}

/**
 * The pages that may call this deployment: those of the list, and its own, whose domain comes from the platform, not from
 * the caller. Only its own if ALLOWED_ORIGINS is missing or malformed.
 */
export function originsFor(context: { DOMAIN_NAME?: string; ALLOWED_ORIGINS?: string }): string[] {
  const own = `https://${context.DOMAIN_NAME}`;
  try {
    return [own, ...SETTINGS.ALLOWED_ORIGINS.parse(context.ALLOWED_ORIGINS ?? '')];
  } catch {
    return [own];
  }
}

/** Whether `origin` is on the list. `*` in `https://*.example.com` matches exactly one label. */
export function isAllowedOrigin(origin: string, allowed: readonly string[]): boolean {
  return allowed.some((pattern) => {
    if (pattern === NO_ORIGIN) return false;
    if (pattern === LOOPBACK) return LOOPBACK_ORIGIN.test(origin);
    const [scheme, rest] = pattern.split('://*.') as [string, string?];
    if (rest === undefined) return origin === pattern;
    const start = `${scheme}://`;
    const end = `.${rest}`;
    if (!origin.startsWith(start) || !origin.endsWith(end)) return false;
    return /^[a-z0-9-]+$/.test(origin.slice(start.length, -end.length));
  });
}

/** Whether an entry of ALLOWED_ORIGINS can admit it: an entry names only http and https, and a host name. */
export function canBeListed(origin: string): boolean {
  try {
    return isAllowedOrigin(origin, SETTINGS.ALLOWED_ORIGINS.parse(origin));
  } catch {
    return false;
  }
}

/** Why a page is rejected, and what admits it. */
export function whyRejected(origin: string): string {
  if (origin === 'null') {
    return 'The page has no origin, because it was opened from disk or in a sandboxed frame: serve it from a web server, or give the frame allow-same-origin';
  }
  return canBeListed(origin)
    ? ERRORS.origin_not_allowed.message
    : 'ALLOWED_ORIGINS cannot contain this origin: serve the page over http or https, under a host name';
}

/** The same for a request without the header. `takesToken`: the Function has a parameter that proves the caller's identity. */
export function whyOriginRequired(takesToken: boolean): string {
  const proof = takesToken ? 'send a token or userToken, or ' : '';
  return `The request has no Origin header: ${proof}add ${NO_ORIGIN} to ALLOWED_ORIGINS`;
}

/** Headers of every response. A page whose origin is not allowed gets no CORS header, so it cannot read the response. */
export function corsHeaders(allowedOrigin: string | undefined): Record<string, string> {
  if (allowedOrigin === undefined) return { Vary: 'Origin' };
  return {
    'Access-Control-Allow-Origin': allowedOrigin,
    'Access-Control-Expose-Headers': 'Retry-After',
    Vary: 'Origin',
  };
}
