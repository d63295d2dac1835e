/** What a client needs before the first message, in addition to its token: how much it may write, and when chats can be started. */
import {
  array,
  isoTimestamp,
  number,
  object,
  optional,
  pipe,
  string,
  type InferOutput,
  type ObjectSchema,
} from 'valibot';
import type { Config } from '../settings/config.private';

/** With these a client that keeps its token for a day is correct until the next opening begins. */
const OPEN_HOURS_AHEAD = 3;

/** ISO 8601 in the time zone of the settings. */
const openHours = () => object({ opensAt: opening(), closesAt: opening() });

const opening = () => pipe(string(), isoTimestamp());

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
  const { MAX_MESSAGE_CHARS: maxMessageChars, OPERATING_HOURS: hours } = config;
  if (!hours) return { maxMessageChars };
  // Loaded late: most sites have no hours, and every new visitor waits for this Function.
  const { nextOpenHours } =
    require('./operating-hours.private') as typeof import('./operating-hours.private');
  return { maxMessageChars, openHours: nextOpenHours(config, nowMs, OPEN_HOURS_AHEAD) };
}
