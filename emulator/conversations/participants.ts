/** Participants: who is in a Conversation. */
import type { Bus } from '../core/bus';
import type { Clock } from '../core/clock';
import { TwilioError } from '../core/errors';
import { createSid } from '../core/sids';
import { wasCreatedBy, type Conversations } from './conversations';
import type { ConversationsEvents } from './events';
import {
  MAX_CONVERSATIONS_PER_IDENTITY,
  MAX_NON_CHAT_PARTICIPANTS,
  MAX_PARTICIPANT_ATTRIBUTES_BYTES,
  MAX_PARTICIPANTS,
} from './limits';
import { checkBinding, toBinding, type MessagingBinding } from './messaging-binding';
import type { Actor, Conversation, NotificationLevel, Participant } from './model';
import { CREATOR_ROLE_SID, GUEST_ROLE_SID } from './roles';
import type { Users } from './users';
import { checkAttributes, checkIdentity } from './validation';

export interface NewParticipant {
  identity?: string | undefined;
  messagingBinding?: MessagingBinding | undefined;
  attributes?: string | undefined;
  roleSid?: string | undefined;
  dateCreated?: Date | undefined;
  dateUpdated?: Date | undefined;
}

interface ParticipantChange {
  attributes?: string | undefined;
  roleSid?: string | undefined;
  /** Null clears the read horizon. */
  lastReadMessageIndex?: number | null | undefined;
  /** Now, when only the index is given. */
  lastReadTimestamp?: Date | undefined;
  notificationLevel?: NotificationLevel | undefined;
  dateCreated?: Date | undefined;
  /** Now, unless it says otherwise. */
  dateUpdated?: Date | undefined;
}

export class Participants {
  private readonly byConversation = new Map<string, Map<string, Participant>>();
  private readonly conversationsByIdentity = new Map<string, Set<string>>();

  constructor(
    private readonly clock: Clock,
    private readonly events: Bus<ConversationsEvents>,
    private readonly conversations: Conversations,
    private readonly users: Users,
  ) {}

  add(conversation: Conversation, wanted: NewParticipant, actor: Actor): Participant {
    this.conversations.refuseClosed(conversation);
    const { identity, messagingBinding } = wanted;
    // Source: docs https://www.twilio.com/docs/api/errors/50211
    if (identity !== undefined && messagingBinding?.address !== undefined) {
      throw new TwilioError(400, 50211, 'A Participant has an Identity or an address, not both');
    }
    // Source: docs https://www.twilio.com/docs/api/errors/50204
    if (identity === undefined && !messagingBinding) throw new TwilioError(400, 50204, 'Identity is missing');
    if (messagingBinding) this.checkBinding(conversation, messagingBinding);
    const present = this.ofConversation(conversation.sid);
    if (identity !== undefined) {
      checkIdentity(identity);
      if (this.find(conversation.sid, identity)) {
        // Source: public code (the status 409); docs https://www.twilio.com/docs/api/errors/50433
        throw new TwilioError(409, 50433, 'Participant already exists');
      }
      if (
        this.conversationSidsOf(conversation.chatServiceSid, identity).length >=
        MAX_CONVERSATIONS_PER_IDENTITY
      ) {
        // Source: docs https://www.twilio.com/docs/api/errors/50214
        throw new TwilioError(400, 50214, 'User is in too many Conversations');
      }
    } else if (present.filter((one) => one.identity === null).length >= MAX_NON_CHAT_PARTICIPANTS) {
      // Guess: this case is 50418, the other code about too many Participants.
      throw new TwilioError(400, 50418, 'Too many Participants that are not on chat');
    }
    // Source: docs https://www.twilio.com/docs/api/errors/50417
    if (present.length >= MAX_PARTICIPANTS) throw new TwilioError(400, 50417, 'Too many Participants');

    const now = this.clock.date();
    const participant: Participant = {
      sid: createSid('MB'),
      conversationSid: conversation.sid,
      identity: identity ?? null,
      messagingBinding: messagingBinding ? toBinding(messagingBinding) : null,
      attributes: checkAttributes(wanted.attributes ?? '{}', MAX_PARTICIPANT_ATTRIBUTES_BYTES),
      roleSid: wanted.roleSid ?? defaultRole(conversation, identity),
      lastReadMessageIndex: null,
      lastReadTimestamp: null,
      notificationLevel: 'default',
      dateCreated: wanted.dateCreated ?? now,
      dateUpdated: wanted.dateUpdated ?? wanted.dateCreated ?? now,
    };
    if (identity !== undefined) {
      this.users.ensure(conversation.chatServiceSid, identity, actor);
      this.sidSetOf(conversation.chatServiceSid, identity).add(conversation.sid);
    }
    this.mapOf(conversation.sid).set(participant.sid, participant);
    this.events.emit('participantAdded', { conversation, participant, actor });
    return participant;
  }

