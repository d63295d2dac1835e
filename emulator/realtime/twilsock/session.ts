/** One WebSocket of one SDK client: from `init` through requests and pushes to its end. */
import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Clock } from '../../core/clock';
import { AccessTokenError } from '../../iam/access-tokens';
import type { AccessTokenClaims } from '../../iam/model';
import { Connection, OK, statusText } from './connection';
import type { RealtimeFaults } from '../faults';
import { decodeFrame, type Frame, type FrameHeader } from './frames';
import { Heartbeat } from './heartbeat';
import type { RealtimeSettings } from '../settings';
import { Subscriptions } from '../sync/subscriptions';
import { TokenTimers } from './token-timers';
import type { SdkSession, TunnelResponse } from './tunnel';

/** What a session needs from the service it belongs to. */
export interface SessionHost {
  readonly clock: Clock;
  readonly settings: RealtimeSettings;
  readonly faults: RealtimeFaults;
  checkToken(token: unknown): AccessTokenClaims;
  handleRequest(session: Session, frame: Frame): Promise<TunnelResponse>;
  sessionOpened(session: Session): void;
  sessionClosed(session: Session): void;
}

/** A client that sends nothing is disconnected. Guess: the SDK sends `init` at once. */
const INIT_TIMEOUT_MS = 30_000;
/**
 * The capabilities that the client may use: a warning before its token expires. Neither `telemetry.v1`, which would make it
 * report its timings, nor `offline_storage`, whose SIDs would outlive a restart. Source: sdk twilsock/builds/lib.js
 */
const CAPABILITIES = ['client_update'];

export class Session implements SdkSession {
  readonly connection: Connection;
  readonly subscriptions: Subscriptions;
  /** Undefined until `init` has been accepted. */
  claims: AccessTokenClaims | undefined;
  private readonly tokenTimers: TokenTimers;
  private initTimer: NodeJS.Timeout | undefined;
  private readonly heartbeat: Heartbeat;

  constructor(
    socket: WebSocket,
    stream: Duplex,
    readonly mediaUrl: string,
    private readonly host: SessionHost,
  ) {
    this.connection = new Connection(socket, stream, host.settings);
    this.subscriptions = new Subscriptions((type, payload) => this.notify(type, payload), host.settings);
    this.tokenTimers = new TokenTimers(
      host.clock,
      host.settings,
      () => this.connection.push('client_update', { client_update_type: 'token_about_to_expire' }),
      () => this.expire(),
    );
    this.heartbeat = new Heartbeat(
      host.settings,
      () => this.connection.push('ping'),
      () => socket.terminate(),
    );
    socket.on('message', (data: Buffer, isBinary) => this.receive(data, isBinary));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => this.end());
    this.initTimer = setTimeout(() => socket.terminate(), INIT_TIMEOUT_MS).unref();
  }

  get identity(): string {
    return this.claims?.identity ?? '';
  }

  get chatServiceSid(): string {
    return this.claims?.chatServiceSid ?? '';
  }

  get pushCredentialSid(): string | undefined {
    return this.claims?.pushCredentialSid;
  }

  notify(messageType: string, payload: object): void {
    this.connection.push('notification', { message_type: messageType }, payload);
  }

  private receive(data: Buffer, isBinary: boolean): void {
    let frame: Frame;
    try {
      if (!isBinary) throw new Error('A text message is not a frame');
      frame = decodeFrame(data);
    } catch (error) {
      this.connection.close({ code: 400, description: (error as Error).message });
      this.connection.disconnect();
      return;
    }
    this.receiveFrame(frame);
  }

  private receiveFrame(frame: Frame): void {
    const { header } = frame;
    if (!this.claims) {
      if (header.method === 'init') return this.init(header);
      this.connection.reply(header.id, { code: 401, description: 'init comes first' });
      return;
    }
    switch (header.method) {
      case 'init':
        return this.connection.reply(header.id, { code: 400, description: 'init comes once' });
      case 'update':
        return this.update(header);
      case 'message':
        void this.request(frame);
        return;
      case 'reply':
        return this.heartbeat.received();
      case 'put_notification_ctx':
      case 'delete_notification_ctx':
        return this.connection.reply(header.id, OK);
      case 'close':
        return this.connection.disconnect();
      default: // telemetry.v1 and whatever later versions report: nothing is expected back
    }
  }

  private init(header: FrameHeader): void {
    const fault = this.host.faults.take('init');
    if (fault) {
      if (fault.status !== 'none')
        this.connection.reply(header.id, { code: fault.status }, {}, fault.payload);
      return;
    }
    const claims = this.accept(header);
    if (!claims) return;
    clearTimeout(this.initTimer);
    this.claims = claims;
    this.tokenTimers.arm(claims.expiresAt);
    this.connection.reply(header.id, OK, {
      continuation_token: randomUUID(),
      capabilities: CAPABILITIES,
    });
    this.heartbeat.start();
    this.host.sessionOpened(this);
  }

  private update(header: FrameHeader): void {
    const claims = this.accept(header);
    if (!claims) return;
    // Guess: a session keeps its identity and Service for life.
    if (claims.identity !== this.identity || claims.chatServiceSid !== this.chatServiceSid) {
      this.connection.refuse(header.id, new AccessTokenError(54007));
      return;
    }
    this.claims = claims;
    this.tokenTimers.arm(claims.expiresAt);
    this.connection.reply(header.id, OK);
  }

  /** The token's claims, or undefined when the refusal has been sent. */
  private accept(header: FrameHeader): AccessTokenClaims | undefined {
    try {
      return this.host.checkToken(header['token']);
    } catch (error) {
      if (!(error instanceof AccessTokenError)) throw error;
      this.connection.refuse(header.id, error);
      return undefined;
    }
  }

  private async request(frame: Frame): Promise<void> {
    const { id } = frame.header;
    const response = await this.host.handleRequest(this, frame);
    if (response.transportStatus !== undefined) {
      this.connection.reply(id, { code: response.transportStatus });
      return;
    }
    const { status: code, body } = response;
    this.connection.reply(
      id,
      OK,
      {
        http_status: { code, status: statusText(code) },
        http_headers: { 'Content-Type': 'application/json' },
      },
      body,
    );
    response.afterReply?.();
  }

  private expire(): void {
    if (this.host.settings.expiryStyle === 'close410') {
      this.connection.close({ code: 410, description: 'Access Token expired', errorCode: 20104 });
    }
    this.connection.disconnect();
  }

  private end(): void {
    this.tokenTimers.stop();
    clearTimeout(this.initTimer);
    this.heartbeat.stop();
    this.subscriptions.clear();
    if (this.claims) this.host.sessionClosed(this);
  }
}
