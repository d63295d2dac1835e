/**
 * Rejects calls that the local runtime allows and the cloud may not: the runtime calls a Function for any method, and
 * spreads query and body over the real request, so that a parameter `request` replaces the headers that checks depend
 * on. Source: observed (@twilio/runtime-handler 2.0.1, dev-runtime/route.js and server.js)
 */
/** Source: docs https://www.twilio.com/docs/serverless/functions-assets/functions/request-flow */
const METHODS = {
  function: ['POST', 'OPTIONS'],
  readFunction: ['GET', 'OPTIONS'],
  asset: ['GET', 'HEAD', 'OPTIONS'],
};

export interface Refusal {
  status: number;
  message: string;
  headers?: Record<string, string>;
}

export interface Call {
  method: string;
  /** The request's URL, with its query. */
  url: URL;
  headers: NodeJS.Dict<string | string[]>;
}

/** The kind of resource at the path. A `readFunction` declares `GET /path` at the top of its file. */
export type Served = keyof typeof METHODS | undefined;

export function checkCall({ method, url }: Call, served: Served): Refusal | undefined {
  const allowed = METHODS[served ?? 'function'];
  if (!served && method !== 'POST') return { status: 404, message: `Nothing is served at ${url.pathname}` };
  if (!allowed.includes(method)) {
    return {
      status: 405,
      message: `${url.pathname} accepts ${allowed.join(' and ')}, not ${method}`,
      headers: { allow: allowed.join(', ') },
    };
  }
  return [...url.searchParams.keys()].some(replacesRequest) ? REQUEST_REFUSED : undefined;
}

/**
 * Checks the body as the runtime will parse it; the runtime spreads only what it parses. Parsers disagree on two
 * charsets, a quoted semicolon and a byte order mark, so each of them is rejected.
 */
export function checkBody({ headers }: Call, body: Buffer): Refusal | undefined {
  const contentType = String(headers['content-type'] ?? '');
  const type = contentType.split(';')[0]!.trim().toLowerCase();
  const isJson = type === 'application/json';
  if (body.length === 0 || (!isJson && type !== 'application/x-www-form-urlencoded')) return undefined;
  const text = body.toString('utf8');
  const isPlain = IS_UTF8.test(contentType.slice(contentType.split(';')[0]!.length));
  if (headers['content-encoding'] !== undefined || !isPlain || text.startsWith(BYTE_ORDER_MARK)) {
    return { status: 415, message: 'The body must be UTF-8 without a byte order mark, and not compressed' };
  }
  const names = isJson ? membersOf(text) : [...new URLSearchParams(text).keys()];
  if (!names) return { status: 400, message: 'The body is not valid JSON' };
  return names.some(replacesRequest) ? REQUEST_REFUSED : undefined;
}

/** The part after the type. */
const IS_UTF8 = /^\s*(;\s*charset=("utf-8"|utf-8)\s*)?$/i;
const BYTE_ORDER_MARK = '\ufeff';

const REQUEST_REFUSED: Refusal = { status: 400, message: 'The parameter name request is not allowed' };

/** Undefined for malformed JSON: the runtime would answer it with a stack. */
function membersOf(text: string): string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? Object.keys(value) : [];
  } catch {
    return undefined;
  }
}

/** `request`, `request[headers][origin]`, and `[request]`, which the query parser reads as `request`. */
function replacesRequest(name: string): boolean {
  return name.replace(/^\[/, '').split(/[[\]]/)[0]!.trim() === 'request';
}
