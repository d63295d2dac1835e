/** What happened, and what to do next. */
import type { Problem } from '../state/model';
import type { Text } from '../text/text';
import { momentText } from './time';

export function problemText({ code, retryable, opensAt }: Problem, { problems, language }: Text): string {
  if (code === 'closed_now') {
    return opensAt ? problems.opens(momentText(Date.parse(opensAt), language)) : problems.closed;
  }
  if (code === 'unreachable' || code === 'gone') return problems[code];
  if (code === 'too_many_starts') return problems.busy;
  if (code === 'invalid_user_token') return problems.signedOut;
  if (code === 'origin_not_allowed') return problems.refused;
  if (retryable) return problems.again;
  if (code === 'user_token_required' || code === 'misconfigured') {
    return problems.refused;
  }
  return problems.over;
}
