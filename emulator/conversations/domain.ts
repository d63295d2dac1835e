/**
 * Conversations as a whole. The REST API (`rest/`) and the SDK's client API (`../realtime/`) are two faces of it:
 * what one changes, the other shows.
 */
import { Bus } from '../core/bus';
import type { Contents } from '../content/domain';
import type { Clock } from '../core/clock';
import type { AskFirst, Modifications, PreEvent } from './before-change';
import { Conversations } from './conversations';
import type { ConversationsEvents } from './events';
import { DeliveryReceipts } from './delivery-receipts';
import { MediaLibrary } from './media/library';
import { Messages } from './messages';
import { TwilioError } from '../core/errors';
import { SYSTEM, type Actor, type Conversation, type Participant, type Service } from './model';
import { Participants } from './participants';
import { Bindings } from './push/bindings';
import { Credentials } from './push/credentials';
import type { PushType } from './push/model';
import { Notifications } from './push/notifications';
import { Pushes } from './push/pushes';
import { RichMedia } from './rich-media';
import { RateLimits } from './rate-limits';
import { ScopedWebhooks } from './webhooks/scoped-webhooks';
import { Roles } from './roles';
import { Services } from './services';
import { Users } from './users';

/** One Participant of one Conversation. */
export interface Membership {
  conversation: Conversation;
  participant: Participant;
}

export class ConversationsDomain {
  readonly events = new Bus<ConversationsEvents>();
  readonly services: Services;
  readonly roles = new Roles();
  readonly users: Users;
  readonly conversations: Conversations;
  readonly participants: Participants;
  readonly messages: Messages;
  readonly media: MediaLibrary;
  readonly richMedia: RichMedia;
  readonly receipts: DeliveryReceipts;
  readonly webhooks: ScopedWebhooks;
  readonly rateLimits: RateLimits;
  readonly credentials: Credentials;
  readonly bindings: Bindings;
  readonly notifications = new Notifications();
  readonly pushes: Pushes;
  /** Allows every change unless pre-event webhooks are wired in. */
  askFirst: AskFirst = () => undefined;

  constructor(
    clock: Clock,
    /** The account's default Service; for Flex it must be the Flex Chat Service. */
    readonly defaultServiceSid: string,
    contents: Contents,
    /** Push Credentials of the account. */
    credentials: readonly { sid: string; type: PushType }[] = [],
    maxMessages?: number,
  ) {
    this.services = new Services(clock, defaultServiceSid);
    this.users = new Users(clock, this.events);
    this.conversations = new Conversations(clock, this.events);
    this.participants = new Participants(clock, this.events, this.conversations, this.users);
    this.messages = new Messages(clock, this.events, this.conversations, this.participants, maxMessages);
    this.media = new MediaLibrary(clock, this.events);
    this.richMedia = new RichMedia(contents, this.media);
    this.receipts = new DeliveryReceipts(clock, this.events);
    this.webhooks = new ScopedWebhooks(clock, this.events);
    this.rateLimits = new RateLimits(clock);
    this.credentials = new Credentials(clock, credentials);
    this.bindings = new Bindings(clock, this.credentials);
    this.pushes = new Pushes(clock, this);
  }

  /**
   * Both APIs call this before they make a change for a client. Throws if the change is refused. Undefined if no webhook
   * is called.
   */
  beforeChange(event: PreEvent): Promise<Modifications> | undefined {
    this.rateLimits.count(event);
    return this.askFirst(event);
  }

  /** Participants are removed first, so that their clients learn that they left before the Conversation is deleted. */
  deleteConversation(conversation: Conversation, actor: Actor): void {
    const participants = this.participants.ofConversation(conversation.sid);
    for (const participant of participants) this.participants.remove(conversation, participant, actor);
    this.conversations.remove(conversation);
    this.events.emit('conversationRemoved', { conversation, participants, actor });
    this.receipts.forget(this.messages.ofConversation(conversation.sid));
    this.messages.forget(conversation.sid);
    this.webhooks.forget(conversation.sid);
  }

  /** With everything in it. */
  deleteService(service: Service): void {
    // Guess: Twilio's answer to this is not documented; the account cannot be without a default Service.
    if (service.sid === this.defaultServiceSid) {
      throw new TwilioError(400, 20001, 'The default Service cannot be deleted');
    }
    for (const conversation of this.conversations.list(service.sid))
      this.deleteConversation(conversation, SYSTEM);
    for (const user of this.users.list(service.sid)) this.users.delete(user);
    this.bindings.forgetService(service.sid);
    this.notifications.forgetService(service.sid);
    this.services.delete(service);
  }

  /** Where this identity takes part, oldest membership first, closed Conversations included. */
  membershipsOf(chatServiceSid: string, identity: string): Membership[] {
    return this.participants.conversationSidsOf(chatServiceSid, identity).map((conversationSid) => ({
      conversation: this.conversations.get(conversationSid)!,
      participant: this.participants.find(conversationSid, identity)!,
    }));
  }

  /** Where this phone number or other address takes part. */
  membershipsOfAddress(chatServiceSid: string, address: string): Membership[] {
    return this.conversations.list(chatServiceSid).flatMap((conversation) =>
      this.participants
        .ofConversation(conversation.sid)
        .filter((participant) => participant.messagingBinding?.['address'] === address)
        .map((participant) => ({ conversation, participant })),
    );
  }
}
