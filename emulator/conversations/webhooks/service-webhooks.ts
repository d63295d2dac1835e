/** Webhooks above a single Conversation: those of a Service, and those of the account. Source: openapi conversations_v1 */
import { randomUUID } from 'node:crypto';
import type { Account } from '../../core/account';
import { Bus } from '../../core/bus';
import type { Clock } from '../../core/clock';
import { TwilioError } from '../../core/errors';
import type { ConversationsDomain } from '../domain';
import type { Actor } from '../model';
import type { WebhookDispatch } from './dispatch';
import { HANDLED_EVENTS } from './engine';
import { eventType, toPayload, toUserPayload, type UserEventName, type WebhookEventName } from './payload';
import { sendWebhook, type Payload, type WebhookOutcome } from '../../core/webhook-request';
import { isHeard } from './rules';

export interface ServiceWebhook {
  method: 'GET' | 'POST';
  /** Names of events, for example `onConversationStateUpdated`. */
  filters: string[];
  /** Called before a change: see `pre-events.ts`. */
  preWebhookUrl: string | null;
  postWebhookUrl: string | null;
}

export interface ServiceWebhookChange {
  method?: string | undefined;
  filters?: string[] | undefined;
  preWebhookUrl?: string | undefined;
  postWebhookUrl?: string | undefined;
}

interface ServiceWebhooksOptions {
  domain: ConversationsDomain;
  account: Account;
  clock: Clock;
  dispatch: WebhookDispatch;
  emulatorUrl?: string;
}

const NONE: ServiceWebhook = { method: 'POST', filters: [], preWebhookUrl: null, postWebhookUrl: null };

/** Differs: onDeliveryUpdated is not sent. */
const REPORTED_EVENTS: readonly WebhookEventName[] = ['conversationAdded', ...HANDLED_EVENTS];
const TOLD_USER_EVENTS = ['userAdded', 'userUpdated'] as const;

export class ServiceWebhooks {
  readonly events = new Bus<{ delivered: { payload: Payload; result: WebhookOutcome } }>();
  private readonly byService = new Map<string, ServiceWebhook>();
  private ofAccount = NONE;

  constructor(private readonly options: ServiceWebhooksOptions) {
    const { domain, account, clock } = options;
    for (const name of REPORTED_EVENTS) {
      domain.events.on(name, (event) =>
        this.handle(name, event.conversation.chatServiceSid, event.actor, () =>
          toPayload(name, event, account.accountSid, clock.date()),
        ),
      );
    }
    for (const name of TOLD_USER_EVENTS) {
      domain.events.on(name, (event) =>
        this.handle(name, event.user.chatServiceSid, event.actor, () =>
          toUserPayload(name, event, account.accountSid),
        ),
      );
    }
  }

  of(serviceSid: string): ServiceWebhook {
    return this.byService.get(serviceSid) ?? NONE;
  }

  get account(): ServiceWebhook {
    return this.ofAccount;
  }

  /**
   * The webhooks for a Service's events: its own, or the account's if it has none.
   * Source: docs https://www.twilio.com/docs/conversations/api/per-service-webhook-resource
   */
  inForce(serviceSid: string): ServiceWebhook {
    const own = this.of(serviceSid);
    return own.preWebhookUrl || own.postWebhookUrl ? own : this.ofAccount;
  }

  update(serviceSid: string, change: ServiceWebhookChange): void {
    this.byService.set(serviceSid, changed(this.of(serviceSid), change));
  }

  updateAccount(change: ServiceWebhookChange): void {
    this.ofAccount = changed(this.ofAccount, change);
  }

  /** The payload is built now, and sent after the response to the change. */
  private handle(
    name: WebhookEventName | UserEventName,
    serviceSid: string,
    actor: Actor,
    toPayloadNow: () => Payload,
  ): void {
    const { account, clock, dispatch, emulatorUrl } = this.options;
    const { method, filters, postWebhookUrl: url } = this.inForce(serviceSid);
    if (!url || !filters.includes(eventType(name)) || !isHeard(name, actor)) return;
    const payload = toPayloadNow();
    const { stopped } = dispatch;
    const { authToken } = account;
    const sending = { authToken, clock, emulatorUrl, stopped, idempotencyToken: randomUUID() };
    dispatch.send(serviceSid, async () => {
      const result = await sendWebhook({ url, method }, payload, sending);
      if (!stopped.aborted) this.events.emit('delivered', { payload, result });
    });
  }
}

function changed(before: ServiceWebhook, change: ServiceWebhookChange): ServiceWebhook {
  const method = change.method?.toUpperCase() ?? before.method;
  // Source: docs https://www.twilio.com/docs/api/errors/50055, .../50077, .../50078
  if (method !== 'GET' && method !== 'POST') {
    throw new TwilioError(400, 50055, `Invalid webhook method ${method}`);
  }
  checkUrl(change.preWebhookUrl, 50077, 'Invalid pre-webhook url');
  checkUrl(change.postWebhookUrl, 50078, 'Invalid post-webhook url');
  return {
    method,
    filters: change.filters ?? before.filters,
    preWebhookUrl: (change.preWebhookUrl ?? before.preWebhookUrl) || null,
    postWebhookUrl: (change.postWebhookUrl ?? before.postWebhookUrl) || null,
  };
}

/** Guess: an empty value removes the URL. */
function checkUrl(url: string | undefined, code: number, message: string): void {
  if (url && !(URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))) {
    throw new TwilioError(400, code, message);
  }
}
