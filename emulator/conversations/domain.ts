/**
 * Conversations as one thing. The REST API (`rest/`) and the SDK's client API (`../realtime/`) are two faces of it:
 * what one changes, the other shows.
 */
import { Bus } from '../core/bus';
import type { Clock } from '../core/clock';
import { Conversations } from './conversations';
import type { ConversationsEvents } from './events';
import { Messages } from './messages';
import type { Actor, Conversation } from './model';
import { Participants } from './participants';
import { ScopedWebhooks } from './scoped-webhooks';
import { Services } from './services';
import { Users } from './users';

export class ConversationsDomain {
  readonly events = new Bus<ConversationsEvents>();
  readonly services: Services;
  readonly users: Users;
  readonly conversations: Conversations;
  readonly participants: Participants;
  readonly messages: Messages;
  readonly webhooks: ScopedWebhooks;

  constructor(
    clock: Clock,
    /** The account's default Service; for Flex it must be the Flex Chat Service. */
    readonly defaultServiceSid: string,
  ) {
    this.services = new Services(clock, defaultServiceSid);
    this.users = new Users(clock, this.events);
    this.conversations = new Conversations(clock, this.events);
    this.participants = new Participants(clock, this.events, this.conversations, this.users);
    this.messages = new Messages(clock, this.events, this.conversations, this.participants);
    this.webhooks = new ScopedWebhooks(clock, this.events);
  }

  /** Participants go first, so that their clients hear that they left before the Conversation is gone. */
  deleteConversation(conversation: Conversation, actor: Actor): void {
    const participants = this.participants.ofConversation(conversation.sid);
    for (const participant of participants) this.participants.remove(conversation, participant, actor);
    this.conversations.remove(conversation);
    this.events.emit('conversationRemoved', { conversation, participants, actor });
  }
}
