/**
 * Rejects calls that the local runtime allows and the cloud may not: the runtime calls a Function for any method, and
 * spreads query and body over the real request, so that a parameter `request` replaces the headers that checks depend
 * on. Source: observed (@twilio/runtime-handler 2.0.1, dev-runtime/route.js and server.js)
 */
const FUNCTION_METHODS = ['POST', 'OPTIONS'];
const ASSET_METHODS = ['GET', 'HEAD', 'OPTIONS'];

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

/** The kind of resource at the path. */
export type Served = 'function' | 'asset' | undefined;

export function checkCall({ method, url }: Call, served: Served): Refusal | undefined {
  const allowed = served === 'asset' ? ASSET_METHODS : FUNCTION_METHODS;
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

/** Checks the body as the runtime will parse it; the runtime spreads only what it parses. */
export function checkBody({ headers }: Call, body: Buffer): Refusal | undefined {
  const [type = '', ...parameters] = String(headers['content-type'] ?? '')
    .toLowerCase()
    .split(';')
    .map((one) => one.trim());
  const isJson = type === 'application/json';
  if (body.length === 0 || (!isJson && type !== 'application/x-www-form-urlencoded')) return undefined;
  const charset = parameters.find((one) => one.startsWith('charset='))?.replace(/^charset=|"/g, '');
  if (headers['content-encoding'] !== undefined || (charset !== undefined && charset !== 'utf-8')) {
    return { status: 415, message: 'The body must be UTF-8 without compression' };
  }
  const text = body.toString('utf8');
  return (isJson ? membersOf(text) : [...new URLSearchParams(text).keys()]).some(replacesRequest)
    ? REQUEST_REFUSED
    : undefined;
}

const REQUEST_REFUSED: Refusal = { status: 400, message: 'The parameter name request is not allowed' };

/** Malformed JSON has no members; the runtime rejects it. */
function membersOf(text: string): string[] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? Object.keys(value) : [];
  } catch {
    return [];
  }
}

/** `request`, `request[headers][origin]`, and `[request]`, which the query parser reads as `request`. */
function replacesRequest(name: string): boolean {
  return name.replace(/^\[/, '').split(/[[\]]/)[0]!.trim() === 'request';
}
