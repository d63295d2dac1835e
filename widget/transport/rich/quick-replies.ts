/** The attribute `quickReplies`: choices without a template, for a Studio Flow or a bot (docs/http-api.md). */
import type { Message } from '@twilio/conversations';
import type { Choice } from '../../state/rich';
import { attributesOf } from '../contents';
import { plainName } from '../plain-text';

/** As many as a template can have. Source: docs https://www.twilio.com/docs/content/twilio-quick-reply */
const MAX_QUICK_REPLIES = 10;

/** Null if there are no valid ones. Malformed ones are left out. */
export function readQuickReplies(message: Message): Choice[] | null {
  const { quickReplies } = attributesOf(message);
  if (!Array.isArray(quickReplies)) return null;
  const choices = (quickReplies as unknown[]).flatMap((one): Choice[] => {
    const { title, id } = typeof one === 'string' ? { title: one, id: one } : toParts(one);
    const shown = typeof title === 'string' ? plainName(title) : '';
    return shown === '' ? [] : [{ id: typeof id === 'string' ? id : shown, title: shown, description: '' }];
  });
  return choices.length === 0 ? null : choices.slice(0, MAX_QUICK_REPLIES);
}

function toParts(one: unknown): { title?: unknown; id?: unknown } {
  return (typeof one === 'object' && one) || {};
}
