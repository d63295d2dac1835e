/**
 * HTTP inside the socket: the SDK sends its requests to Conversations and Sync as frames. This file turns them into
 * requests, finds their route and turns failures into Twilio's error bodies.
 */
import { invalidParameter, TwilioError } from '../../core/errors';
import { decodeSegment, routeFor } from '../../core/tunnelled-paths';
import type { Subscriptions } from '../sync/subscriptions';
import type { Frame } from './frames';

/** The client behind a request, as far as the request needs it. */
export interface SdkSession {
  readonly identity: string;
  readonly chatServiceSid: string;
  /** Of the token, for push notifications. */
  readonly pushCredentialSid: string | undefined;
  /** Where the client reaches the media service, which goes over plain HTTP. */
  readonly mediaUrl: string;
  readonly subscriptions: Subscriptions;
  /** A push: Sync events and typing. */
  notify(messageType: string, payload: object): void;
}

export interface TunnelRequest {
  session: SdkSession;
  method: string;
  /** For example `aim.us1.twilio.com`: a label, nothing is resolved. */
  host: string;
  path: string;
  query: URLSearchParams;
  /** A JSON object, or the pairs of a form. */
  body: Readonly<Record<string, unknown>>;
  /** The named segments of the path, decoded. */
  params: Readonly<Record<string, string>>;
}

export interface TunnelResponse {
  status: number;
  body: object;
  /** Runs when the reply is on its way: what Sync sends about a subscription must not overtake it. */
  afterReply?: (() => void) | undefined;
  /** Only by fault injection: the tunnel itself fails, and there is no HTTP answer. */
  transportStatus?: number;
}

export interface Route {
  method: 'GET' | 'POST' | 'DELETE';
  /** With `:name` for a segment to be read. */
  path: string;
  handle: (request: TunnelRequest) => TunnelResponse | Promise<TunnelResponse>;
}

export function ok(body: object): TunnelResponse {
  return { status: 200, body };
}

export function created(body: object): TunnelResponse {
  return { status: 201, body };
}

export function deleted(): TunnelResponse {
  return { status: 204, body: {} };
}

/** An optional text field. JSON null counts as absent. */
export function textField(request: TunnelRequest, name: string): string | undefined {
  const value = request.body[name] ?? undefined;
  if (value !== undefined && typeof value !== 'string') throw invalidParameter(`${name} must be a string`);
  return value;
}

interface HttpRequestHeader {
  host?: string;
  params?: Record<string, string | string[]>;
}

/** The request in a frame. Empty if it is missing or not text; no route matches that. */
export function requestLineOf({ header }: Frame): { method: string; path: string } {
  const { method, path } = (header['http_request'] ?? {}) as Record<string, unknown>;
  return { method: typeof method === 'string' ? method : '', path: typeof path === 'string' ? path : '' };
}

export function parseTunnelRequest(session: SdkSession, frame: Frame): TunnelRequest {
  const { header, payload } = frame;
  const http = (header['http_request'] ?? {}) as HttpRequestHeader;
  const query = new URLSearchParams();
  for (const [key, values] of Object.entries(http.params ?? {})) {
    // The SDK cuts the query at & and = and leaves the pieces percent-encoded.
    for (const value of [values].flat()) query.append(decodeSegment(key), decodeSegment(value));
  }
  return {
    session,
    ...requestLineOf(frame),
    host: http.host ?? '',
    query,
    body: parseBody(header.payload_type, payload),
    params: {},
  };
}

export class Router {
  constructor(private readonly routes: readonly Route[]) {}

  /** Never rejects: every failure, parsing included, becomes an answer. */
  async handle(parse: () => TunnelRequest): Promise<TunnelResponse> {
    try {
      return await this.dispatch(parse());
    } catch (error) {
      if (error instanceof TwilioError) return { status: error.status, body: error.toBody() };
      process.stderr.write(`emulator: realtime request: ${(error as Error).stack}\n`);
      const failure = new TwilioError(500, 20500, 'The emulator failed; its log says why');
      return { status: failure.status, body: failure.toBody() };
    }
  }

  private dispatch(request: TunnelRequest): TunnelResponse | Promise<TunnelResponse> {
    const { route, params } = routeFor(this.routes, request.method, request.path);
    return route.handle({ ...request, params });
  }
}

function parseBody(type: string | undefined, payload: Buffer): Record<string, unknown> {
  if (payload.length === 0) return {};
  if (type?.startsWith('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(payload.toString()));
  }
  let body: unknown;
  try {
    body = JSON.parse(payload.toString());
  } catch {
    throw invalidParameter('The body is not valid JSON');
  }
  if (body === null || typeof body !== 'object') throw invalidParameter('The body is not a JSON object');
  return body as Record<string, unknown>;
}
