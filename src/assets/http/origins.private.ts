/**
 * The allowed origins. The platform answers preflight requests with `*` before any Function runs (Source: docs
 * https://www.twilio.com/docs/serverless/functions-assets/functions/headers-and-cookies/limitations), so the list
 * applies to the actual request. It is the second line of defence; the first is the caller's token.
 */

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

/** The pages of this deployment. Its domain comes from the platform, not from the caller. */
export function ownOrigin(domainName: string | undefined): string {
  return `https://${domainName}`;
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

/** Headers of every response. A page whose origin is not allowed gets no CORS header, so it cannot read the response. */
export function corsHeaders(allowedOrigin: string | undefined): Record<string, string> {
  if (allowedOrigin === undefined) return { Vary: 'Origin' };
  return {
    'Access-Control-Allow-Origin': allowedOrigin,
    'Access-Control-Expose-Headers': 'Retry-After',
    Vary: 'Origin',
  };
}
