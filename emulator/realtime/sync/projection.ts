/**
 * Keeps the Sync objects that SDK clients copy in step with Conversations. It listens to the one domain, so it makes no
 * difference whether the REST API, an SDK client, a timer or Flex made a change.
 */
import { wasCreatedBy } from '../../conversations/conversations';
import type { ConversationsDomain } from '../../conversations/domain';
import type { ConversationsEvents } from '../../conversations/events';
import type { Conversation, Participant, User } from '../../conversations/model';
import { Afterwards } from '../../core/afterwards';
import type { Clock } from '../../core/clock';
import {
  conversationData,
  messageData,
  myConversationData,
  participantData,
  reachabilityData,
  syncNames,
  userNames,
} from './data';
import type { SyncCollection, SyncList, SyncMap } from './collections';
import type { SyncDocument, SyncObject } from './objects';
import { createSyncJournal, SyncStore } from './store';

interface ConversationObjects {
  document: SyncDocument;
  messages: SyncList;
  roster: SyncMap;
}

interface UserObjects {
  info: SyncMap;
  conversations: SyncMap;
}

export class Projection {
  private readonly stores = new Map<string, SyncStore>();
  private readonly conversations = new Map<string, ConversationObjects>();
  private readonly users = new Map<string, UserObjects>();
  private readonly afterwards = new Afterwards();
  private readonly journal;

  constructor(
    clock: Clock,
    private readonly domain: ConversationsDomain,
    /** Revokes an identity's access to objects that it may no longer read. */
    private readonly revoke: (objects: SyncObject[], identity: string) => void,
  ) {
    this.journal = createSyncJournal(clock);
    this.follow('userAdded', ({ user }) => this.addUser(user));
    this.follow('userUpdated', ({ user }) => this.updateUser(user));
    this.follow('conversationAdded', ({ conversation }) => this.addConversation(conversation));
    // At once: an advance of the clock can change the state twice, and clients see both.
    for (const name of ['conversationUpdated', 'conversationStateUpdated'] as const) {
      domain.events.on(name, ({ conversation }) => {
        this.catchUp();
        this.updateConversation(conversation);
      });
    }
    this.follow('conversationRemoved', ({ conversation }) => this.removeConversation(conversation));
    this.follow('participantAdded', ({ conversation, participant }) => {
      this.setParticipant(conversation, participant);
      this.setMyConversation(conversation, participant);
    });
    this.follow('participantUpdated', ({ conversation, participant }) => {
      this.setParticipant(conversation, participant);
      this.setMyConversation(conversation, participant);
    });
    this.follow('participantRemoved', ({ conversation, participant }) =>
      this.removeParticipant(conversation, participant),
    );
    this.follow('messageAdded', ({ conversation, message }) => {
      this.conversationObjects(conversation).messages.set(message.index, messageData(message));
      this.updateConversation(conversation);
    });
    for (const name of ['messageUpdated', 'deliveryUpdated'] as const) {
      this.follow(name, ({ conversation, message }) =>
        this.conversationObjects(conversation).messages.set(message.index, messageData(message)),
      );
    }
    this.follow('messageRemoved', ({ conversation, message }) =>
      this.conversationObjects(conversation).messages.delete(message.index),
    );
    this.follow('messagesDropped', ({ conversation, messages }) =>
      this.conversationObjects(conversation).messages.discardBefore(messages.at(-1)!.index + 1),
    );
  }

  /** A REST response does not wait for the events of SDK clients. */
  private follow<Name extends keyof ConversationsEvents>(
    name: Name,
    update: (event: ConversationsEvents[Name]) => void,
  ): void {
    this.domain.events.on(name, (event) => this.afterwards.add(() => update(event)));
  }

  /** From the domain's state alone: no events were emitted for its contents. */
  rebuild(): void {
    const { users, conversations, participants, messages } = this.domain;
    for (const user of users.all()) this.addUser(user);
    for (const conversation of conversations.all()) {
      this.addConversation(conversation);
      for (const participant of participants.ofConversation(conversation.sid)) {
        this.setParticipant(conversation, participant);
        this.setMyConversation(conversation, participant);
      }
      const list = this.conversationObjects(conversation).messages;
      for (const message of messages.ofConversation(conversation.sid)) {
        list.set(message.index, messageData(message));
      }
      this.updateConversation(conversation);
    }
  }

  /**
   * Clients still hold what was made after the snapshot, and would take the next message for a change of one of those:
   * each such item comes once more, and goes.
   */
  takeBack(previous: Projection): void {
    previous.catchUp();
    for (const [key, { conversations }] of previous.users) {
      const objects = this.users.get(key);
      if (objects) removeSurplus(objects.conversations, conversations);
    }
    for (const [sid, { messages, roster }] of previous.conversations) {
      const objects = this.conversations.get(sid);
      if (!objects) continue;
      removeSurplus(objects.messages, messages);
      removeSurplus(objects.roster, roster);
    }
  }

