/**
 * A loopback CONNECT proxy that ends TLS for twilio.com and twil.io itself and hands the request to the emulator, so that
 * curl, twilio-cli, twilio-node, the toolkit's deploy and a browser on a deployed page run unchanged. Everything else is
 * refused: nothing leaves the machine.
 */
import {
  Agent,
  createServer,
  request as sendRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import { connect as connectTcp, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { urlToHttpOptions } from 'node:url';
import { Callers } from '../core/callers';
import { LOCAL_FOLDER } from '../core/places';
import { isTwilioHost } from '../core/twilio-address';
import { refuseUpgrade } from '../core/upgrade';
import { openCertificates } from './certificates';

interface ConnectProxyOptions {
  /** 0 takes any free port. */
  port: number;
  /** The address to listen on; loopback's unless another is given. */
  host?: string;
  /** Where the emulator listens, for example `http://127.0.0.1:4010`. */
  emulatorUrl: string;
  /** Where the certificates are kept. */
  folder?: string;
}

/** Headers for one connection, not for the next one. Source: RFC 9110, 7.6.1 */
const HOP_BY_HOP_HEADERS = ['connection', 'keep-alive', 'proxy-connection', 'proxy-authorization', 'upgrade'];

/** A request without CONNECT reached this port by mistake, or comes from a page. */
const callers = new Callers({});

export class ConnectProxy {
  private readonly sockets = new Set<Duplex>();
  /** No keep-alive: an idle connection would outlive the emulator's restart and fail the next request. */
  private readonly agent = new Agent({ keepAlive: false });
  private readonly inner: TlsServer;
  private readonly outer: Server;

  private constructor(
    private readonly emulatorUrl: string,
    /** The certificate that clients must trust. */
    readonly caFile: string,
    tls: { cert: string; key: string },
  ) {
    this.inner = createTlsServer(tls, (request, response) => this.forward(request, response));
    this.inner.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      this.forwardWebSocket(request, socket, head),
    );
    this.outer = createServer((request, response) => {
      const refusal = callers.refusal(request);
      response.writeHead(refusal?.status ?? 405, { 'content-type': 'text/plain' });
      response.end('This proxy takes HTTPS requests to twilio.com and twil.io only.\n');
    });
    this.outer.on('connect', (request: IncomingMessage, socket, head) =>
      this.connect(request.url ?? '', socket, head),
    );
  }

  static async start({ port, host = '127.0.0.1', emulatorUrl, folder = LOCAL_FOLDER }: ConnectProxyOptions) {
    const { caFile, ...tls } = await openCertificates(folder);
    const proxy = new ConnectProxy(emulatorUrl, caFile, tls);
    await new Promise<void>((resolve, reject) => {
      proxy.outer.once('error', reject);
      proxy.outer.listen(port, host, resolve);
    });
    return proxy;
  }

  /** For example `http://127.0.0.1:4011`. */
  get url(): string {
    return `http://127.0.0.1:${(this.outer.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.outer.close(resolve));
    this.outer.closeAllConnections();
    for (const socket of this.sockets) socket.destroy();
    this.agent.destroy();
    await closed;
  }

  private connect(target: string, socket: Duplex, head: Buffer): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    // A client may disconnect at any time; other clients are not affected.
    socket.on('error', () => socket.destroy());
    const [host = '', port] = target.split(':');
    if (!isTwilioHost(host.toLowerCase()) || port !== '443') {
      socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
      return;
    }
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    // The first bytes of the handshake can arrive with the CONNECT.
    if (head.length > 0) socket.unshift(head);
    this.inner.emit('connection', socket);
  }

  /** The realtime service has one address at the emulator, for every host that a client addresses. */
  private forwardWebSocket(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (twilioHostOf(request) === undefined) return refuseUpgrade(socket, 421);
    const { hostname, port } = new URL(this.emulatorUrl);
    const upstream = connectTcp(Number(port), hostname);
    const lines = request.rawHeaders.flatMap((text, index, all) =>
      index % 2 ? [] : [`${text}: ${all[index + 1]}`],
    );
    upstream.write([`${request.method} ${request.url} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
    upstream.write(head);
    for (const [side, other] of [
      [upstream, socket],
      [socket, upstream],
    ] as const) {
      side.on('error', () => other.destroy());
      side.on('close', () => other.destroy());
      side.pipe(other);
    }
  }

  private forward(request: IncomingMessage, response: ServerResponse): void {
    const host = twilioHostOf(request);
    if (host === undefined) {
      response.writeHead(421).end();
      return;
    }
    const upstream = sendRequest({
      ...urlToHttpOptions(new URL(this.emulatorUrl)),
      // Do not parse it as part of a URL: resolving dot segments would lead from Twilio's hosts to the emulator's controls.
      path: `/${host}${request.url}`,
      method: request.method,
      headers: endToEnd(request.headers),
      agent: this.agent,
    });
    upstream.on('response', (answer) => {
      response.writeHead(answer.statusCode!, endToEnd(answer.headers));
      answer.on('error', () => response.destroy());
      answer.pipe(response);
    });
    upstream.on('error', (error: NodeJS.ErrnoException) => {
      // If the emulator cuts the connection (an injected fault), the proxy does, too.
      if (error.code !== 'ECONNREFUSED') return response.destroy();
      response.writeHead(502, { 'content-type': 'text/plain' });
      response.end(`No answer from the emulator at ${this.emulatorUrl}.\n`);
    });
    response.on('close', () => upstream.destroy());
    request.pipe(upstream);
  }
}

/** The host that a request inside a tunnel addresses; undefined unless it is Twilio's. */
function twilioHostOf({ headers, url = '' }: IncomingMessage): string | undefined {
  const host = (headers.host ?? '').replace(/:443$/, '').toLowerCase();
  return isTwilioHost(host) && url.startsWith('/') ? host : undefined;
}

function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP_HEADERS.includes(name)));
}
