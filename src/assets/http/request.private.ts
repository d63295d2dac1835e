/** The untrusted request: the runtime spreads query and body over the real request. */
import { ChatError } from './errors.private';

export interface CallerRequest {
  origin: string | undefined;
  /** X-Twilio-Signature. */
  signature: string | undefined;
  /** Present only locally: the cloud removes it. */
  host: string | undefined;
  /** Own keys of query and body together, with the caller's names. */
  params: Record<string, unknown>;
}

const CONTENT_TYPES = ['application/json', 'application/x-www-form-urlencoded'];

/**
 * `event` is `{ request, ...query, ...body }`, so a parameter named `request` replaces the real headers, and one named
 * `__proto__` becomes the event's prototype. Source: observed (@twilio/runtime-handler 2.0.1, dev-runtime/route.js); in
 * the cloud this is unverified. A `request` without the shape of the runtime's own is rejected. A perfect forgery
 * cannot be detected, so no decision depends on the headers alone.
 * @param accepted content types; `any` is for a GET, which has none, and whose caller proves its identity
 */
export function readRequest(
  event: object,
  accepted: readonly string[] | 'any' = CONTENT_TYPES,
): CallerRequest {
  const prototype: unknown = Object.getPrototypeOf(event);
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
  const request = Object.hasOwn(event, 'request') ? (event as { request: unknown }).request : undefined;
  if (!isPlain || !isRuntimeRequest(request)) {
    throw new ChatError('invalid_request', {
      message: `Unknown parameter: ${isPlain ? 'request' : '__proto__'}`,
    });
  }
  if (accepted !== 'any') requireContentType(request.headers, accepted);
  const { request: _request, ...params } = event as Record<string, unknown>;
  return {
    origin: headerOf(request.headers, 'origin'),
    signature: headerOf(request.headers, 'x-twilio-signature'),
    host: headerOf(request.headers, 'host'),
    params,
  };
}

interface RuntimeRequest {
  headers: Record<string, unknown>;
  cookies: Record<string, unknown>;
}

/** Source: docs https://www.twilio.com/docs/serverless/functions-assets/functions/headers-and-cookies/accessing */
function isRuntimeRequest(value: unknown): value is RuntimeRequest {
  return isRecord(value) && isRecord(value['headers']) && isRecord(value['cookies']);
}

/**
 * A cross-site page can send text/plain and multipart without preflight, and a GET with an <img>; neither may start a
 * chat. This also rejects GETs: a handler does not receive the method, but only a POST has one of these types.
 */
function requireContentType(headers: Record<string, unknown>, accepted: readonly string[]): void {
  const type = headerOf(headers, 'content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!accepted.includes(type)) throw new ChatError('unsupported_content_type');
}

/** The value of a header; a header that occurs twice has no trustworthy value. */
function headerOf(headers: Record<string, unknown>, name: string): string | undefined {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw new ChatError('invalid_request', { message: `Header ${name} must occur once` });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
