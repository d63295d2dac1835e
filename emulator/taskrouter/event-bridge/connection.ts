/** One agent's WebSocket to the event bridge. Only the server speaks. Source: sdk twilio-taskrouter (EventBridgeSignaling) */
import type { WebSocket } from 'ws';
import type { Clock, Timer } from '../../core/clock';
import type { WorkerClaims } from '../../iam/model';

/** After 30 s of silence the SDK connects again. Wall time, because it is about the real socket. */
const KEEP_ALIVE_MS = 15_000;
/** Source: RFC 6455, 7.4.1 (1008, policy violation). Guess: the event bridge refuses with this code. */
export const REFUSED = 1008;

export class BridgeConnection {
  private readonly keepAlive: NodeJS.Timeout;
  private readonly expiry: Timer;

  constructor(
    private readonly socket: WebSocket,
    readonly claims: WorkerClaims,
    accountSid: string,
    clock: Clock,
  ) {
    this.keepAlive = setInterval(() => socket.send('\n'), KEEP_ALIVE_MS).unref();
    this.expiry = clock.after(claims.expiresAt - clock.now(), () =>
      socket.close(REFUSED, 'Access Token expired'),
    );
    socket.on('close', () => {
      clearInterval(this.keepAlive);
      this.expiry.cancel();
    });
    this.send('init', {
      channel_id: claims.workerSid,
      account_sid: accountSid,
      workspace_sid: claims.workspaceSid,
      // Milliseconds
      token_lifetime: claims.expiresAt - clock.now(),
    });
  }

  send(eventType: string, payload: object): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    this.socket.send(JSON.stringify({ event_type: eventType, payload }));
  }

  close(reason: string): void {
    this.socket.close(1000, reason);
  }

  /** As a network failure does. */
  drop(): void {
    this.socket.terminate();
  }
}
