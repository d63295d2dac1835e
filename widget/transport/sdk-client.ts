/** One client of the SDK, from its first moment to its end: its connection, and what happens to that. */
import { Client, type ClientOptions } from '@twilio/conversations';
import type { Connection } from '../state/model';
import { OpenError, type SessionEvent } from './contract';
import { keepLogLevels } from './log-levels';
import type { Pass } from './functions-client';

export type ConnectionEvent = SessionEvent | { type: 'connectionChanged'; connection: Connection };

export class SdkClient {
  readonly client: Client;
  readonly initialized: Promise<void>;
  /** Only ever rejects: the token is refused, or the client closed. */
  readonly failure: Promise<never>;
  private fail!: (error: OpenError) => void;
  private listener: ((event: ConnectionEvent) => void) | null = null;
  /** What happened before somebody listened. */
  private readonly missed: ConnectionEvent[] = [];
  private hasTrouble = false;
  private isClosed = false;

  constructor(pass: Pass) {
    const restoreLogLevels = keepLogLevels();
    const client = new Client(pass.token, pass.clientOptions as ClientOptions | undefined);
    restoreLogLevels();
    this.client = client;
    this.initialized = new Promise((resolve) =>
      client.on('initialized', () => {
        // A part of the SDK that is made on the way sets its own.
        restoreLogLevels();
        resolve();
      }),
    );
    this.failure = new Promise((_, reject) => (this.fail = reject));
    this.failure.catch(() => undefined); // It may come when nobody waits for anything.
    let wasConnected = false;
    client.on('connectionStateChanged', (state) => {
      const isConnected = state === 'connected';
      if (wasConnected && !isConnected) this.hasTrouble = true;
      wasConnected ||= isConnected;
      // Until the first connection everything that is not yet `connected` is on its way there.
      if (wasConnected) {
        this.tell({ type: 'connectionChanged', connection: isConnected ? 'connected' : 'reconnecting' });
      }
      if (state !== 'denied') return;
      this.tell({ type: 'tokenRejected' });
      // A refused token is reported twice, first as "disconnected"; only the connection's state tells which it is.
      this.fail(new OpenError('rejected'));
    });
    client.on('connectionError', () => (this.hasTrouble = true));
    client.on('tokenAboutToExpire', () => this.tell({ type: 'tokenAboutToExpire' }));
    // Expiry comes as either or both; other refusals as `denied` alone.
    client.on('tokenExpired', () => this.tell({ type: 'tokenRejected' }));
  }

  /** Also what was missed. Throws where the client had trouble before: what the SDK fetches first may never settle then. */
  listen(listener: (event: ConnectionEvent) => void): void {
    if (this.hasTrouble) throw new OpenError('unreachable');
    this.listener = listener;
    for (const event of this.missed.splice(0)) listener(event);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.fail(new OpenError('unreachable'));
    this.client.removeAllListeners();
    // Shut down during its first fetch, the SDK rejects what nobody can catch (observed with 3.0.1).
    await this.client.getSubscribedConversations().catch(() => undefined);
    await this.client.shutdown().catch(() => undefined);
  }

  private tell(event: ConnectionEvent): void {
    if (this.isClosed) return;
    if (this.listener) this.listener(event);
    else this.missed.push(event);
  }
}
