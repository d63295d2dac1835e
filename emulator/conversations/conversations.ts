/** Conversations: their states from active through inactive to closed. */
import type { Bus } from '../core/bus';
import type { Clock } from '../core/clock';
import { invalidParameter, TwilioError } from '../core/errors';
import { createSid, isSid } from '../core/sids';
import type { ConversationsEvents } from './events';
import { MAX_CONVERSATION_ATTRIBUTES_BYTES } from './limits';
import { CONVERSATION_STATES, SYSTEM, type Actor, type Conversation, type ConversationState } from './model';
import { checkTimers, Timers } from './timers';
import { checkAttributes, checkFriendlyName, checkUniqueName } from './validation';

export interface ConversationChange {
  friendlyName?: string | undefined;
  uniqueName?: string | undefined;
  attributes?: string | undefined;
  messagingServiceSid?: string | undefined;
  state?: string | undefined;
  timerInactive?: string | undefined;
  timerClosed?: string | undefined;
  dateCreated?: Date | undefined;
  dateUpdated?: Date | undefined;
}

/** `createdBy` of everything that the REST API created. A user with this identity created none of it. */
const BY_REST = 'system';

export class Conversations {
  private readonly bySid = new Map<string, Conversation>();
  private readonly sidByUniqueName = new Map<string, string>();
  private readonly timers: Timers;

  constructor(
    private readonly clock: Clock,
    private readonly events: Bus<ConversationsEvents>,
  ) {
    this.timers = new Timers(clock, (conversation, to) =>
      this.setState(conversation, to, { source: 'TIMER' }),
    );
  }

  create(chatServiceSid: string, change: ConversationChange, actor: Actor): Conversation {
    const state = checkState(change.state) ?? 'active';
    // Source: docs https://www.twilio.com/docs/api/errors/50384
    if (state === 'closed') throw new TwilioError(400, 50384, 'A Conversation cannot be created closed');
    if ((change.timerInactive || change.timerClosed) && change.state === undefined) {
      // Source: docs https://www.twilio.com/docs/api/errors/50382
      throw new TwilioError(400, 50382, 'Timers on create need State in the same request');
    }
    const timers = checkTimers(change);
    const uniqueName = change.uniqueName ? this.claim(chatServiceSid, change.uniqueName) : null;
    const now = this.clock.date();
    const conversation: Conversation = {
      sid: createSid('CH'),
      chatServiceSid,
      messagingServiceSid: checkMessagingServiceSid(change.messagingServiceSid ?? ''),
      friendlyName: change.friendlyName === undefined ? null : checkFriendlyName(change.friendlyName),
      uniqueName,
      attributes: checkAttributes(change.attributes ?? '{}', MAX_CONVERSATION_ATTRIBUTES_BYTES),
      state,
      dateState: now,
      timers: { inactive: null, closed: null, dateInactive: null, dateClosed: null, ...timers },
      createdBy: actor.source === 'SDK' ? actor.identity : BY_REST,
      dateCreated: change.dateCreated ?? now,
      dateUpdated: change.dateUpdated ?? change.dateCreated ?? now,
      nextMessageIndex: 0,
    };
    this.bySid.set(conversation.sid, conversation);
    if (uniqueName) this.sidByUniqueName.set(`${chatServiceSid}/${uniqueName}`, conversation.sid);
    this.timers.arm(conversation);
    this.events.emit('conversationAdded', { conversation, actor });
    return conversation;
  }

  resume(): void {
    for (const conversation of this.bySid.values()) this.timers.resume(conversation);
  }

  /** Of every Service, oldest first. */
  all(): Conversation[] {
    return [...this.bySid.values()];
  }

  /** By SID or unique name, in one Service. */
  find(chatServiceSid: string, sidOrUniqueName: string): Conversation | undefined {
    const sid = this.sidByUniqueName.get(`${chatServiceSid}/${sidOrUniqueName}`) ?? sidOrUniqueName;
    const conversation = this.bySid.get(sid);
    return conversation?.chatServiceSid === chatServiceSid ? conversation : undefined;
  }

  get(sid: string): Conversation | undefined {
    return this.bySid.get(sid);
  }

  list(chatServiceSid: string): Conversation[] {
    return [...this.bySid.values()].filter((conversation) => conversation.chatServiceSid === chatServiceSid);
  }

