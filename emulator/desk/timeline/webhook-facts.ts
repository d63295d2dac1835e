/** Step 5: what the scoped webhooks delivered. */
import type { Webhooks } from '../../conversations/webhooks/domain';
import type { Timeline } from './timeline';

export function followWebhooks(timeline: Timeline, { scoped }: Webhooks): void {
  scoped.events.onFirst('delivered', ({ webhook, conversation, eventType, payload, sentAt, result }) =>
    timeline.add({
      step: webhook.target !== 'studio' ? 'after' : timeline.has(conversation.sid, '5') ? 'again' : '5',
      conversationSid: conversation.sid,
      kind: 'webhook',
      product: 'Conversations',
      title: `${eventType} → ${webhook.target === 'studio' ? 'Studio' : webhook.url}`,
      summary: 'reason' in result ? `${result.outcome}: ${result.reason}` : result.outcome,
      detail: { payload, result, webhook },
      at: sentAt,
    }),
  );
}
