/** The realtime service as one thing: WebSocket upgrades, the sessions behind them, and the hooks that tests need. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { MEDIA_HOST } from '../conversations/media/hosts';
import { admit } from '../conversations/admission';
import type { ConversationsDomain } from '../conversations/domain';
import type { Account } from '../core/account';
import { Bus } from '../core/bus';
import type { Clock } from '../core/clock';
import { refuseUpgrade } from '../core/sockets';
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

/** At the emulator's own address and, for clients that believe to speak to Twilio, at `tsock.<region>.twilio.com`. */
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
  private readonly open = new Set<Session>();
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES });
  private readonly router: Router;
  private isDisposed = false;

  constructor(
    account: Account,
    private readonly accessTokens: AccessTokens,
    readonly clock: Clock,
    private readonly conversations: ConversationsDomain,
  ) {
    this.projection = new Projection(clock, conversations, (objects) => this.revoke(objects));
    this.router = new Router([
      ...syncRoutes((chatServiceSid) => this.projection.storeOf(chatServiceSid), this.settings),
      ...clientRoutes({
        account,
        domain: conversations,
        projection: this.projection,
        settings: this.settings,
        sessions: () => this.sessions(),
      }),
    ]);
  }

  /** Those that have connected with a good token. */
  sessions(identity?: string): Session[] {
    return [...this.open].filter((session) => identity === undefined || session.identity === identity);
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.isDisposed) return refuseUpgrade(socket);
    this.sockets.handleUpgrade(request, socket, head, (webSocket: WebSocket) => {
      new Session(webSocket, addressFor(request, MEDIA_HOST), this);
    });
  }

  /** Cuts the sessions of one identity, or all, as a broken network would. Says how many there were. */
  drop(identity?: string): number {
    const sessions = this.sessions(identity);
    for (const session of sessions) session.connection.drop();
    return sessions.length;
  }

  /** Sends a Twilsock close frame. What the client makes of it depends on the code. */
  close(code: number, { identity, description, reconnectMinMs }: CloseOptions = {}): number {
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
    this.open.add(session);
    this.setOnline(session);
    this.events.emit('sessionOpened', { identity: session.identity, claims: session.claims! });
  }

  sessionClosed(session: Session): void {
    if (!this.open.delete(session) || this.isDisposed) return;
    this.setOnline(session);
    this.events.emit('sessionClosed', { identity: session.identity, claims: session.claims! });
  }

  private async respond(session: Session, frame: Frame): Promise<TunnelResponse> {
    const request = requestLineOf(frame);
    const broken = this.faults.take('transport', request);
    if (broken) return { status: broken.status, body: {}, transportStatus: broken.status };
    const failing = this.faults.take('request', request);
    if (failing) return { status: failing.status, body: (failing.payload ?? {}) as object };
    return this.router.handle(() => parseTunnelRequest(session, frame));
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

  private revoke(objects: SyncObject[]): void {
    for (const session of this.open) {
      for (const object of objects) {
        if (!object.mayRead(session.identity)) session.subscriptions.leave(object);
      }
    }
  }
}
