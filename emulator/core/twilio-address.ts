/** Where a request would go at Twilio. The host is the first segment of the path, so that one port serves all products. */
import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';

/** `conversations.twilio.com`, `mcs.us1.twilio.com`, or undefined for the emulator's own pages. */
export function hostOf(url: string): string | undefined {
  return /^\/([a-z0-9-]+(?:\.[a-z0-9-]+)?\.twilio\.com)\//.exec(url)?.[1];
}

/** Twilio's own hosts, and the domains of deployed Functions. Nobody else can give out names below these. */
export function isTwilioHost(host: string): boolean {
  return /^(([a-z0-9-]+\.)*twilio\.com|[a-z0-9_-]+\.twil\.io)$/.test(host);
}

/** The path below the host, as Twilio shows it in `url` and in 20404. */
export function pathOf(request: FastifyRequest): string {
  return '/' + request.url.split('?')[0]!.split('/').slice(2).join('/');
}

/** Where this very request would go at Twilio: `https://<host>/<path>`, without query. */
export function urlOf(request: FastifyRequest): string {
  return `https:/${request.url.split('?')[0]!}`;
}

/**
 * Clients that believe to speak to Twilio itself name the host in a header, not in the path: a proxy that passes
 * `x-emulator-host`, or a plain `Host`.
 */
export function moveHostIntoPath(request: IncomingMessage): void {
  const named = request.headers['x-emulator-host'] ?? request.headers.host;
  const host = typeof named === 'string' ? named.replace(/:\d+$/, '').toLowerCase() : '';
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)?\.twilio\.com$/.test(host) && hostOf(request.url!) === undefined) {
    request.url = `/${host}${request.url}`;
  }
}
