/** Facts for a client before its first message, beside its token: the maximum length, and when chats can be started. */
import type { Config } from '../settings/config.private';
import { nextOpenHours, type OpenHours } from './operating-hours.private';

/** With these a client that keeps its token for a day is correct until the next opening begins. */
const OPEN_HOURS_AHEAD = 3;

export interface ChatTerms {
  /** UTF-16 units. */
  maxMessageChars: number;
  /** Missing if chats can always be started. */
  openHours?: OpenHours[];
}

/** Spread into a response. */
export function chatTerms(config: Config, nowMs: number = Date.now()): ChatTerms {
  return {
    maxMessageChars: config.MAX_MESSAGE_CHARS,
    ...(config.OPERATING_HOURS && { openHours: nextOpenHours(config, nowMs, OPEN_HOURS_AHEAD) }),
  };
}
