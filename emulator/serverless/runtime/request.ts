/** A call at the Functions gateway: what is rejected, and what is passed to a Function. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { TwilioError } from '../../core/errors';
import { twilioSignature } from '../../core/signature';

/** Source: docs https://www.twilio.com/docs/serverless/functions-assets/functions/headers-and-cookies/limitations */
const MAX_HEADERS = 90;
const MAX_HEADER_BYTES = 15 * 1024;
const HIDDEN_HEADERS = new Set([
  'connection',
  'expect',
  'host',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'referer',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
  'x-real-ip',
]);
/** Those of the docs, and the further ones of Source: sdk @twilio/runtime-handler checks/restricted-headers.js */
const HIDDEN_PREFIXES = ['x-accel-', 'x-forwarded-', 'i-twilio-', 'i-t-', 'ot-', 'x-amz'];

export function checkHeaders(rawHeaders: readonly string[], whose: 'Request' | 'Response'): void {
  const bytes = rawHeaders.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (rawHeaders.length / 2 > MAX_HEADERS || bytes > MAX_HEADER_BYTES) {
    throw new TwilioError(431, 82008, `${whose} headers or cookies too long`);
  }
}

/** Guess: text and code; the status is Source: docs …/functions/request-flow (400 for an invalid signature). */
export function checkSignature(request: FastifyRequest, url: string, authToken: string): void {
  const parameters = contentType(request) === FORM ? parseForm(request.body as Buffer) : {};
  const expected = twilioSignature(authToken, url, parameters as Record<string, string>);
  const given = String(request.headers['x-twilio-signature']);
  const bodyHash = new URL(url).searchParams.get('bodySHA256');
  const digest = (text: string | Buffer): Buffer => createHash('sha256').update(text).digest();
  const bodyFits = bodyHash === null || bodyHash === digest((request.body as Buffer) ?? '').toString('hex');
  if (!bodyFits || !timingSafeEqual(digest(expected), digest(given))) {
    throw new TwilioError(400, 20001, 'The request has no valid X-Twilio-Signature');
  }
}

/**
 * The `event` of a Function. Source: docs …/functions/request-flow (JSON and form bodies); sdk @twilio/runtime-handler
 * dev-runtime/route.js (order). Guess: that a field named `request` wins here as it does there.
 */
export function toEvent(request: FastifyRequest): object {
  const query = parseForm(Buffer.from(request.url.split('?')[1] ?? ''));
  return {
    request: { headers: visibleHeaders(request.raw.rawHeaders), cookies: cookies(request) },
    ...query,
    ...toFields(request),
  };
}

function toFields(request: FastifyRequest): object {
  const body = request.body as Buffer | undefined;
  if (!body || body.length === 0) return {};
  if (contentType(request) === FORM) return parseForm(body);
  if (contentType(request) !== 'application/json') return {};
  try {
    return Object(JSON.parse(body.toString())) as object;
  } catch {
    throw new TwilioError(400, 20001, 'The body is not valid JSON');
  }
}

const FORM = 'application/x-www-form-urlencoded';

function contentType(request: FastifyRequest): string | undefined {
  return request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
}

/** A repeated field is a list. */
function parseForm(text: Buffer): Record<string, string | string[]> {
  const pairs = new URLSearchParams(text.toString());
  const entry = (key: string): [string, string | string[]] => {
    const values = pairs.getAll(key);
    return [key, values.length === 1 ? values[0]! : values];
  };
  return Object.fromEntries([...new Set(pairs.keys())].map(entry));
}

function visibleHeaders(rawHeaders: readonly string[]): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!.toLowerCase();
    if (HIDDEN_HEADERS.has(name) || HIDDEN_PREFIXES.some((prefix) => name.startsWith(prefix))) continue;
    const value = rawHeaders[index + 1]!;
    headers[name] = name in headers ? [headers[name]!, value].flat() : value;
  }
  return headers;
}

function cookies(request: FastifyRequest): Record<string, string> {
  const pairs = (request.headers.cookie ?? '').split(';').filter((pair) => pair.includes('='));
  return Object.fromEntries(
    pairs.map((pair) => [pair.split('=')[0]!.trim(), pair.slice(pair.indexOf('=') + 1).trim()]),
  );
}
