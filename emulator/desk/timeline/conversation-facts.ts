/** Steps 2 and 4, the agent who joins and leaves, and the end: events of the Conversation itself. */
import type { Clock } from '../../core/clock';
import type { ConversationsDomain } from '../../conversations/domain';
import type { ConversationsEvents } from '../../conversations/events';
import { AGENT_ROLE_SID } from '../../conversations/roles';
import type { Actor, Conversation, Participant } from '../../conversations/model';
import type { TimelineFact } from './entry';
import type { StepId } from './steps';
import type { Timeline } from './timeline';

type Fact = Pick<TimelineFact, 'step' | 'title' | 'summary' | 'detail'>;

export function followConversations(timeline: Timeline, domain: ConversationsDomain, clock: Clock): void {
  const follow = <Name extends Exclude<keyof ConversationsEvents, `user${string}`>>(
    name: Name,
    toFact: (event: ConversationsEvents[Name]) => Fact,
  ): void => {
    domain.events.onFirst(name, (event) => {
      const { sid: conversationSid } = event.conversation;
      const at = clock.now();
      timeline.later(() =>
        timeline.add({ conversationSid, kind: 'event', product: 'Conversations', at, ...toFact(event) }),
      );
    });
  };

  follow('conversationAdded', ({ conversation, actor }) => ({
    step: '2.1',
    title: 'Conversation added',
    summary: conversation.friendlyName ?? conversation.sid,
    detail: { ...toPlain(conversation), by: by(actor) },
  }));
  follow('participantAdded', ({ participant, actor }) => ({
    step: isAgent(participant) ? '8' : '2.2',
    title: isAgent(participant) ? 'Agent joined' : 'Participant added',
    summary: participant.identity ?? participant.sid,
    detail: { ...participant, by: by(actor) },
  }));
  follow('webhookAdded', ({ webhook }) => ({
    step: webhook.target === 'studio' ? '2.3' : 'after',
    title: 'Scoped webhook added',
    summary: `target ${webhook.target}${webhook.filters.length > 0 ? `, ${webhook.filters.join(', ')}` : ''}`,
    detail: webhook,
  }));
  follow('messageAdded', ({ conversation, message, actor }) => {
    const participant = domain.participants.find(conversation.sid, message.author);
    const isFirstOfCustomer = participant && !isAgent(participant) && !timeline.has(conversation.sid, '4');
    return {
      step: isFirstOfCustomer ? '4' : 'after',
      title: `Message ${message.index} added`,
      summary: `${senderName(conversation, participant)}: ${message.body ?? '(media)'}`,
      detail: { ...message, by: by(actor) },
    };
  });
  for (const [name, what] of [
    ['messageUpdated', 'edited'],
    ['messageRemoved', 'removed'],
  ] as const) {
    follow(name, ({ message, actor }) => ({
      step: 'after',
      title: `Message ${message.index} ${what}`,
      summary: message.body ?? '(media)',
      detail: { ...message, by: by(actor) },
    }));
  }
  follow('participantRemoved', ({ participant, actor }) => ({
    step: 'after',
    title: isAgent(participant) ? 'Agent left' : 'Participant removed',
    summary: participant.identity ?? participant.sid,
    detail: { ...participant, by: by(actor) },
  }));
  follow('conversationStateUpdated', ({ from, to, actor }) => ({
    step: 'after',
    title: `Conversation ${to}`,
    summary: `${from} → ${to}`,
    detail: { state: { from, to }, by: by(actor) },
  }));
  follow('conversationUpdated', ({ conversation, actor }) => ({
    step: stepNow(timeline, conversation.sid),
    title: 'Conversation updated',
    summary: conversation.friendlyName ?? conversation.sid,
    detail: { ...toPlain(conversation), by: by(actor) },
  }));
  domain.events.on('conversationRemoved', ({ conversation }) => timeline.forget(conversation.sid));
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
