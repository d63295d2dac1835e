/** Which changes a scoped webhook receives. */
import type { Actor, Message, ScopedWebhook } from '../model';
import { eventType, type UserEventName, type WebhookEventName } from './payload';

/**
 * SDK changes always; REST changes only on request, which prevents loops between two back ends.
 * Source: docs https://www.twilio.com/docs/conversations/conversations-webhooks
 * Guess: timers and Twilio's own back end trigger it (a state change has the Reasons TIMER and EVENT), except
 * for messages, so that a Studio Flow's message does not start the Flow again.
 */
export function isHeard(name: WebhookEventName | UserEventName, actor: Actor): boolean {
  if (actor.source === 'SDK') return true;
  if (actor.source === 'API') return actor.webhookEnabled;
  return !name.startsWith('message');
}

/** Whether this webhook receives this event. */
export function isWanted(webhook: ScopedWebhook, name: WebhookEventName, message?: Message): boolean {
  const { target, filters, triggers } = webhook;
  switch (target) {
    case 'webhook':
      return filters.includes(eventType(name));
    case 'studio':
      // A Flow's "Incoming Conversation" trigger is about messages only. Guess: no filters means this one.
      return name === 'messageAdded' && (filters.length === 0 || filters.includes('onMessageAdded'));
    case 'trigger':
      return name === 'messageAdded' && triggers.some((keyword) => contains(message?.body, keyword));
  }
}

/** Guess: any case, anywhere in the body; the documentation says only "keywords". */
function contains(body: string | null | undefined, keyword: string): boolean {
  return body?.toLowerCase().includes(keyword.toLowerCase()) ?? false;
}
