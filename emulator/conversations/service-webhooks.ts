/** Service-level webhooks: one URL that hears of a whole Service. Source: openapi conversations_v1 */
import type { Account } from '../core/account';
import { Bus } from '../core/bus';
import type { Clock } from '../core/clock';
import { invalidParameter } from '../core/errors';
import type { ConversationsDomain } from './domain';
import type { ConversationsEvents } from './events';
import { HEARD_EVENTS } from './webhook-engine';
import { eventType, toPayload, type Payload, type WebhookEventName } from './webhook-payload';
import { sendWebhook, type WebhookOutcome } from './webhook-request';
import { isHeard } from './webhook-rules';

export interface ServiceWebhook {
  method: 'GET' | 'POST';
  /** Names of events, for example `onConversationStateUpdated`. */
  filters: string[];
  /** Differs: kept and shown, never called; nothing is refused before it happens. */
  preWebhookUrl: string | null;
  postWebhookUrl: string | null;
}

export interface ServiceWebhookChange {
  method?: string | undefined;
  filters?: string[] | undefined;
  preWebhookUrl?: string | undefined;
  postWebhookUrl?: string | undefined;
}

export interface ServiceWebhooksOptions {
  domain: ConversationsDomain;
  account: Account;
  clock: Clock;
}

export class ServiceWebhooks {
  readonly events = new Bus<{ delivered: { payload: Payload; result: WebhookOutcome } }>();
  private readonly byService = new Map<string, ServiceWebhook>();
  private readonly stopped = new AbortController();
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly options: ServiceWebhooksOptions) {
    for (const name of HEARD_EVENTS) options.domain.events.on(name, (event) => this.hear(name, event));
  }

  of(serviceSid: string): ServiceWebhook {
    const none: ServiceWebhook = { method: 'POST', filters: [], preWebhookUrl: null, postWebhookUrl: null };
    return this.byService.get(serviceSid) ?? none;
  }

  update(serviceSid: string, change: ServiceWebhookChange): ServiceWebhook {
    const before = this.of(serviceSid);
    const method = change.method?.toUpperCase() ?? before.method;
    if (method !== 'GET' && method !== 'POST') throw invalidParameter(`Method ${method} is invalid`);
    const webhook: ServiceWebhook = {
      method,
      filters: change.filters ?? before.filters,
      preWebhookUrl: change.preWebhookUrl ?? before.preWebhookUrl,
      postWebhookUrl: change.postWebhookUrl ?? before.postWebhookUrl,
    };
    this.byService.set(serviceSid, webhook);
    return webhook;
  }

  /** Resolves when every delivery so far has an outcome. */
  async settled(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  stop(): void {
    this.stopped.abort();
  }

  /** The payload is of this moment; sending comes after the change has been answered. */
  private hear<Name extends WebhookEventName>(name: Name, event: ConversationsEvents[Name]): void {
    const { account, clock } = this.options;
    const { method, filters, postWebhookUrl: url } = this.of(event.conversation.chatServiceSid);
    if (!url || !filters.includes(eventType(name)) || !isHeard(name, event.actor)) return;
    if (this.stopped.signal.aborted) return;
    const payload = toPayload(name, event, account.accountSid, clock.date());
    const sending = { authToken: account.authToken, clock, stopped: this.stopped.signal };
    const delivery = new Promise((resolve) => setImmediate(resolve))
      .then(() => sendWebhook({ url, method }, payload, sending))
      .then((result) => this.events.emit('delivered', { payload, result }))
      .finally(() => this.running.delete(delivery));
    this.running.add(delivery);
  }
}