  /** Sends what is still to be sent of the changes so far. */
  catchUp(): void {
    this.afterwards.finish();
  }

  storeOf(chatServiceSid: string): SyncStore {
    this.catchUp();
    return this.storeFor(chatServiceSid);
  }

  messagesOf(conversation: Conversation): SyncList {
    this.catchUp();
    return this.conversationObjects(conversation).messages;
  }

  private storeFor(chatServiceSid: string): SyncStore {
    let store = this.stores.get(chatServiceSid);
    if (!store) this.stores.set(chatServiceSid, (store = new SyncStore(chatServiceSid, this.journal)));
    return store;
  }

  private addUser(user: User): void {
    // An object that was deleted and is needed again: clients are still subscribed to it.
    if (this.users.has(userKey(user.chatServiceSid, user.identity))) return this.updateUser(user);
    const store = this.storeFor(user.chatServiceSid);
    const names = userNames(user.identity);
    const objects = {
      info: store.map(names.info, () => true),
      conversations: store.map(names.conversations, (identity) => identity === user.identity),
    };
    this.users.set(userKey(user.chatServiceSid, user.identity), objects);
    this.updateUser(user);
  }

  private updateUser(user: User): void {
    const { info } = this.userObjects(user.chatServiceSid, user.identity);
    setIfChanged(info, 'friendlyName', { value: user.friendlyName });
    setIfChanged(info, 'attributes', { value: user.attributes });
    setIfChanged(info, 'reachability', reachabilityData(user));
  }

  private addConversation(conversation: Conversation): void {
    const store = this.storeFor(conversation.chatServiceSid);
    const names = syncNames(conversation.sid);
    const mayRead = this.readersOf(conversation);
    this.conversations.set(conversation.sid, {
      document: store.document(names.conversation, mayRead, conversationData(conversation)),
      messages: store.list(names.messages, mayRead),
      roster: store.map(names.participants, mayRead),
    });
  }

  /** The creator opens the document before joining. Guess: the creator may read that much of it. */
  private readersOf(conversation: Conversation): (identity: string) => boolean {
    return (identity) =>
      this.domain.participants.find(conversation.sid, identity)?.identity === identity ||
      wasCreatedBy(conversation, identity);
  }

  private updateConversation(conversation: Conversation): void {
    const last = this.domain.messages.ofConversation(conversation.sid).at(-1);
    this.conversationObjects(conversation).document.set(conversationData(conversation, last));
  }

  private removeConversation(conversation: Conversation): void {
    const { roster, messages, document } = this.conversationObjects(conversation);
    const store = this.storeFor(conversation.chatServiceSid);
    for (const object of [roster, messages, document]) store.remove(object);
    this.conversations.delete(conversation.sid);
  }

  private setParticipant(conversation: Conversation, participant: Participant): void {
    this.conversationObjects(conversation).roster.set(participant.sid, participantData(participant));
  }

  private setMyConversation(conversation: Conversation, participant: Participant): void {
    if (participant.identity === null) return;
    const { conversations } = this.userObjects(conversation.chatServiceSid, participant.identity);
    setIfChanged(conversations, conversation.sid, myConversationData(conversation, participant));
  }

  private removeParticipant(conversation: Conversation, participant: Participant): void {
    const objects = this.conversationObjects(conversation);
    objects.roster.delete(participant.sid);
    if (participant.identity === null) return;
    this.userObjects(conversation.chatServiceSid, participant.identity).conversations.delete(
      conversation.sid,
    );
    this.revoke([objects.document, objects.messages, objects.roster], participant.identity);
  }

  private conversationObjects(conversation: Conversation): ConversationObjects {
    const objects = this.conversations.get(conversation.sid);
    if (!objects) throw new Error(`Nothing is kept for Conversation ${conversation.sid}`);
    return objects;
  }

  private userObjects(chatServiceSid: string, identity: string): UserObjects {
    const objects = this.users.get(userKey(chatServiceSid, identity));
    if (!objects) throw new Error(`Nothing is kept for User ${identity}`);
    return objects;
  }
}

function userKey(chatServiceSid: string, identity: string): string {
  return `${chatServiceSid}/${identity}`;
}

function removeSurplus<Key extends string | number>(
  collection: SyncCollection<Key>,
  previous: SyncCollection<Key>,
): void {
  for (const { key, data } of previous.sorted) {
    if (collection.get(key) !== undefined) continue;
    collection.set(key, data);
    collection.delete(key);
  }
}

/** An update that changes nothing would still be an event to every client. */
function setIfChanged(map: SyncMap, key: string, data: object): void {
  if (JSON.stringify(map.get(key)) !== JSON.stringify(data)) map.set(key, data);
}
