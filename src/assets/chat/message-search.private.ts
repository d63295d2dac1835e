/** Finds the Messages of a Conversation by the `messageId` in their attributes. */
import type {
  MessageInstance,
  MessagePage,
} from 'twilio/lib/rest/conversations/v1/service/conversation/message';
import { ChatError } from '../http/errors.private';
import type { TwilioCalls } from '../twilio/client.private';
import { conversationOf } from './conversation.private';

/** Source: openapi conversations_v1 (maximum of PageSize) */
const PAGE_SIZE = 100;
/** The default length of an anonymous session: a laptop that was closed overnight sends again. */
const LOOK_BACK_MS = 24 * 3600 * 1000;
/** 1,000 Messages. Few chats have more in a day. */
const MAX_PAGES = 10;

/** Newest first. */
export type Latest = readonly MessageInstance[];

/** The newest page. */
export async function latestMessages(twilio: TwilioCalls, conversationSid: string): Promise<Latest> {
  return (await firstPage(twilio, conversationSid)).instances;
}

/**
 * Every Message of the last 24 hours, and at least one page: the range in which a `messageId` is recognised. Throws
 * `conversation_too_busy` if there are more than 1,000.
 * @param latest the first page, if the caller has just read it
 */
export async function recentMessages(
  twilio: TwilioCalls,
  conversationSid: string,
  latest?: Latest,
): Promise<Latest> {
  if (latest && !reachesBack(latest)) return latest;
  let page: Pick<MessagePage, 'instances' | 'nextPage'> = await firstPage(twilio, conversationSid);
  const found = [...page.instances];
  for (let pages = 1; reachesBack(page.instances); pages++) {
    if (pages === MAX_PAGES) throw new ChatError('conversation_too_busy');
    const current = page;
    const next = await twilio.retry.repeat(async () => current.nextPage());
    if (!next) break;
    page = next;
    found.push(...page.instances);
  }
  return found;
}

/** The one with the lowest index. */
export function firstOf(messages: Latest, author: string, messageId: string): MessageInstance | undefined {
  return allOf(messages, author, messageId)[0];
}

/** Lowest index first. */
export function allOf(messages: Latest, author: string, messageId: string): MessageInstance[] {
  return messages
    .filter((message) => message.author === author && messageIdIn(message.attributes) === messageId)
    .sort((a, b) => a.index - b.index);
}

function firstPage(twilio: TwilioCalls, conversationSid: string) {
  const { messages } = conversationOf(twilio, conversationSid);
  return twilio.retry.repeat(() => messages.page({ order: 'desc', pageSize: PAGE_SIZE }));
}

/** Whether Messages older than this page may be from the last 24 hours. */
function reachesBack(page: Latest): boolean {
  const oldest = page.at(-1);
  if (page.length < PAGE_SIZE || !oldest) return false;
  return Date.now() - oldest.dateCreated.getTime() < LOOK_BACK_MS;
}

function messageIdIn(attributes: string): unknown {
  try {
    return (JSON.parse(attributes) as { messageId?: unknown } | null)?.messageId;
  } catch {
    return undefined;
  }
}
