/** Scoped webhooks: the webhooks of one Conversation. Delivery is in `engine.ts`. */
import type { Bus } from '../../core/bus';
import type { Clock } from '../../core/clock';
import { TwilioError } from '../../core/errors';
import { createSid, isSid } from '../../core/sids';
import type { ConversationsEvents } from '../events';
import { MAX_SCOPED_WEBHOOKS, MAX_TRIGGER_CHARS, MAX_TRIGGERS, MAX_WEBHOOK_URL_CHARS } from '../limits';
import type { Conversation, ScopedWebhook, WebhookTarget } from '../model';

/** Post-events only. Source: openapi conversations_v1 (AutoCreation.WebhookFilters) */
const SCOPED_WEBHOOK_FILTERS: readonly string[] = [
  'onMessageAdded',
  'onMessageUpdated',
  'onMessageRemoved',
  'onConversationUpdated',
  'onConversationStateUpdated',
  'onConversationRemoved',
  'onParticipantAdded',
  'onParticipantUpdated',
  'onParticipantRemoved',
  'onDeliveryUpdated',
];

export interface WebhookSettings {
  url?: string | undefined;
  method?: string | undefined;
  filters?: string[] | undefined;
  triggers?: string[] | undefined;
  flowSid?: string | undefined;
}

export class ScopedWebhooks {
  private readonly byConversation = new Map<string, Map<string, ScopedWebhook>>();

  constructor(
    private readonly clock: Clock,
    private readonly events: Bus<ConversationsEvents>,
  ) {}

  add(
    conversation: Conversation,
    target: string | undefined,
    settings: WebhookSettings & { replayAfter?: number | undefined },
  ): ScopedWebhook {
    // Source: docs https://www.twilio.com/docs/api/errors/50368, .../50364
    if (!target) throw new TwilioError(400, 50368, 'Webhook Target is missing');
    if (!isTarget(target)) throw new TwilioError(400, 50364, `Webhook Target ${target} is invalid`);
    const all = this.mapOf(conversation.sid);
    // Source: docs https://www.twilio.com/docs/api/errors/50361
    if (all.size >= MAX_SCOPED_WEBHOOKS) {
      throw new TwilioError(400, 50361, `A Conversation has at most ${MAX_SCOPED_WEBHOOKS} webhooks`);
    }
    const now = this.clock.date();
    const webhook: ScopedWebhook = {
      sid: createSid('WH'),
      conversationSid: conversation.sid,
      target,
      url: settings.url ?? null,
      method: checkMethod(settings.method) ?? 'POST',
      filters: settings.filters ?? [],
      triggers: settings.triggers ?? [],
      flowSid: settings.flowSid ?? null,
      replayAfter: settings.replayAfter ?? null,
      dateCreated: now,
      dateUpdated: now,
    };
    checkWebhook(webhook);
    all.set(webhook.sid, webhook);
    this.events.emit('webhookAdded', { conversation, webhook });
    return webhook;
  }

  find(conversationSid: string, sid: string): ScopedWebhook | undefined {
    return this.byConversation.get(conversationSid)?.get(sid);
  }

  ofConversation(conversationSid: string): ScopedWebhook[] {
    return [...(this.byConversation.get(conversationSid)?.values() ?? [])];
  }

  update(webhook: ScopedWebhook, settings: WebhookSettings): ScopedWebhook {
    const changed: ScopedWebhook = {
      ...webhook,
      url: settings.url ?? webhook.url,
      method: checkMethod(settings.method) ?? webhook.method,
      filters: settings.filters ?? webhook.filters,
      triggers: settings.triggers ?? webhook.triggers,
      flowSid: settings.flowSid ?? webhook.flowSid,
    };
    checkWebhook(changed);
    return Object.assign(webhook, changed, { dateUpdated: this.clock.date() });
  }

  remove(webhook: ScopedWebhook): void {
    this.mapOf(webhook.conversationSid).delete(webhook.sid);
  }

  /** The Conversation is gone. */
  forget(conversationSid: string): void {
    this.byConversation.delete(conversationSid);
  }

  private mapOf(conversationSid: string): Map<string, ScopedWebhook> {
    let map = this.byConversation.get(conversationSid);
    if (!map) this.byConversation.set(conversationSid, (map = new Map()));
    return map;
  }
}

function isTarget(target: string): target is WebhookTarget {
  return target === 'webhook' || target === 'trigger' || target === 'studio';
}

function checkMethod(method: string | undefined): 'GET' | 'POST' | undefined {
  if (method === undefined) return undefined;
  const upper = method.toUpperCase();
  if (upper !== 'GET' && upper !== 'POST') {
    // Source: docs https://www.twilio.com/docs/api/errors/50055
    throw new TwilioError(400, 50055, `Invalid webhook method ${method}`);
  }
  return upper;
}

/** Each rule's number is the page of the error dictionary it comes from, https://www.twilio.com/docs/api/errors/N. */
function checkWebhook(webhook: ScopedWebhook): void {
  const wrong = webhook.filters.find((filter) => !SCOPED_WEBHOOK_FILTERS.includes(filter));
  if (wrong !== undefined) throw new TwilioError(400, 50365, `Webhook filter ${wrong} is invalid`);
  if (webhook.target === 'studio' && !isSid('FW', webhook.flowSid)) {
    throw new TwilioError(400, 50367, 'Studio webhooks need a valid Configuration.FlowSid');
  }
  if (webhook.target === 'webhook') {
    if (!webhook.url) throw new TwilioError(400, 50369, 'Webhooks need a Configuration.Url');
    // Guess: filters are required for target=webhook only; public code makes studio webhooks without any.
    if (webhook.filters.length === 0) throw new TwilioError(400, 50370, 'Webhooks need at least one filter');
  }
  if (webhook.url && webhook.url.length > MAX_WEBHOOK_URL_CHARS) {
    throw new TwilioError(400, 50372, `Webhook Url is longer than ${MAX_WEBHOOK_URL_CHARS} characters`);
  }
  if (webhook.target === 'trigger' && webhook.triggers.length === 0) {
    throw new TwilioError(400, 50371, 'Trigger webhooks need Configuration.Triggers');
  }
  if (webhook.triggers.length > MAX_TRIGGERS) throw new TwilioError(400, 50362, 'Too many triggers');
  if (webhook.triggers.some((trigger) => trigger === '' || trigger.length > MAX_TRIGGER_CHARS)) {
    throw new TwilioError(400, 50366, 'A trigger is empty or too long');
  }
}
