/** What a client should know before the first word, beside its token: how much it may write, and when chats can be started. */
import { array, number, optional, type InferOutput, type ObjectSchema } from 'valibot';
import type { Config } from '../settings/config.private';
import { nextOpenHours, openHours } from './operating-hours.private';

/** With these a client that keeps its token for a day is correct until the next opening begins. */
const OPEN_HOURS_AHEAD = 3;

/** As Functions answer with them. */
export const chatTermsEntries = () => ({
  /** UTF-16 units. */
  maxMessageChars: number(),
  /** Missing where chats can always be started. */
  openHours: optional(array(openHours())),
});

type ChatTerms = InferOutput<ObjectSchema<ReturnType<typeof chatTermsEntries>, undefined>>;

/** Spread into a response. */
export function chatTerms(config: Config, nowMs: number = Date.now()): ChatTerms {
  return {
    maxMessageChars: config.MAX_MESSAGE_CHARS,
    ...(config.OPERATING_HOURS && { openHours: nextOpenHours(config, nowMs, OPEN_HOURS_AHEAD) }),
  };
}
