/** Conversations: their life from active through inactive to closed, and the timers that end them. */
import type { Bus } from '../core/bus';
import type { Clock, Timer } from '../core/clock';
import { TwilioError } from '../core/errors';
import { createSid } from '../core/sids';
import { parseDurationMs } from './durations';
import type { ConversationsEvents } from './events';
import { MAX_CONVERSATION_ATTRIBUTES_BYTES, MIN_CLOSED_TIMER_MS, MIN_INACTIVE_TIMER_MS } from './limits';
import {
  SYSTEM,
  type Actor,
  type Conversation,
  type ConversationState,
  type ConversationTimers,
} from './model';
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

const STATES: readonly string[] = ['initializing', 'inactive', 'active', 'closed'];

export class Conversations {
  private readonly bySid = new Map<string, Conversation>();
  private readonly sidByUniqueName = new Map<string, string>();
  private readonly armed = new Map<string, Timer[]>();

  constructor(
    private readonly clock: Clock,
    private readonly events: Bus<ConversationsEvents>,
  ) {}

  create(chatServiceSid: string, change: ConversationChange, actor: Actor): Conversation {
    const state = checkState(change.state) ?? 'active';
    // Source: docs https://www.twilio.com/docs/api/errors/50384
    if (state === 'closed') throw new TwilioError(400, 50384, 'A Conversation cannot be created closed');
    if ((change.timerInactive || change.timerClosed) && change.state === undefined) {
      // Source: docs https://www.twilio.com/docs/api/errors/50382
      throw new TwilioError(400, 50382, 'Timers on create need State in the same request');
    }
    const timers = this.checkTimers(change);
    const uniqueName = change.uniqueName ? this.claim(chatServiceSid, change.uniqueName) : null;
    const now = this.clock.date();
    const conversation: Conversation = {
      sid: createSid('CH'),
      chatServiceSid,
      messagingServiceSid: change.messagingServiceSid || null,
      friendlyName: change.friendlyName === undefined ? null : checkFriendlyName(change.friendlyName),
      uniqueName,
      attributes: checkAttributes(change.attributes ?? '{}', MAX_CONVERSATION_ATTRIBUTES_BYTES),
      state,
      dateState: now,
      timers: { inactive: null, closed: null, dateInactive: null, dateClosed: null, ...timers },
      createdBy: actor.source === 'SDK' ? actor.identity : 'system',
      dateCreated: change.dateCreated ?? now,
      dateUpdated: change.dateUpdated ?? change.dateCreated ?? now,
      nextMessageIndex: 0,
    };
    this.bySid.set(conversation.sid, conversation);
    if (uniqueName) this.sidByUniqueName.set(`${chatServiceSid}/${uniqueName}`, conversation.sid);
    this.arm(conversation);
    this.events.emit('conversationAdded', { conversation, actor });
    return conversation;
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
    const timers = this.checkTimers(change);
    const friendlyName =
      change.friendlyName === undefined ? undefined : checkFriendlyName(change.friendlyName);
    const attributes =
      change.attributes === undefined
        ? undefined
        : checkAttributes(change.attributes, MAX_CONVERSATION_ATTRIBUTES_BYTES);
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
    if (change.messagingServiceSid !== undefined) {
      conversation.messagingServiceSid = change.messagingServiceSid || null;
    }
    Object.assign(conversation.timers, timers);
    if (change.dateCreated !== undefined) conversation.dateCreated = change.dateCreated;
    conversation.dateUpdated = change.dateUpdated ?? this.clock.date();
    this.arm(conversation);
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
    this.arm(conversation);
    this.events.emit('conversationStateUpdated', { conversation, from, to, actor });
  }

  /** Source: docs https://www.twilio.com/docs/api/errors/50377 */
  refuseClosed(conversation: Conversation): void {
    if (conversation.state === 'closed') throw new TwilioError(400, 50377, 'Conversation is closed');
  }

  /** A new message starts the timers again and wakes an inactive Conversation. Source: docs states-timers */
  touch(conversation: Conversation): void {
    conversation.dateUpdated = this.clock.date();
    // Guess: the Reason that webhooks get is EVENT, whoever wrote the message.
    if (conversation.state === 'inactive') this.setState(conversation, 'active', SYSTEM);
    else this.arm(conversation);
  }

  /** The caller removes participants, messages and webhooks; `Domain.deleteConversation` does all of it. */
  remove(conversation: Conversation): void {
    for (const timer of this.armed.get(conversation.sid) ?? []) timer.cancel();
    this.armed.delete(conversation.sid);
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

  private checkTimers(change: ConversationChange): Partial<ConversationTimers> {
    const timers: Partial<ConversationTimers> = {};
    if (change.timerInactive !== undefined) {
      timers.inactive = checkTimer(change.timerInactive, MIN_INACTIVE_TIMER_MS, 50379, 50375);
    }
    if (change.timerClosed !== undefined) {
      timers.closed = checkTimer(change.timerClosed, MIN_CLOSED_TIMER_MS, 50380, 50376);
    }
    return timers;
  }

  /** Timers count from the last change of state or message. Guess: Twilio says "inactivity", not from when exactly. */
  private arm(conversation: Conversation): void {
    for (const timer of this.armed.get(conversation.sid) ?? []) timer.cancel();
    const { timers, state } = conversation;
    timers.dateInactive = timers.dateClosed = null;
    const running: Timer[] = [];
    const start = (duration: string | null, to: ConversationState): Date | null => {
      const delayMs = duration ? parseDurationMs(duration) : undefined;
      if (!delayMs) return null;
      running.push(this.clock.after(delayMs, () => this.setState(conversation, to, { source: 'TIMER' })));
      return new Date(this.clock.now() + delayMs);
    };
    if (state === 'active') timers.dateInactive = start(timers.inactive, 'inactive');
    if (state !== 'closed') timers.dateClosed = start(timers.closed, 'closed');
    this.armed.set(conversation.sid, running);
  }
}

function checkState(state: string | undefined): ConversationState | undefined {
  if (state === undefined) return undefined;
  // Source: docs https://www.twilio.com/docs/api/errors/50378
  if (!STATES.includes(state)) throw new TwilioError(400, 50378, `Invalid State ${state}`);
  return state as ConversationState;
}

function checkTimer(duration: string, minimumMs: number, invalid: number, tooShort: number): string | null {
  if (duration === '' || duration === 'P0D' || duration === 'PT0S') return null;
  const durationMs = parseDurationMs(duration);
  if (durationMs === undefined)
    throw new TwilioError(400, invalid, `${duration} is not an ISO 8601 duration`);
  if (durationMs < minimumMs) {
    throw new TwilioError(400, tooShort, `The timer must be at least ${minimumMs / 60_000} minutes`);
  }
  return duration;
}