  update(conversation: Conversation, change: ConversationChange, actor: Actor): Conversation {
    const state = checkState(change.state);
    this.refuseClosed(conversation);
    const timers = checkTimers(change);
    const friendlyName =
      change.friendlyName === undefined ? undefined : checkFriendlyName(change.friendlyName);
    const attributes =
      change.attributes === undefined
        ? undefined
        : checkAttributes(change.attributes, MAX_CONVERSATION_ATTRIBUTES_BYTES);
    const messagingServiceSid =
      change.messagingServiceSid === undefined
        ? undefined
        : checkMessagingServiceSid(change.messagingServiceSid);
    if (change.uniqueName !== undefined && change.uniqueName !== conversation.uniqueName) {
      const uniqueName = change.uniqueName
        ? this.claim(conversation.chatServiceSid, change.uniqueName)
        : null;
      this.releaseName(conversation);
      conversation.uniqueName = uniqueName;
      if (uniqueName)
        this.sidByUniqueName.set(`${conversation.chatServiceSid}/${uniqueName}`, conversation.sid);
    }
    if (friendlyName !== undefined) conversation.friendlyName = friendlyName;
    if (attributes !== undefined) conversation.attributes = attributes;
    if (messagingServiceSid !== undefined) conversation.messagingServiceSid = messagingServiceSid;
    Object.assign(conversation.timers, timers);
    if (change.dateCreated !== undefined) conversation.dateCreated = change.dateCreated;
    conversation.dateUpdated = change.dateUpdated ?? this.clock.date();
    if (Object.keys(timers).length > 0) this.timers.arm(conversation);
    const { state: _state, ...rest } = change;
    if (Object.values(rest).some((value) => value !== undefined)) {
      this.events.emit('conversationUpdated', { conversation, actor });
    }
    if (state && state !== conversation.state) this.setState(conversation, state, actor);
    return conversation;
  }

  /** `closed` is final. Source: docs https://www.twilio.com/docs/conversations-classic/states-timers */
  setState(conversation: Conversation, to: ConversationState, actor: Actor): void {
    if (conversation.state === to) return;
    this.refuseClosed(conversation);
    const from = conversation.state;
    const now = this.clock.date();
    Object.assign(conversation, { state: to, dateState: now, dateUpdated: now });
    this.timers.arm(conversation);
    this.events.emit('conversationStateUpdated', { conversation, from, to, actor });
  }

  /**
   * Source: docs https://www.twilio.com/docs/api/errors/50377
   * Guess: only changes of the Conversation, new Messages and new Participants are refused; existing ones can still change.
   * A Flow can hold a Conversation that is deleted meanwhile.
   */
  refuseClosed(conversation: Conversation): void {
    if (!this.bySid.has(conversation.sid)) throw new TwilioError(404, 50350, 'Conversation not found');
    if (conversation.state === 'closed') throw new TwilioError(400, 50377, 'Conversation is closed');
  }

  /** A new message starts the timers again and wakes an inactive Conversation. Source: docs states-timers */
  touch(conversation: Conversation): void {
    conversation.dateUpdated = this.clock.date();
    // Guess: the Reason in webhooks is EVENT for every author.
    if (conversation.state === 'inactive') this.setState(conversation, 'active', SYSTEM);
    else this.timers.arm(conversation);
  }

  /** The caller removes participants, messages and webhooks; `Domain.deleteConversation` does all of it. */
  remove(conversation: Conversation): void {
    this.timers.disarm(conversation);
    this.releaseName(conversation);
    this.bySid.delete(conversation.sid);
  }

  private claim(chatServiceSid: string, uniqueName: string): string {
    checkUniqueName(uniqueName);
    if (this.sidByUniqueName.has(`${chatServiceSid}/${uniqueName}`)) {
      // Source: docs https://www.twilio.com/docs/api/errors/50353. Guess: the HTTP status 409.
      throw new TwilioError(409, 50353, 'Conversation with provided unique name already exists');
    }
    return uniqueName;
  }

  private releaseName(conversation: Conversation): void {
    if (conversation.uniqueName) {
      this.sidByUniqueName.delete(`${conversation.chatServiceSid}/${conversation.uniqueName}`);
    }
  }
}

/** Whether this identity made the Conversation, with the SDK. */
export function wasCreatedBy(conversation: Conversation, identity: string): boolean {
  return identity !== BY_REST && conversation.createdBy === identity;
}

/** Differs: the Messaging Service need not exist. Guess: an empty value removes it. */
function checkMessagingServiceSid(sid: string): string | null {
  if (sid === '') return null;
  if (!isSid('MG', sid)) throw invalidParameter(`Invalid MessagingServiceSid ${sid}`);
  return sid;
}

function checkState(state: string | undefined): ConversationState | undefined {
  if (state === undefined) return undefined;
  const known = CONVERSATION_STATES.find((one) => one === state);
  // Source: docs https://www.twilio.com/docs/api/errors/50378
  if (!known) throw new TwilioError(400, 50378, `Invalid State ${state}`);
  return known;
}
