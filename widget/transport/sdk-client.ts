/** The life of one SDK client: its connection and its connection events. */
import { Client, type ClientOptions } from '@twilio/conversations';
import type { Connection } from '../state/model';
import { OpenError, type SessionEvent } from './contract';
import { keepLogLevels } from './log-levels';
import type { Pass } from './functions-client';
import { withTimeout } from './with-timeout';

export type ConnectionEvent = SessionEvent | { type: 'connectionChanged'; connection: Connection };

/** The timeout of each step of a shutdown. The SDK's own close takes up to 3 s. */
const STEP_MS = 5_000;

/**
 * Private members of the SDK's client. They are absent if a version is built differently.
 * Source: sdk twilio-sync/dist/client.js, twilio-sync/dist/subscriptions.js, twilsock/dist/client.js
 */
interface Innards {
  _services?: {
    syncClient?: {
      shutdown?(): Promise<void>;
      services?: { subscriptions?: { subscriptionTtlTimer?: number } };
    };
    twilsockClient?: { channel?: { transport?: { shutdown?(): void } } };
  };
}

export class SdkClient {
  readonly client: Client;
  readonly initialized: Promise<void>;
  /** Never resolves. Rejects if the token is refused or the client is closed. */
  readonly failure: Promise<never>;
  private fail!: (error: OpenError) => void;
  private listener: ((event: ConnectionEvent) => void) | null = null;
  /** Events from before `listen`. */
  private readonly missed: ConnectionEvent[] = [];
  private hasTrouble = false;
  private closing: Promise<void> | null = null;

  constructor(pass: Pass) {
    const restoreLogLevels = keepLogLevels();
    const client = new Client(pass.token, pass.clientOptions as ClientOptions | undefined);
    restoreLogLevels();
    this.client = client;
    this.initialized = new Promise((resolve) =>
      client.on('initialized', () => {
        // A part of the SDK that is created later sets its own levels.
        restoreLogLevels();
        resolve();
      }),
    );
    this.failure = new Promise((_, reject) => (this.fail = reject));
    this.failure.catch(() => undefined); // It may reject while no request is pending.
    let wasConnected = false;
    client.on('connectionStateChanged', (state) => {
      const isConnected = state === 'connected';
      if (wasConnected && !isConnected) this.hasTrouble = true;
      wasConnected ||= isConnected;
      // Before the first connection, all other states mean "connecting".
      if (wasConnected) {
        this.notify({ type: 'connectionChanged', connection: isConnected ? 'connected' : 'reconnecting' });
      }
      if (state !== 'denied') return;
      this.notify({ type: 'tokenRejected' });
      // A refused token is reported twice, first as "disconnected"; only the connection's state distinguishes them.
      this.fail(new OpenError('rejected'));
    });
    client.on('connectionError', () => (this.hasTrouble = true));
    client.on('tokenAboutToExpire', () => this.notify({ type: 'tokenAboutToExpire' }));
    // Expiry comes as either or both; other refusals as `denied` alone.
    client.on('tokenExpired', () => this.notify({ type: 'tokenRejected' }));
  }

  /** Delivers missed events first. Throws if the client had connection errors: the SDK's first fetch may then never settle. */
  listen(listener: (event: ConnectionEvent) => void): void {
    if (this.hasTrouble) throw new OpenError('unreachable');
    this.listener = listener;
    for (const event of this.missed.splice(0)) listener(event);
  }

  /** Shuts down once: a request during the shutdown keeps a Node process alive until it times out. */
  close(): Promise<void> {
    return (this.closing ??= this.shutDown());
  }

  private async shutDown(): Promise<void> {
    this.fail(new OpenError('unreachable'));
    this.client.removeAllListeners();
    // The SDK has an unhandled rejection if it is shut down during its first fetch (observed with 3.0.1).
    await settled(this.client.getSubscribedConversations());
    const { syncClient, twilsockClient } = (this.client as unknown as Innards)._services ?? {};
    // `client.shutdown()` cannot be first: it never settles for a client that never connected.
    await settled(syncClient?.shutdown?.() ?? this.client.shutdown());
    // Both keep a Node process alive after the SDK has shut down (observed with 3.0.1): unanswered requests for 30 s.
    clearTimeout(syncClient?.services?.subscriptions?.subscriptionTtlTimer);
    twilsockClient?.channel?.transport?.shutdown?.();
  }

  private notify(event: ConnectionEvent): void {
    if (this.closing) return;
    if (this.listener) this.listener(event);
    else this.missed.push(event);
  }
}

/** Resolves when `work` settles, and after `STEP_MS` at the latest. */
async function settled(work: Promise<unknown>): Promise<void> {
  await withTimeout(work, STEP_MS).catch(() => undefined);
}
