/** The realtime service as a whole: WebSocket upgrades, the sessions behind them, and the hooks that tests need. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { MEDIA_HOST } from '../conversations/media/hosts';
import { admit } from '../conversations/admission';
import type { ConversationsDomain } from '../conversations/domain';
import type { Account } from '../core/account';
import { Bus } from '../core/bus';
import type { Clock } from '../core/clock';
import { refuseUpgrade } from '../core/upgrade';
import { addressFor } from '../core/twilio-address';
import type { AccessTokens } from '../iam/access-tokens';
import type { AccessTokenClaims } from '../iam/model';
import { clientRoutes } from './client-api/routes';
import type { RealtimeEvents } from './events';
import { RealtimeFaults } from './faults';
import type { Frame } from './twilsock/frames';
import { Projection } from './sync/projection';
import { Session, type SessionHost } from './twilsock/session';
import { defaultSettings } from './settings';
import { syncRoutes } from './sync/routes';
import type { SyncObject } from './sync/objects';
import { parseTunnelRequest, requestLineOf, Router, type TunnelResponse } from './twilsock/tunnel';

/** At the emulator's own address and, for clients that address Twilio, at `tsock.<region>.twilio.com`. */
export const REALTIME_PATH = /^(\/tsock(\.[a-z0-9-]+)?\.twilio\.com)?\/v3\/wsconnect$/;
/** Guess: far above what Conversations takes (bodies of 32 KB), so that its own limits answer, not the socket. */
const MAX_FRAME_BYTES = 4 * 1024 * 1024;

interface CloseOptions {
  identity?: string | undefined;
  description?: string | undefined;
  /** For 308: when the client should come back. */
  reconnectMinMs?: number | undefined;
}

export class Realtime implements SessionHost {
  readonly events = new Bus<RealtimeEvents>();
  readonly settings = defaultSettings();
  readonly faults = new RealtimeFaults();
  readonly projection: Projection;
  /** By identity: thousands may be connected, each under a name of its own. */
  private readonly open = new Map<string, Set<Session>>();
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES });
  private readonly router: Router;
  private isDisposed = false;

  constructor(
    account: Account,
    private readonly accessTokens: AccessTokens,
    readonly clock: Clock,
    private readonly conversations: ConversationsDomain,
  ) {
    this.projection = new Projection(clock, conversations, (objects, identity) =>
      this.revoke(objects, identity),
    );
    this.router = new Router([
      ...syncRoutes((chatServiceSid) => this.projection.storeOf(chatServiceSid), this.settings),
      ...clientRoutes({
        account,
        domain: conversations,
        projection: this.projection,
        settings: this.settings,
        sessions: (identity) => this.sessions(identity),
      }),
    ]);
  }

  /** Those that have connected with a good token. */
  sessions(identity?: string): Session[] {
    if (identity !== undefined) return [...(this.open.get(identity) ?? [])];
    return [...this.open.values()].flatMap((sessions) => [...sessions]);
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.isDisposed) return refuseUpgrade(socket, 404);
    this.sockets.handleUpgrade(request, socket, head, (webSocket: WebSocket) => {
      new Session(webSocket, socket, addressFor(request, MEDIA_HOST), this);
    });
  }

  /** Cuts the sessions of one identity, or all, as a network failure does. Returns how many there were. */
  drop(identity?: string): number {
    this.projection.catchUp();
    const sessions = this.sessions(identity);
    for (const session of sessions) session.connection.drop();
    return sessions.length;
  }

  /** Sends a Twilsock close frame. What the client makes of it depends on the code. */
  close(code: number, { identity, description, reconnectMinMs }: CloseOptions = {}): number {
    this.projection.catchUp();
    const sessions = this.sessions(identity);
    const payload =
      reconnectMinMs === undefined ? undefined : { backoff_policy: { reconnect_min_ms: reconnectMinMs } };
    for (const session of sessions) {
      session.connection.close({ code, ...(description === undefined ? {} : { description }) }, payload);
    }
    return sessions.length;
  }

  dispose(): void {
    this.isDisposed = true;
    for (const socket of this.sockets.clients) socket.terminate();
    this.sockets.close();
  }

  checkToken(token: unknown): AccessTokenClaims {
    return admit(token, this.accessTokens, this.conversations.services);
  }

  async handleRequest(session: Session, frame: Frame): Promise<TunnelResponse> {
    const { method, path } = requestLineOf(frame);
    const response = await this.respond(session, frame);
    const status = response.transportStatus ?? response.status;
    this.events.emit('requestHandled', { identity: session.identity, method, path, status });
    return response;
  }

  sessionOpened(session: Session): void {
    const sessions = this.open.get(session.identity) ?? new Set();
    this.open.set(session.identity, sessions.add(session));
    this.setOnline(session);
    this.events.emit('sessionOpened', { identity: session.identity, claims: session.claims! });
  }

  sessionClosed(session: Session): void {
    const { identity } = session;
    const sessions = this.open.get(identity);
    if (!sessions?.delete(session) || this.isDisposed) return;
    if (sessions.size === 0) this.open.delete(identity);
    this.setOnline(session);
    this.events.emit('sessionClosed', { identity, claims: session.claims! });
  }

  private async respond(session: Session, frame: Frame): Promise<TunnelResponse> {
    const request = requestLineOf(frame);
    const fault = this.faults.take('transport', request) ?? this.faults.take('request', request);
    if (!fault) return this.router.handle(() => parseTunnelRequest(session, frame));
    const { on, status, payload } = fault;
    if (status === 'none') return new Promise(() => undefined);
    if (on === 'transport') return { status, body: {}, transportStatus: status };
    return { status, body: (payload ?? {}) as object };
  }

  /** The User of an identity is made when it first connects, and is online while it has a session. */
  private setOnline(session: Session): void {
    const { identity, chatServiceSid } = session;
    const { users } = this.conversations;
    const actor = { source: 'SDK', identity } as const;
    const user = users.ensure(chatServiceSid, identity, actor);
    const isOnline = this.sessions(identity).some((one) => one.chatServiceSid === chatServiceSid);
    if (user.isOnline !== isOnline) users.update(user, { isOnline }, actor);
  }

  private revoke(objects: SyncObject[], identity: string): void {
    for (const session of this.sessions(identity)) {
      for (const object of objects) {
        if (!object.mayRead(identity)) session.subscriptions.leave(object);
      }
    }
  }
}
