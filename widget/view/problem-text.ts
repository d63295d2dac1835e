/** The text for each error of docs/http-api.md and of the client: what happened, and what to do. */
import type { OpenHours, Problem } from '../state/model';
import type { Text } from '../text/text';
import { momentText } from './time';

type Words = Exclude<keyof Text['problems'], 'opens'>;

const WORDS: Partial<Record<string, Words>> = {
  unreachable: 'unreachable',
  // The Conversation.
  gone: 'gone',
  conversation_not_yours: 'gone',
  conversation_closed: 'gone',
  conversation_full: 'gone',
  // The start.
  closed_now: 'closed',
  too_many_starts: 'busy',
  human_check_failed: 'notHuman',
  invalid_request: 'invalid',
  message_id_reused: 'invalid',
  conversation_too_busy: 'invalid',
  // The visitor's identity.
  invalid_token: 'over',
  token_expired: 'over',
  session_ended: 'over',
  rejected: 'over',
  invalid_user_token: 'signedOut',
  user_token_required: 'signIn',
  // The site.
  origin_not_allowed: 'refused',
  misconfigured: 'refused',
};

/** The problem that a start would have now. Null: none, or the operating hours are not known. */
export function closedNow(openHours: readonly OpenHours[] | null, now = Date.now()): Problem | null {
  const next = openHours?.find(({ closesAt }) => Date.parse(closesAt) > now);
  if (!openHours || (!next && openHours.length > 0)) return null;
  if (next && Date.parse(next.opensAt) <= now) return null;
  return { code: 'closed_now', retryable: false, opensAt: next?.opensAt ?? null };
}

export function problemText({ code, retryable, opensAt }: Problem, { problems, language }: Text): string {
  if (code === 'closed_now' && opensAt) return problems.opens(momentText(Date.parse(opensAt), language));
  const words = WORDS[code];
  return problems[words ?? (retryable ? 'again' : 'defect')];
}
