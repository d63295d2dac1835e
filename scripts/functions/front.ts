/**
 * Receives all requests to the local Functions: rejects what the cloud would reject, and passes everything else to
 * twilio-run, which is not reachable otherwise.
 */
import {
  createServer,
  request as callUpstream,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { randomUUID } from 'node:crypto';
import { canBeListed } from '../../src/assets/http/origins.private';
import { RELOAD_PATH } from '../dev/page-reload';
import { checkBody, checkCall, type Call, type Refusal, type Served } from './caller-check';
import { isLoopbackName, nameOf } from './loopback';

/** The runtime's own limit. Source: observed (@twilio/runtime-handler 2.0.1) */
const MAX_BODY_BYTES = 6 * 1024 * 1024;

/** Only of this server: no deployed Function answers with it. */
export const REFUSED_LOCALLY = 'refused_locally';

export interface FrontOptions {
  port: number;
  /** Addresses to listen on; one that this machine does not have is skipped, unless it is the only one. */
  addresses: readonly string[];
  /** Host names that a caller may use, besides those of the loopback interface. */
  names: readonly string[];
  /** Where twilio-run listens. */
  socket(): Promise<string>;
  whatIs(path: string): Served;
  /** Called for an origin that the Functions rejected and ALLOWED_ORIGINS can name. Returns problem and fix, for the caller. */
  onForeignOrigin?: ((origin: string) => string) | undefined;
  /** Called for each request that this server rejected. */
  onRefusal?: ((refusal: Refusal & { requestId: string }) => void) | undefined;
  /** Called when a page subscribes to reloads, with its origin if the page is of another origin (`npm run dev`). */
  onReloadPage?: ((response: ServerResponse, origin: string | undefined) => void) | undefined;
}

export class Front {
  private constructor(private readonly servers: readonly Server[]) {}

  static async start(options: FrontOptions): Promise<Front> {
    const handle = (request: IncomingMessage, response: ServerResponse): void => {
      answer(options, request, response).catch((error: Error) =>
        refuse(options, response, { status: 502, message: `The Functions do not answer: ${error.message}` }),
      );
    };
    const servers: Server[] = [];
    for (const address of options.addresses) {
      const server = createServer(handle);
      try {
        await new Promise<void>((resolve, reject) => {
          server.once('error', reject);
          server.listen({ port: options.port, host: address, ipv6Only: address === '::1' }, resolve);
        });
        servers.push(server);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (servers.length === 0 || (code !== 'EADDRNOTAVAIL' && code !== 'EAFNOSUPPORT')) {
          await close(servers);
          throw error;
        }
      }
    }
    return new Front(servers);
  }

  stop(): Promise<void> {
    return close(this.servers);
  }
}

async function close(servers: readonly Server[]): Promise<void> {
  await Promise.all(
    servers.map((server) => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    }),
  );
}

async function answer(
  options: FrontOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = '', headers } = request;
  const host = headers.host ?? '';
  const name = nameOf(host);
  if (!isLoopbackName(name) && !options.names.includes(name)) {
    return refuse(options, response, {
      status: 421,
      message: `This server is not ${host}: call it as localhost, or start it with --host`,
    });
  }
  if (!URL.canParse(request.url!, 'http://localhost')) {
    return refuse(options, response, { status: 400, message: 'Invalid path' });
  }
  // The checked URL is also the forwarded one: it has no dots or slashes that another parser could read differently.
  const call: Call = { method, url: new URL(request.url!, 'http://localhost'), headers };
  if (options.onReloadPage && call.url.pathname === RELOAD_PATH) {
    return options.onReloadPage(response, isLocalOrigin(headers.origin) ? headers.origin : undefined);
  }
  const served = options.whatIs(call.url.pathname);
  const refusal = checkCall(call, served);
  if (refusal) return refuse(options, response, refusal);
  const body = await read(request);
  if (!body) return refuse(options, response, { status: 413, message: 'The body is larger than 6 MB' });
  const bodyRefusal = checkBody(call, body);
  if (bodyRefusal) return refuse(options, response, bodyRefusal);
  const upstream = await send(await options.socket(), call, body);
  const { origin } = headers;
  const { onForeignOrigin } = options;
  if (upstream.statusCode === 403 && origin !== undefined && onForeignOrigin && canBeListed(origin)) {
    return explainOrigin(() => onForeignOrigin(origin), origin, upstream, response);
  }
  response.writeHead(upstream.statusCode!, upstream.headers);
  upstream.pipe(response);
}

/** Undefined if it is too long. */
async function read(stream: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function send(socketPath: string, { method, url, headers }: Call, body: Buffer): Promise<IncomingMessage> {
  const { 'transfer-encoding': _chunked, connection: _connection, ...rest } = headers;
  return new Promise((resolve, reject) => {
    const path = `${url.pathname}${url.search}`;
    const hasBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
    const upstream = callUpstream(
      {
        ...{ socketPath, method, path, agent: false },
        headers: { ...rest, ...(hasBody && { 'content-length': body.length }) },
      },
      resolve,
    );
    upstream.once('error', reject).end(body);
  });
}

/** A page on this machine may read the error, so that its console shows more than a failed CORS check. */
async function explainOrigin(
  explanation: () => string,
  origin: string,
  upstream: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let body = (await read(upstream)) ?? Buffer.alloc(0);
  const headers = { ...upstream.headers };
  const failure = failureIn(body);
  if (failure?.error.code === 'origin_not_allowed') {
    failure.error.message = explanation();
    body = Buffer.from(JSON.stringify(failure));
    if (isLocalOrigin(origin)) headers['access-control-allow-origin'] = origin;
  }
  delete headers['transfer-encoding'];
  response.writeHead(upstream.statusCode!, { ...headers, 'content-length': body.length });
  response.end(body);
}

function isLocalOrigin(origin: string | undefined): boolean {
  return origin !== undefined && URL.canParse(origin) && isLoopbackName(nameOf(new URL(origin).host));
}

function failureIn(body: Buffer): { error: { code?: string; message?: string } } | undefined {
  try {
    const value = JSON.parse(body.toString()) as { error?: object } | null;
    return typeof value?.error === 'object' && value.error !== null
      ? { ...value, error: value.error }
      : undefined;
  } catch {
    return undefined;
  }
}

/** The same shape as the Functions' errors (docs/http-api.md). */
function refuse({ onRefusal }: FrontOptions, response: ServerResponse, refusal: Refusal): void {
  if (response.headersSent) return void response.destroy();
  const { status, message, headers } = refusal;
  const requestId = randomUUID();
  onRefusal?.({ ...refusal, requestId });
  const body = JSON.stringify({ error: { code: REFUSED_LOCALLY, message, retryable: false, requestId } });
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close', ...headers });
  response.end(`${body}\n`);
}
