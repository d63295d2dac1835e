/** What Twilio would send to Apple and Google. Nothing is sent: `GET /emulator/pushes` lists it. */
import type { Bus } from '../../core/bus';
import type { Clock } from '../../core/clock';
import type { Conversations } from '../conversations';
import type { ConversationsEvents } from '../events';
import type { Messages } from '../messages';
import type { Actor, Conversation, Message, Participant } from '../model';
import type { Participants } from '../participants';
import type { Users } from '../users';
import type { Bindings } from './bindings';
import type { Credentials } from './credentials';
import type { EventConfiguration, Push, PushEvent } from './model';
import type { Notifications } from './notifications';
import { payloadOf } from './payload';
import { fill } from './template';

/** The newest are kept. */
const MAX_PUSHES = 1_000;

/** Of Conversations. */
export interface PushParts {
  events: Bus<ConversationsEvents>;
  users: Users;
  conversations: Conversations;
  participants: Participants;
  messages: Messages;
  credentials: Credentials;
  bindings: Bindings;
  notifications: Notifications;
}

interface Occasion {
  event: PushEvent;
  conversation: Conversation;
  /** The identity that caused it. It gets no push. Guess. */
  author: string;
  configuration: Omit<EventConfiguration, 'sound'> & { sound: string | null };
  message?: Message;
  badgeOf?: (identity: string) => number;
}

export class Pushes {
  private sent: Push[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly domain: PushParts,
  ) {
    const { events } = domain;
    events.on('messageAdded', (event) => this.pushMessage(event));
    events.on('participantAdded', (event) => this.pushMembership('added_to_conversation', event));
    events.on('participantRemoved', (event) => this.pushMembership('removed_from_conversation', event));
  }

  list(): readonly Push[] {
    return this.sent;
  }

  clear(): void {
    this.sent = [];
  }

  /** Guess: a message with Media is pushed as such or not at all. */
  private pushMessage({ conversation, message }: { conversation: Conversation; message: Message }): void {
    const { notifications, participants } = this.domain;
    const { newMessage, withMedia } = notifications.of(conversation.chatServiceSid);
    const configuration =
      message.media.length > 0 ? { ...withMedia, sound: newMessage.sound } : { ...newMessage };
    const occasion: Occasion = {
      event: 'new_message',
      conversation,
      author: message.author,
      configuration,
      message,
      ...(newMessage.badgeCountEnabled && {
        badgeOf: (identity) => this.unreadConversations(conversation.chatServiceSid, identity),
      }),
    };
    for (const participant of participants.ofConversation(conversation.sid)) this.push(participant, occasion);
  }

  /** Guess: the identity if no client acted. */
  private pushMembership(
    event: Exclude<PushEvent, 'new_message'>,
    change: { conversation: Conversation; participant: Participant; actor: Actor },
  ): void {
    const { conversation, participant, actor } = change;
    const { addedToConversation, removedFromConversation } = this.domain.notifications.of(
      conversation.chatServiceSid,
    );
    const configuration = event === 'added_to_conversation' ? addedToConversation : removedFromConversation;
    const author = actor.source === 'SDK' ? actor.identity : 'system';
    this.push(participant, { event, conversation, author, configuration });
  }

  /**
   * Guess: a User with a connected client gets none, because their app is in front: in the background the system ends its
   * connection. Source: docs https://www.twilio.com/docs/conversations-classic/api/user-conversation-resource
   * (notification_level: muted)
   */
  private push({ identity, notificationLevel }: Participant, occasion: Occasion): void {
    const { event, conversation, author, configuration, message, badgeOf } = occasion;
    const { users, bindings, credentials } = this.domain;
    const { chatServiceSid } = conversation;
    if (identity === null || identity === author || notificationLevel === 'muted') return;
    if (!configuration.enabled || users.find(chatServiceSid, identity)?.isOnline) return;
    for (const binding of bindings.of(chatServiceSid, identity)) {
      if (!binding.events.includes(event) || !credentials.find(binding.credentialSid)) continue;
      const text = fill(configuration.template, {
        conversation,
        message,
        participant: this.nameOf(chatServiceSid, author),
      });
      const shown = { text, sound: configuration.sound, badge: badgeOf?.(identity) ?? null };
      const { sid: bindingSid, type, endpoint, credentialSid } = binding;
      this.sent.push({
        at: this.clock.date(),
        event,
        identity,
        chatServiceSid,
        conversationSid: conversation.sid,
        bindingSid,
        type,
        endpoint,
        credentialSid,
        ...shown,
        payload: payloadOf(type, shown, { event, conversation, author, message }),
      });
    }
    if (this.sent.length > MAX_PUSHES) this.sent = this.sent.slice(-MAX_PUSHES);
  }

  /** Source: docs, as for the template's ${PARTICIPANT}: the name of the User, or else their identity */
  private nameOf(chatServiceSid: string, author: string): string {
    return this.domain.users.find(chatServiceSid, author)?.friendlyName ?? author;
  }

  /**
   * Source: docs https://github.com/twilio/TwilioChatJsReactNative/issues/40: the number of Conversations with new messages,
   * not that of the messages. Guess: a User's own messages are not new.
   */
  private unreadConversations(chatServiceSid: string, identity: string): number {
    const { conversations, participants, messages } = this.domain;
    return participants.conversationSidsOf(chatServiceSid, identity).filter((sid) => {
      const read = participants.find(sid, identity)?.lastReadMessageIndex ?? -1;
      const isOpen = conversations.get(sid)?.state !== 'closed';
      return (
        isOpen && messages.ofConversation(sid).some((one) => one.index > read && one.author !== identity)
      );
    }).length;
  }
}
