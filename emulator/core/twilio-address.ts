/** Where a request would go at Twilio. The host is the first segment of the path, so that one port serves all products. */
import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';

type WithHeaders = Pick<IncomingMessage, 'headers'>;

/** Up to three labels: `api.flexsdkanalytics.us1.twilio.com`. */
const TWILIO_HOST = '[a-z0-9-]+(?:\\.[a-z0-9-]+){0,2}\\.twilio\\.com';
const HOST = new RegExp(`^${TWILIO_HOST}$`);
const HOST_IN_PATH = new RegExp(`^/(${TWILIO_HOST})/`);

/** `conversations.twilio.com`, `mcs.us1.twilio.com`, or undefined for the emulator's own pages. */
export function hostOf(url: string): string | undefined {
  return HOST_IN_PATH.exec(url)?.[1];
}

/** Twilio's own hosts, and the domains of deployed Functions. No third party can register names below these. */
export function isTwilioHost(host: string): boolean {
  return /^(([a-z0-9-]+\.)*twilio\.com|[a-z0-9_-]+\.twil\.io)$/.test(host);
}

/** The path below the host, as Twilio shows it in `url` and in 20404. */
export function pathOf(request: FastifyRequest): string {
  const path = request.url.split('?', 1)[0]!;
  return path.slice(path.indexOf('/', 1));
}

/** Where this request would go at Twilio: `https://<host>/<path>`, without query. */
export function urlOf(request: FastifyRequest): string {
  return `https:/${request.url.split('?')[0]!}`;
}

/**
 * Where the client that sent these headers reaches another of Twilio's hosts: under Twilio's own name if it came through
 * the proxy, else at the address of the emulator that it has used. Absolute addresses in answers are made of it.
 */
export function addressFor(request: WithHeaders, host: string): string {
  return cameAsTwilio(request) ? `https://${host}` : `http://${request.headers.host}/${host}`;
}

/** The client addresses Twilio and uses the proxy. */
function cameAsTwilio({ headers }: WithHeaders): boolean {
  return twilioHostIn(headers) !== undefined;
}

/** Moves the host from the headers to the path for clients that address Twilio itself. */
export function moveHostIntoPath(request: IncomingMessage): void {
  const host = twilioHostIn(request.headers);
  if (host !== undefined && hostOf(request.url!) === undefined) request.url = `/${host}${request.url}`;
}

/** `x-emulator-host` of a proxy that passes it, or a plain `Host`. */
function twilioHostIn(headers: IncomingMessage['headers']): string | undefined {
  const named = headers['x-emulator-host'] ?? headers.host;
  const host = typeof named === 'string' ? named.replace(/:\d+$/, '').toLowerCase() : '';
  return HOST.test(host) ? host : undefined;
}
