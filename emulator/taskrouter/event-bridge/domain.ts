/**
 * TaskRouter's event bridge: the service that agents' clients (twilio-taskrouter, @twilio/flex-sdk, Flex UI) connect to. A
 * WebSocket per agent carries what happens; requests travel in the bodies of HTTP requests.
 * Source: sdk twilio-taskrouter, which is public. Differs: a Worker whose programs have all gone stays in its Activity.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Clock } from '../../core/clock';
import { TwilioError } from '../../core/errors';
import { refuseUpgrade } from '../../core/upgrade';
import { routeFor } from '../../core/tunnelled-paths';
import { AccessTokenError, type AccessTokens } from '../../iam/access-tokens';
import type { WorkerClaims } from '../../iam/model';
import type { TaskRouter } from '../domain';
import { BridgeConnection, REFUSED } from './connection';
import { parseTunnelled, toForm, type BridgeRoute } from './request';

/** Source: RFC 6455, 5.5 (a close frame holds 125 bytes, two of them the code) */
const MAX_REASON_BYTES = 123;

export class EventBridge {
  private readonly connections = new Set<BridgeConnection>();
  private readonly sockets = new WebSocketServer({ noServer: true });
  private readonly routes: BridgeRoute[] = [];
  private isDisposed = false;

  constructor(
    private readonly accessTokens: AccessTokens,
    private readonly taskrouter: TaskRouter,
    private readonly accountSid: string,
    private readonly clock: Clock,
  ) {}

  /** Products add their own routes to the tunnel. */
  serve(routes: readonly BridgeRoute[]): void {
    this.routes.push(...routes);
  }

  /** Sends an event to a Worker's clients. */
  send(workerSid: string, eventType: string, payload: object): void {
    for (const connection of this.of(workerSid)) connection.send(eventType, payload);
  }

  /** Cuts the connections of one Worker, or all, as a network failure does. Returns how many there were. */
  drop(workerSid?: string): number {
    const dropped = this.of(workerSid);
    for (const connection of dropped) connection.drop();
    return dropped.length;
  }

  /** The `payload` that answers a tunnelled request. Throws `TwilioError`. */
  async handle(body: string, ifMatch: string | undefined): Promise<unknown> {
    const { url, method, params, token } = parseTunnelled(body);
    const caller = this.admit(token);
    const [path = '', query = ''] = url.replace(/^\//, '').split('?');
    const { route, params: segments } = routeFor(this.routes, method, path);
    const form = toForm({ ...Object.fromEntries(new URLSearchParams(query)), ...params });
    return route.handle({ caller, path: segments, form, ifMatch });
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.isDisposed) return refuseUpgrade(socket, 404);
    const query = new URLSearchParams(request.url?.split('?')[1]);
    this.sockets.handleUpgrade(request, socket, head, (webSocket) => this.open(webSocket, query));
  }

  dispose(): void {
    this.isDisposed = true;
    for (const socket of this.sockets.clients) socket.terminate();
    this.sockets.close();
  }

  private open(socket: WebSocket, query: URLSearchParams): void {
    socket.on('error', () => socket.terminate());
    let claims: WorkerClaims;
    try {
      claims = this.admit(query.get('token'));
    } catch (error) {
      if (!(error instanceof TwilioError)) throw error;
      socket.close(REFUSED, `${error.code} ${error.message}`.slice(0, MAX_REASON_BYTES));
      return;
    }
    if (query.get('closeExistingSessions') === 'true') {
      for (const other of this.of(claims.workerSid)) other.close('Another session has been opened');
    }
    const connection = new BridgeConnection(socket, claims, this.accountSid, this.clock);
    this.connections.add(connection);
    socket.on('close', () => this.connections.delete(connection));
  }

  /** A token is valid for its own Worker, if that Worker exists. Guess: the code. */
  private admit(token: unknown): WorkerClaims {
    const claims = this.accessTokens.checkWorker(token);
    if (!this.taskrouter.workers.find(claims.workspaceSid, claims.workerSid))
      throw new AccessTokenError(20106);
    return claims;
  }

  private of(workerSid: string | undefined): BridgeConnection[] {
    return [...this.connections].filter(
      ({ claims }) => workerSid === undefined || claims.workerSid === workerSid,
    );
  }
}
