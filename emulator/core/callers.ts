/**
 * The callers that the emulator accepts. Its credentials are public, so only the machine protects it: a page whose host
 * name points to 127.0.0.1, or that posts to that address, must get nothing.
 */
import type { IncomingMessage } from 'node:http';
import { TwilioError } from './errors';
import { isLoopback } from './local-address';
import { isTwilioHost } from './twilio-address';

export interface CallerOptions {
  /** Names under which it may be called besides loopback's and Twilio's, for example of this machine on the LAN. */
  hosts?: readonly string[] | undefined;
  /** Origins whose pages may call besides those on loopback: `https://shop.example`. */
  allowedOrigins?: readonly string[] | undefined;
}

export class Callers {
  private readonly hosts: ReadonlySet<string>;
  private readonly origins: ReadonlySet<string>;

  constructor({ hosts = [], allowedOrigins = [] }: CallerOptions) {
    this.hosts = new Set(hosts.map((host) => host.toLowerCase()));
    for (const origin of allowedOrigins) {
      if (!isOrigin(origin)) throw new Error(`${origin} is not an origin, like https://shop.example`);
    }
    this.origins = new Set(allowedOrigins);
  }

  /**
   * The answer to a rejected request; undefined if the request is allowed.
   * @internal
   */
  refusal(request: IncomingMessage): TwilioError | undefined {
    const { name: host, port } = hostOf(request) ?? {};
    if (host === undefined || !this.isOwn(host, port)) {
      // Source: RFC 9110, 15.5.20. Guess: the code.
      return new TwilioError(421, 20421, `The emulator does not answer for the host ${shown(host)}`);
    }
    if (isDeployed(request) || this.mayCall(request, host)) return undefined;
    const from = request.headers.origin ?? 'another site';
    return new TwilioError(
      403,
      20403,
      `The emulator does not serve pages of ${shown(from)} (allowedOrigins)`,
    );
  }

  /**
   * The port of other names is not checked: names that always mean this machine cannot be rebound by an attacker, and a
   * forwarded port differs. Twilio's names come through the proxy, with the proxy's port. In a network whose DNS maps them
   * elsewhere, a page would name the emulator's port.
   */
  private isOwn(host: string, port: string | undefined): boolean {
    if (isTwilioHost(host)) return port === undefined || port === HTTPS_PORT;
    return LOOPBACK_NAMES.has(host) || this.hosts.has(host);
  }

  private mayCall(request: IncomingMessage, host: string): boolean {
    const { origin } = request.headers;
    if (origin === undefined) return !isCrossSiteLoad(request);
    if (isLoopback(origin) || this.origins.has(origin)) return true;
    if (!URL.canParse(origin)) return false;
    const { hostname } = new URL(origin);
    // The emulator's own page. Through the proxy also a deployed page or Flex: no other site has pages on Twilio's hosts.
    return hostname === host || (isTwilioHost(host) && isTwilioHost(hostname));
  }
}

const HTTPS_PORT = '443';
const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Undefined unless there is exactly one and the address is a path on this host. */
function hostOf({
  url = '',
  rawHeaders,
  headers,
}: IncomingMessage): { name: string; port: string | undefined } | undefined {
  const hosts = rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === 'host');
  if (hosts.length !== 1 || !url.startsWith('/')) return undefined;
  const found = /^([a-z0-9._-]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?$/i.exec(headers.host!);
  return found ? { name: found[1]!.toLowerCase(), port: found[2] } : undefined;
}

/** Every origin may call a deployed Function, as in the cloud. The Function itself decides which it accepts. */
function isDeployed({ url = '' }: IncomingMessage): boolean {
  return /^\/[a-z0-9_-]+\.twil\.io\//.test(url);
}

/** A foreign page's `<img>` or `<script>` sends no Origin, but Sec-Fetch headers. Following a link to a page does not count. */
function isCrossSiteLoad({ url = '', headers }: IncomingMessage): boolean {
  return (
    /^\/(emulator|flex)(?=[/?]|$)/.test(url) &&
    headers['sec-fetch-site'] === 'cross-site' &&
    headers['sec-fetch-mode'] !== 'navigate'
  );
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

/** For an answer: on one line, with limited length. */
function shown(text: string | undefined): string {
  return JSON.stringify((text ?? '').slice(0, 200));
}
