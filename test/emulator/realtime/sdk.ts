/** Unmodified SDK clients against an emulator. */
import { setTimeout } from 'node:timers/promises';
import type { Client, Conversation } from '@twilio/conversations';
import twilio from 'twilio';
import type { Conversation as ConversationRecord } from '../../../emulator/conversations/model';
import { SYSTEM } from '../../../emulator/conversations/model';
import type { Account } from '../../../emulator/core/account';
import type { TunnelResponse } from '../../../emulator/realtime/twilsock/tunnel';
import type { Emulator } from '../../../emulator/emulator';
import { startEmulator } from '../../support/emulator';
import { HANGING_MS } from '../../support/timeouts';
import { next } from './events';

/** The versions, by the name of their installed packages. */
export const SDK_PACKAGES = [
  ['3.0.1', '@twilio/conversations'],
  ['2.7.0', '@twilio/conversations-2'],
] as const;

const { AccessToken } = twilio.jwt;
/** The options of every client here. Some are not in the SDK's types. */
export function clientOptions(emulatorUrl: string): object {
  return {
    Twilsock: { uri: `${emulatorUrl.replace('http', 'ws')}/v3/wsconnect` },
    // Without it, its back-off after a lost connection starts at 1 s.
    retryPolicy: { min: 50, max: 200, randomness: 0 },
    // Reads are kept for a tenth of this, and a timer of twice that outlives `shutdown`: Jest would wait for it.
    httpCacheIntervalOverride: 'PT1S',
  };
}

export interface TokenWishes {
  /** Seconds. */
  ttl?: number;
  secret?: string;
  service?: string;
  pushCredential?: string;
}

/** With Twilio's own helper. Its `iat` is the wall clock's, not the emulator's. */
export function tokenFor(account: Account, identity: string, wishes: TokenWishes = {}): string {
  const { ttl = 3600, secret = account.apiKeySecret, pushCredential } = wishes;
  const { service = account.conversationsServiceSid } = wishes;
  const token = new AccessToken(account.accountSid, account.apiKeySid, secret, { identity, ttl });
  token.addGrant(
    new AccessToken.ChatGrant({
      serviceSid: service,
      ...(pushCredential && { pushCredentialSid: pushCredential }),
    }),
  );
  return token.toJwt();
}

/** One emulator with its clients; `stop` ends all of them. */
export class ChatWorld {
  private readonly clients: Client[] = [];
  /** Requests of all clients so far. */
  private handled = 0;

  private constructor(
    readonly emulator: Emulator,
    private readonly sdkPackage: string,
  ) {}

  static async start(sdkPackage: string, emulator = startEmulator()): Promise<ChatWorld> {
    const chat = new ChatWorld(await emulator, sdkPackage);
    chat.tune();
    return chat;
  }

  /** Resets the emulator under the same clients. */
  async reset(): Promise<void> {
    await this.emulator.reset();
    this.tune();
  }

  get domain() {
    return this.emulator.world.conversations;
  }

  get realtime() {
    return this.emulator.world.realtime;
  }

  get serviceSid(): string {
    return this.emulator.account.conversationsServiceSid;
  }

  token(identity: string, wishes: TokenWishes = {}): string {
    return tokenFor(this.emulator.account, identity, wishes);
  }

  /** A new client, before any event. */
  newClient(token: string): Client {
    const sdk = require(this.sdkPackage) as { Client: typeof Client };
    const client = new sdk.Client(token, clientOptions(this.emulator.url));
    this.clients.push(client);
    return client;
  }

  /**
   * An idle client: the SDK still fetches its Conversations after `initialized`, and a connection that breaks in the
   * meantime leaves a rejection unhandled inside the SDK. Source: observed, both versions
   */
  async connect(identity: string, wishes: TokenWishes = {}): Promise<Client> {
    const client = this.newClient(this.token(identity, wishes));
    await next(client, 'initialized');
    await client.getSubscribedConversations();
    return client;
  }

  /** Created as by the REST API. Participants are guests by default. */
  aConversation(
    participants: string[] = [],
    { roleSid, ...settings }: { uniqueName?: string; friendlyName?: string; roleSid?: string } = {},
  ) {
    const conversation = this.domain.conversations.create(this.serviceSid, settings, SYSTEM);
    for (const identity of participants) this.add(conversation, identity, roleSid);
    return conversation;
  }

  add(conversation: ConversationRecord, identity: string, roleSid?: string) {
    return this.domain.participants.add(conversation, { identity, roleSid }, SYSTEM);
  }

  say(conversation: ConversationRecord, author: string, body: string) {
    return this.domain.messages.add(conversation, { author, body }, SYSTEM);
  }

  /** The client's view, ready to receive: its message list is open and subscribed. */
  async joined(client: Client, conversation: ConversationRecord): Promise<Conversation> {
    const view = await client.getConversationBySid(conversation.sid);
    await view.getMessages(1);
    await this.subscribed(client.user.identity, conversation);
    return view;
  }

  /** Resolves when every session of this identity is subscribed to the messages of the Conversation. */
  async subscribed(identity: string, conversation: ConversationRecord): Promise<void> {
    const { sid } = conversation;
    const list = this.realtime.projection.storeOf(this.serviceSid).find(`${sid}.messages`)!;
    await Promise.all(
      this.realtime.sessions(identity).map((session) => session.subscriptions.following(list, HANGING_MS)),
    );
  }

  /** The identity's requests through the tunnel from now on, as `METHOD path status`. */
  requests(identity: string): string[] {
    const seen: string[] = [];
    this.realtime.events.on('requestHandled', (request) => {
      if (request.identity === identity) seen.push(`${request.method} ${request.path} ${request.status}`);
    });
    return seen;
  }

  /** A request that the SDK would not make, in the session of this identity. */
  tunnel(identity: string, method: string, path: string, body: object = {}): Promise<TunnelResponse> {
    const [session] = this.realtime.sessions(identity);
    const http_request = { host: 'aim.us1.twilio.com', path, method };
    const header = { id: 'test', method: 'message', http_request };
    return this.realtime.handleRequest(session!, { header, payload: Buffer.from(JSON.stringify(body)) });
  }

  private tune(): void {
    this.realtime.events.on('requestHandled', () => void (this.handled += 1));
  }

  async stop(): Promise<void> {
    // On a client that is disconnected for good, `shutdown` never resolves. Source: observed, both versions
    const running = this.clients.filter((client) => client.connectionState !== 'disconnected');
    this.realtime.faults.clear();
    // An answer or an event can cause the next request: the round with only this method's own writes is the last one.
    let before: number;
    do {
      before = this.handled;
      await Promise.all(running.map((client) => settled(client)));
      // Each request to Sync goes out in a timer of the SDK, one that was set before this one.
      await setTimeout(1);
      await Promise.all(running.map((client) => settled(client)));
    } while (this.handled > before + 2 * running.length);
    await Promise.all(running.map((client) => client.shutdown()));
    await this.emulator.stop();
  }
}

/**
 * Resolves when the client has read every pending answer. After `shutdown` it would wait 30 s for each of them, and
 * Jest with it. Source: observed, both versions. This sends a write, because the SDK caches reads.
 */
export async function settled(client: Client): Promise<void> {
  if (client.connectionState !== 'connected') return;
  await client.user.updateAttributes({}).catch(() => undefined);
}
