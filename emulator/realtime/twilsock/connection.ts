/** The socket of one SDK client in Twilsock's terms: replies, pushes and close frames. The session holds identity and state. */
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { AccessTokenError } from '../../iam/access-tokens';
import { encodeFrame, type FrameHeader } from './frames';
import type { RealtimeSettings } from '../settings';

export interface Status {
  code: number;
  status?: string;
  description?: string;
  errorCode?: number;
}

export const OK: Status = { code: 200, status: 'OK' };

export class Connection {
  private isHolding = false;

  constructor(
    private readonly socket: WebSocket,
    /** Beneath the WebSocket. */
    private readonly stream: Duplex,
    private readonly settings: RealtimeSettings,
  ) {}

  reply(id: string, status: Status, fields: Record<string, unknown> = {}, payload?: unknown): void {
    this.send({ method: 'reply', id, ...fields, status: withText(status) }, payload);
  }

  refuse(id: string, { status: code, message: description, code: errorCode }: AccessTokenError): void {
    this.reply(id, { code, description, errorCode });
  }

  /** The client acknowledges every message that is not a reply. */
  push(method: string, fields: Record<string, unknown> = {}, payload?: object): void {
    this.send({ method, id: randomUUID(), ...fields }, payload);
  }

  /** Asks the client to disconnect, with the reason as a code and, for 308, the time of the reconnect. */
  close(status: Status, payload?: object): void {
    this.push('close', { status: withText(status) }, payload);
  }

  /** Closes the WebSocket normally, without a Twilsock frame. */
  disconnect(): void {
    this.socket.close();
  }

  /** As a network failure does. */
  drop(): void {
    this.release();
    this.socket.terminate();
  }

  private send(header: FrameHeader, payload?: unknown): void {
    const frame = encodeFrame(header, payload);
    const write = (): void => {
      if (this.socket.readyState !== this.socket.OPEN) return;
      this.hold();
      this.socket.send(frame, { binary: true });
    };
    if (this.settings.latencyMs > 0) setTimeout(write, this.settings.latencyMs).unref();
    else write();
  }

  /** The frames of one turn of the event loop go out in one write: two events and the answer, where a client has sent a message. */
  private hold(): void {
    if (this.isHolding) return;
    this.isHolding = true;
    this.stream.cork();
    process.nextTick(() => this.release());
  }

  private release(): void {
    if (!this.isHolding) return;
    this.isHolding = false;
    this.stream.uncork();
  }
}

export function statusText(status: number): string {
  return STATUS_CODES[status] ?? 'Unknown';
}

function withText(status: Status): Status {
  return { status: statusText(status.code), ...status };
}
