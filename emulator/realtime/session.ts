/** One WebSocket of one SDK client: from `init` through requests and pushes to its end. */
import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { Clock } from '../core/clock';
import { AccessTokenError, type AccessTokenClaims } from './access-token';
import type { RealtimeFaults } from './faults';
import { decodeFrame, encodeFrame, type Frame, type FrameHeader } from './frames';
import { Heartbeat } from './heartbeat';
import type { RealtimeSettings } from './settings';
import { Subscriptions } from './subscriptions';
import { TokenTimers } from './token-timers';
import { statusText, type TunnelResponse } from './tunnel';

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

interface Status {
  code: number;
  status?: string;
  description?: string;
  errorCode?: number;
}

const OK: Status = { code: 200, status: 'OK' };
/** A client that says nothing is let go. Guess: the SDK sends `init` at once. */
const INIT_TIMEOUT_MS = 30_000;

export class Session {
  readonly id = randomUUID();
  readonly subscriptions: Subscriptions;
  /** Undefined until `init` has been accepted. */
  claims: AccessTokenClaims | undefined;
  private readonly tokenTimers: TokenTimers;
  private initTimer: NodeJS.Timeout | undefined;
  private readonly heartbeat: Heartbeat;

  constructor(
    private readonly socket: WebSocket,
    /** Where the client reaches the emulator over plain HTTP, for links to media. */
    readonly origin: string,
    private readonly host: SessionHost,
  ) {
    this.subscriptions = new Subscriptions(this, host.settings);
    this.tokenTimers = new TokenTimers(
      host.clock,
      host.settings,
      () =>
        this.send({ method: 'client_update', id: randomUUID(), client_update_type: 'token_about_to_expire' }),
      () => this.expire(),
    );
    this.heartbeat = new Heartbeat(
      host.settings,
      () => this.send({ method: 'ping', id: randomUUID() }),
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

  /** A push: Sync events and typing. */
  notify(messageType: string, payload: object): void {
    this.send({ method: 'notification', id: randomUUID(), message_type: messageType }, payload);
  }

  /** Asks the client to go, with the code that says why and, for 308, when to come back. */
  close(status: Status, payload?: object): void {
    const { code } = status;
    this.send(
      { method: 'close', id: randomUUID(), status: { status: statusText(code), ...status } },
      payload,
    );
  }

  /** Ends the connection in good order, without a word in Twilsock. */
  disconnect(): void {
    this.socket.close();
  }

  /** As a broken network would. */
  drop(): void {
    this.socket.terminate();
  }

  private receive(data: Buffer, isBinary: boolean): void {
    let frame: Frame;
    try {
      if (!isBinary) throw new Error('A text message is no frame');
      frame = decodeFrame(data);
    } catch (error) {
      this.close({ code: 400, description: (error as Error).message });
      this.socket.close();
      return;
    }
    this.receiveFrame(frame);
  }

  private receiveFrame(frame: Frame): void {
    const { header } = frame;
    if (!this.claims) {
      if (header.method === 'init') return this.init(header);
      this.reply(header.id, { code: 401, status: statusText(401), description: 'init comes first' });
      return;
    }
    switch (header.method) {
      case 'init':
        return this.reply(header.id, { code: 400, status: statusText(400), description: 'init comes once' });
      case 'update':
        return this.update(header);
      case 'message':
        void this.request(frame);
        return;
      case 'reply':
        return this.heartbeat.heard();
      case 'put_notification_ctx':
      case 'delete_notification_ctx':
        return this.reply(header.id, OK);
      case 'close':
        return this.disconnect();
      default: // telemetry.v1 and whatever later versions report: nothing is expected back
    }
  }

  private init(header: FrameHeader): void {
    const fault = this.host.faults.take('init');
    if (fault) {
      this.reply(header.id, { code: fault.status, status: statusText(fault.status) }, {}, fault.payload);
      return;
    }
    const claims = this.accept(header);
    if (!claims) return;
    clearTimeout(this.initTimer);
    this.claims = claims;
    this.tokenTimers.arm(claims.expiresAt);
    this.reply(header.id, OK, this.initReply(header));
    this.heartbeat.start();
    this.host.sessionOpened(this);
  }

  private initReply(header: FrameHeader): Record<string, unknown> {
    const { capabilities, offlineStorage } = this.host.settings;
    const offered = Array.isArray(header['capabilities']) ? header['capabilities'] : [];
    return {
      continuation_token: randomUUID(),
      capabilities: capabilities.filter((capability) => offered.includes(capability)),
      // An id of its own for each session: what the SDK keeps under it must not survive a restart.
      ...(offlineStorage ? { offline_storage: { ip_messaging: { storage_id: this.id } } } : {}),
    };
  }

  private update(header: FrameHeader): void {
    const claims = this.accept(header);
    if (!claims) return;
    // Guess: a session keeps its identity and Service for life.
    if (claims.identity !== this.identity || claims.chatServiceSid !== this.chatServiceSid) {
      this.reply(header.id, refusal(new AccessTokenError(54007)));
      return;
    }
    this.claims = claims;
    this.tokenTimers.arm(claims.expiresAt);
    this.reply(header.id, OK);
  }

  /** The token's claims, or undefined when the refusal has been sent. */
  private accept(header: FrameHeader): AccessTokenClaims | undefined {
    try {
      return this.host.checkToken(header['token']);
    } catch (error) {
      if (!(error instanceof AccessTokenError)) throw error;
      this.reply(header.id, refusal(error));
      return undefined;
    }
  }

  private async request(frame: Frame): Promise<void> {
    const { id } = frame.header;
    const response = await this.host.handleRequest(this, frame);
    if (response.transportStatus !== undefined) {
      this.reply(id, { code: response.transportStatus, status: statusText(response.transportStatus) });
      return;
    }
    const { status: code, body } = response;
    this.reply(
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
      this.close({ code: 410, description: 'Access Token expired', errorCode: 20104 });
    }
    this.disconnect();
  }

  private reply(id: string, status: Status, fields: Record<string, unknown> = {}, payload?: unknown): void {
    this.send({ method: 'reply', id, status, ...fields }, payload);
  }

  private send(header: FrameHeader, payload?: unknown): void {
    const frame = encodeFrame(header, payload);
    const write = (): void => {
      if (this.socket.readyState === this.socket.OPEN) this.socket.send(frame, { binary: true });
    };
    if (this.host.settings.latencyMs > 0) setTimeout(write, this.host.settings.latencyMs).unref();
    else write();
  }

  private end(): void {
    this.tokenTimers.stop();
    clearTimeout(this.initTimer);
    this.heartbeat.stop();
    this.subscriptions.clear();
    if (this.claims) this.host.sessionClosed(this);
  }
}

function refusal(error: AccessTokenError): Status {
  return {
    code: error.status,
    status: statusText(error.status),
    description: error.message,
    errorCode: error.code,
  };
}
