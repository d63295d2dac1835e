/** Delivers what happens in Conversations to their scoped webhooks: to a URL, or to a Studio Flow. */
import { randomUUID } from 'node:crypto';
import type { Account } from '../../core/account';
import { Bus } from '../../core/bus';
import type { Clock } from '../../core/clock';
import type { ConversationsDomain } from '../domain';
import type { ConversationsEvents } from '../events';
import type { Actor, Conversation, Message, ScopedWebhook } from '../model';
import { WebhookDispatch } from './dispatch';
import { addressed, eventType, toPayload, type WebhookEventName } from './payload';
import { sendWebhook, type Payload, type WebhookOutcome } from '../../core/webhook-request';
import { isHeard, isWanted } from './rules';

/** A message for a Flow whose Conversation has a `studio` webhook. */
export interface IncomingConversationMessage {
  flowSid: string;
  conversation: Conversation;
  message: Message;
  webhook: ScopedWebhook;
  source: 'SDK' | 'API';
}

export interface WebhookDelivery {
  webhook: ScopedWebhook;
  conversation: Conversation;
  /** For example `onMessageAdded`. */
  eventType: string;
  payload: Payload;
  /** The time of sending, in milliseconds since the epoch: before a Flow runs, or before a response arrives. */
  sentAt: number;
  result: WebhookOutcome;
}

interface WebhookEngineOptions {
  domain: ConversationsDomain;
  account: Account;
  clock: Clock;
  /** The target of `studio` webhooks. The engine does not wait for the Flow to finish. */
  studio: (event: IncomingConversationMessage) => void;
  /** Its own unless it is shared. */
  dispatch?: WebhookDispatch;
  emulatorUrl?: string;
}

export const HANDLED_EVENTS: readonly WebhookEventName[] = [
  'messageAdded',
  'messageUpdated',
  'messageRemoved',
  'conversationUpdated',
  'conversationStateUpdated',
  'conversationRemoved',
  'participantAdded',
  'participantUpdated',
  'participantRemoved',
];

export class WebhookEngine {
  /** The outcome of each delivery. */
  readonly events = new Bus<{ delivered: WebhookDelivery }>();
  private readonly dispatch: WebhookDispatch;
  /** The author of a message, for its replay to a later webhook. */
  private readonly writers = new WeakMap<Message, Actor>();

  constructor(private readonly options: WebhookEngineOptions) {
    const { events } = options.domain;
    this.dispatch = options.dispatch ?? new WebhookDispatch(options.clock);
    for (const name of HANDLED_EVENTS) events.on(name, (event) => this.handle(name, event));
    events.on('messageAdded', ({ message, actor }) => this.writers.set(message, actor));
    events.on('webhookAdded', ({ conversation, webhook }) => this.replay(conversation, webhook));
  }

  /** Resolves when every delivery so far has an outcome. */
  settled(): Promise<void> {
    return this.dispatch.settled();
  }

  /** Stops delivery and aborts requests under way. */
  stop(): void {
    this.dispatch.stop();
  }

  private handle<Name extends WebhookEventName>(name: Name, event: ConversationsEvents[Name]): void {
    if (!isHeard(name, event.actor)) return;
    for (const webhook of this.options.domain.webhooks.ofConversation(event.conversation.sid)) {
      const message = 'message' in event ? event.message : undefined;
      if (isWanted(webhook, name, message)) this.enqueue(name, event, webhook);
    }
  }

  /** Guess: 0 leaves out message 0, as "after index" says; the source of the message does not matter. */
  private replay(conversation: Conversation, webhook: ScopedWebhook): void {
    const { replayAfter } = webhook;
    if (replayAfter === null) return;
    for (const message of this.options.domain.messages.ofConversation(conversation.sid)) {
      if (message.index <= replayAfter || !isWanted(webhook, 'messageAdded', message)) continue;
      const actor = this.writers.get(message) ?? { source: 'EVENT' };
      this.enqueue('messageAdded', { conversation, message, actor }, webhook);
    }
  }

  /** The payload is built now, and sent after the response to the change. */
  private enqueue<Name extends WebhookEventName>(
    name: Name,
    event: ConversationsEvents[Name],
    webhook: ScopedWebhook,
  ): void {
    const { account, clock, emulatorUrl } = this.options;
    const payload = addressed(toPayload(name, event, account.accountSid, clock.date()), webhook);
    const source = event.actor.source === 'SDK' ? 'SDK' : 'API';
    const { conversation } = event;
    const { stopped } = this.dispatch;
    const { authToken } = account;
    const sending = { authToken, clock, emulatorUrl, stopped, idempotencyToken: randomUUID() };
    // A copy, because the webhook may be changed or removed before its turn comes.
    const target = { ...webhook };
    this.dispatch.send(webhook, async () => {
      const sentAt = clock.now();
      const result =
        target.target === 'studio' && 'message' in event
          ? this.startFlow({
              flowSid: target.flowSid!,
              conversation,
              message: event.message,
              webhook,
              source,
            })
          : await sendWebhook(target, payload, sending);
      if (stopped.aborted) return;
      this.events.emit('delivered', {
        webhook,
        conversation,
        eventType: eventType(name),
        payload,
        sentAt,
        result,
      });
    });
  }

  private startFlow(event: IncomingConversationMessage): WebhookOutcome {
    try {
      this.options.studio(event);
      return { outcome: 'delivered' };
    } catch (error) {
      return { outcome: 'failed', reason: (error as Error).message };
    }
  }
}
