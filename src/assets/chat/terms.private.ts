/** What a client should know before the first word, beside its token: how much it may write, and when chats can be started. */
import type { Config } from '../settings/config.private';
import { nextOpenHours, type OpenHours } from './operating-hours.private';

/** With these a client that keeps its token for a day is right until the next one begins. */
const OPEN_HOURS_AHEAD = 3;

export interface ChatTerms {
  /** UTF-16 units. */
  maxMessageChars: number;
  /** Missing where chats can always be started. */
  openHours?: OpenHours[];
}

/** To be spread into an answer. */
export function chatTerms(config: Config, nowMs: number = Date.now()): ChatTerms {
  return {
    maxMessageChars: config.MAX_MESSAGE_CHARS,
    ...(config.OPERATING_HOURS && { openHours: nextOpenHours(config, nowMs, OPEN_HOURS_AHEAD) }),
  };
}
