/**
 * Actions per second: writes to one Conversation, and writes to a Service. Reads are not counted.
 * Source: docs https://www.twilio.com/docs/api/errors/50063, https://www.twilio.com/docs/api/errors/50074; the changelog of 31
 * March 2020. Guess: a User's are writes to the Service.
 */
import type { Clock } from '../core/clock';
import { TwilioError } from '../core/errors';
import { RateLimit } from '../core/rate-limit';
import type { PreEvent } from './before-change';

/** Source: docs, changelog "Increasing Actions Per Second for Conversations", 31 March 2020 */
export const WRITES_PER_SECOND = 30;

export class RateLimits {
  private readonly perConversation: RateLimit;
  private readonly perService: RateLimit;

  constructor(clock: Clock) {
    this.perConversation = new RateLimit(clock);
    this.perService = new RateLimit(clock);
  }

  get writesPerSecond(): number | null {
    return this.perService.perSecond;
  }

  /** Null: no limit, as at the start. */
  set(writesPerSecond: number | null): void {
    this.perConversation.set(writesPerSecond);
    this.perService.set(writesPerSecond);
  }

  /** Guess: which of the two codes belongs to which limit. */
  count({ eventType, serviceSid, fields }: PreEvent): void {
    if (this.writesPerSecond === null) return;
    if (eventType === 'onConversationAdd' || eventType === 'onConversationRemove') {
      this.countInService(serviceSid);
    } else if (!this.perConversation.take(String(fields()['ConversationSid']))) {
      throw new TwilioError(429, 50063, 'Actions per second limit exceeded');
    }
  }

  countInService(serviceSid: string): void {
    if (!this.perService.take(serviceSid)) {
      throw new TwilioError(429, 50074, 'Global actions per second limit exceeded');
    }
  }
}
