/** The timers that make a Conversation inactive and close it. Source: docs https://www.twilio.com/docs/conversations-classic/states-timers */
import type { Clock, Timer } from '../core/clock';
import { TwilioError } from '../core/errors';
import { parseDurationMs } from './durations';
import { MIN_CLOSED_TIMER_MS, MIN_INACTIVE_TIMER_MS } from './limits';
import type { Conversation, ConversationState, ConversationTimers } from './model';

export class Timers {
  private readonly armed = new Map<string, Timer[]>();

  constructor(
    private readonly clock: Clock,
    private readonly whenDue: (conversation: Conversation, to: ConversationState) => void,
  ) {}

  /** Timers run from the last message, state change or timer change. Guess: Twilio says "inactivity" without the exact start. */
  arm(conversation: Conversation): void {
    const { timers, state } = conversation;
    timers.dateInactive = state === 'active' ? this.dueAfter(timers.inactive) : null;
    timers.dateClosed = state === 'closed' ? null : this.dueAfter(timers.closed);
    this.resume(conversation);
  }

  /** Runs until the dates that are set: after `arm`, or in a state that was restored. */
  resume(conversation: Conversation): void {
    this.disarm(conversation);
    const { dateInactive, dateClosed } = conversation.timers;
    const running: Timer[] = [];
    if (dateInactive) {
      running.push(this.clock.at(dateInactive, () => this.whenDue(conversation, 'inactive')));
    }
    if (dateClosed) running.push(this.clock.at(dateClosed, () => this.whenDue(conversation, 'closed')));
    if (running.length > 0) this.armed.set(conversation.sid, running);
  }

  disarm(conversation: Conversation): void {
    for (const timer of this.armed.get(conversation.sid) ?? []) timer.cancel();
    this.armed.delete(conversation.sid);
  }

  private dueAfter(duration: string | null): Date | null {
    const delayMs = duration ? parseDurationMs(duration) : undefined;
    return delayMs ? new Date(this.clock.now() + delayMs) : null;
  }
}

/** The durations that a request sets; null removes one. */
export function checkTimers(change: {
  timerInactive?: string | undefined;
  timerClosed?: string | undefined;
}): Partial<ConversationTimers> {
  const timers: Partial<ConversationTimers> = {};
  if (change.timerInactive !== undefined) {
    timers.inactive = checkTimer(change.timerInactive, MIN_INACTIVE_TIMER_MS, 50379, 50375);
  }
  if (change.timerClosed !== undefined) {
    timers.closed = checkTimer(change.timerClosed, MIN_CLOSED_TIMER_MS, 50380, 50376);
  }
  return timers;
}

/** Guess: an empty or zero duration removes the timer. */
function checkTimer(duration: string, minimumMs: number, invalid: number, tooShort: number): string | null {
  if (duration === '' || duration === 'P0D' || duration === 'PT0S') return null;
  const durationMs = parseDurationMs(duration);
  if (durationMs === undefined) {
    throw new TwilioError(400, invalid, `${duration} is not an ISO 8601 duration`);
  }
  if (durationMs < minimumMs) {
    throw new TwilioError(400, tooShort, `The timer must be at least ${minimumMs / 60_000} minutes`);
  }
  return duration;
}