  /** By SID or identity. */
  find(conversationSid: string, sidOrIdentity: string): Participant | undefined {
    const map = this.byConversation.get(conversationSid);
    return (
      map?.get(sidOrIdentity) ?? [...(map?.values() ?? [])].find((one) => one.identity === sidOrIdentity)
    );
  }

  ofConversation(conversationSid: string): Participant[] {
    return [...(this.byConversation.get(conversationSid)?.values() ?? [])];
  }

  /** SIDs of the Conversations that this identity is in, closed ones included. */
  conversationSidsOf(chatServiceSid: string, identity: string): string[] {
    return [...(this.conversationsByIdentity.get(`${chatServiceSid}/${identity}`) ?? [])];
  }

  update(
    conversation: Conversation,
    participant: Participant,
    change: ParticipantChange,
    actor: Actor,
  ): Participant {
    if (change.attributes !== undefined) {
      participant.attributes = checkAttributes(change.attributes, MAX_PARTICIPANT_ATTRIBUTES_BYTES);
    }
    if (change.roleSid !== undefined) participant.roleSid = change.roleSid;
    const now = this.clock.date();
    if (change.lastReadMessageIndex !== undefined) {
      participant.lastReadMessageIndex = change.lastReadMessageIndex;
      participant.lastReadTimestamp = now;
    }
    if (change.lastReadTimestamp !== undefined) participant.lastReadTimestamp = change.lastReadTimestamp;
    if (change.notificationLevel !== undefined) participant.notificationLevel = change.notificationLevel;
    if (change.dateCreated !== undefined) participant.dateCreated = change.dateCreated;
    participant.dateUpdated = change.dateUpdated ?? now;
    this.events.emit('participantUpdated', { conversation, participant, actor });
    return participant;
  }

  remove(conversation: Conversation, participant: Participant, actor: Actor): void {
    remove(this.byConversation, conversation.sid, participant.sid);
    if (participant.identity !== null) {
      const key = `${conversation.chatServiceSid}/${participant.identity}`;
      remove(this.conversationsByIdentity, key, conversation.sid);
    }
    this.events.emit('participantRemoved', { conversation, participant, actor });
  }

  /** A pair of address and proxy address is unique among open Conversations, so that replies can be routed. */
  private checkBinding({ chatServiceSid }: Conversation, binding: MessagingBinding): void {
    checkBinding(binding);
    const { address, proxyAddress } = binding;
    const other = this.conversations
      .list(chatServiceSid)
      .filter(({ state }) => state !== 'closed')
      .find(({ sid }) =>
        this.ofConversation(sid).some(
          ({ messagingBinding: used }) =>
            used?.['address'] !== undefined &&
            used['address'] === address &&
            used['proxy_address'] === proxyAddress,
        ),
      );
    // Source: docs https://www.twilio.com/docs/api/errors/50416. Guess: the HTTP status 409.
    if (other) throw new TwilioError(409, 50416, `The addresses are in use in Conversation ${other.sid}`);
  }

  private mapOf(conversationSid: string): Map<string, Participant> {
    let map = this.byConversation.get(conversationSid);
    if (!map) this.byConversation.set(conversationSid, (map = new Map()));
    return map;
  }

  private sidSetOf(chatServiceSid: string, identity: string): Set<string> {
    const key = `${chatServiceSid}/${identity}`;
    let set = this.conversationsByIdentity.get(key);
    if (!set) this.conversationsByIdentity.set(key, (set = new Set()));
    return set;
  }
}

function defaultRole(conversation: Conversation, identity: string | undefined): string {
  const isCreator = identity !== undefined && wasCreatedBy(conversation, identity);
  return isCreator ? CREATOR_ROLE_SID : GUEST_ROLE_SID;
}

/** With the last one goes the collection: an emulator that runs for days has had many. */
function remove(
  collections: Map<string, { delete(member: string): boolean; size: number }>,
  key: string,
  member: string,
): void {
  const collection = collections.get(key);
  collection?.delete(member);
  if (collection?.size === 0) collections.delete(key);
}
