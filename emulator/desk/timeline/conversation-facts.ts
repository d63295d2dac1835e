/** Steps 2 and 4, the agent who joins and leaves, and the end: events of the Conversation itself. */
import type { Clock } from '../../core/clock';
import type { ConversationsDomain } from '../../conversations/domain';
import { AGENT_ROLE_SID } from '../../conversations/roles';
import type { Actor, Conversation, Participant } from '../../conversations/model';
import type { TimelineFact } from './entry';
import type { StepId } from './steps';
import type { Timeline } from './timeline';

export function followConversations(timeline: Timeline, domain: ConversationsDomain, clock: Clock): void {
  const add = (
    conversation: Conversation,
    fact: Pick<TimelineFact, 'step' | 'title' | 'summary' | 'detail'>,
  ): void =>
    timeline.add({
      conversationSid: conversation.sid,
      kind: 'event',
      product: 'Conversations',
      at: clock.now(),
      ...fact,
    });

  domain.events.onFirst('conversationAdded', ({ conversation, actor }) =>
    add(conversation, {
      step: '2.1',
      title: 'Conversation added',
      summary: conversation.friendlyName ?? conversation.sid,
      detail: { ...toPlain(conversation), by: by(actor) },
    }),
  );
  domain.events.onFirst('participantAdded', ({ conversation, participant, actor }) =>
    add(conversation, {
      step: isAgent(participant) ? '8' : '2.2',
      title: isAgent(participant) ? 'Agent joined' : 'Participant added',
      summary: participant.identity ?? participant.sid,
      detail: { ...participant, by: by(actor) },
    }),
  );
  domain.events.onFirst('webhookAdded', ({ conversation, webhook }) =>
    add(conversation, {
      step: webhook.target === 'studio' ? '2.3' : 'after',
      title: 'Scoped webhook added',
      summary: `target ${webhook.target}${webhook.filters.length > 0 ? `, ${webhook.filters.join(', ')}` : ''}`,
      detail: webhook,
    }),
  );
  domain.events.onFirst('messageAdded', ({ conversation, message, actor }) => {
    const participant = domain.participants.find(conversation.sid, message.author);
    const isFirstOfCustomer = participant && !isAgent(participant) && !timeline.has(conversation.sid, '4');
    add(conversation, {
      step: isFirstOfCustomer ? '4' : 'after',
      title: `Message ${message.index} added`,
      summary: `${senderName(conversation, participant)}: ${message.body ?? '(media)'}`,
      detail: { ...message, by: by(actor) },
    });
  });
  for (const [name, what] of [
    ['messageUpdated', 'edited'],
    ['messageRemoved', 'removed'],
  ] as const) {
    domain.events.onFirst(name, ({ conversation, message, actor }) =>
      add(conversation, {
        step: 'after',
        title: `Message ${message.index} ${what}`,
        summary: message.body ?? '(media)',
        detail: { ...message, by: by(actor) },
      }),
    );
  }
  domain.events.onFirst('participantRemoved', ({ conversation, participant, actor }) =>
    add(conversation, {
      step: 'after',
      title: isAgent(participant) ? 'Agent left' : 'Participant removed',
      summary: participant.identity ?? participant.sid,
      detail: { ...participant, by: by(actor) },
    }),
  );
  domain.events.onFirst('conversationStateUpdated', ({ conversation, from, to, actor }) =>
    add(conversation, {
      step: 'after',
      title: `Conversation ${to}`,
      summary: `${from} → ${to}`,
      detail: { state: { from, to }, by: by(actor) },
    }),
  );
  domain.events.on('conversationRemoved', ({ conversation }) => timeline.forget(conversation.sid));
  domain.events.onFirst('conversationUpdated', ({ conversation, actor }) =>
    add(conversation, {
      step: stepNow(timeline, conversation.sid),
      title: 'Conversation updated',
      summary: conversation.friendlyName ?? conversation.sid,
      detail: { ...toPlain(conversation), by: by(actor) },
    }),
  );
}

export function isAgent(participant: Participant): boolean {
  return participant.roleSid === AGENT_ROLE_SID;
}

/** Changes before the agent joins belong to the preparation; later ones come after the guide's steps. */
export function stepNow(timeline: Timeline, conversationSid: string): StepId {
  return timeline.has(conversationSid, '3') ? 'after' : '2.1';
}

function senderName(conversation: Conversation, participant: Participant | undefined): string {
  if (!participant) return 'automatic';
  if (isAgent(participant)) return participant.identity ?? 'agent';
  return conversation.friendlyName ?? 'customer';
}

function by(actor: Actor): string {
  if (actor.source === 'SDK') return `SDK, ${actor.identity}`;
  return { API: 'REST API', TIMER: 'timer', EVENT: 'Twilio' }[actor.source];
}

function toPlain({ nextMessageIndex: _internal, ...conversation }: Conversation): object {
  return conversation;
}
