/** The messages of a chat that is over, from Twilio's own data. */
import type { MessageInstance } from 'twilio/lib/rest/conversations/v1/service/conversation/message';
import type { ConversationInstance } from 'twilio/lib/rest/conversations/v1/service/conversation';
import type { TwilioCalls } from '../twilio/client.private';
import { isOurIdentity } from '../visitor/identity.private';
import { dataIn } from './conversation-attributes.private';
import { conversationOf, serviceOf, undefinedIfGone } from './conversation.private';
import { SYSTEM_AUTHOR } from './task.private';

/** Source: openapi conversations_v1 (maximum of PageSize) */
const PAGE_SIZE = 100;
/** Ten pages: more would not fit into a Function's time. */
const MAX_MESSAGES = 1000;
/** Each costs a call. */
const MAX_NAMES = 10;

interface TranscriptMessage {
  index: number;
  /** ISO 8601. */
  at: string;
  author: 'visitor' | 'agent' | 'system';
  name?: string;
  body: string;
  attachments: { mediaSid: string; filename: string; contentType: string; bytes: number }[];
}

export interface Transcript {
  conversationSid: string;
  startedAt: string;
  endedAt: string;
  /** Opaque; the same in all chats of a user. */
  identity: string;
  verified?: Record<string, string>;
  preChat?: Record<string, string>;
  messages: TranscriptMessage[];
  /** False: only the first 1,000 messages. */
  isComplete: boolean;
}

/** @param identity of the visitor, from the Conversation's name */
export async function readTranscript(
  twilio: TwilioCalls,
  conversation: ConversationInstance,
  identity: string,
): Promise<Transcript> {
  const { sid: conversationSid, attributes, dateCreated, dateUpdated } = conversation;
  const { messages } = conversationOf(twilio, conversationSid);
  const found = await twilio.retry.repeat(() =>
    messages.list({ order: 'asc', pageSize: PAGE_SIZE, limit: MAX_MESSAGES + 1 }),
  );
  const read = found.slice(0, MAX_MESSAGES);
  const names = await namesOf(twilio, read);
  const { verified, preChat } = dataIn(attributes);
  return {
    conversationSid,
    startedAt: dateCreated.toISOString(),
    endedAt: dateUpdated.toISOString(),
    identity,
    ...(verified && { verified }),
    ...(preChat && { preChat }),
    messages: read.map((message) => toMessage(message, names)),
    isComplete: found.length <= MAX_MESSAGES,
  };
}

function toMessage(message: MessageInstance, names: ReadonlyMap<string, string>): TranscriptMessage {
  const { index, dateCreated, author, body, media } = message;
  const name = names.get(author);
  return {
    index,
    at: dateCreated.toISOString(),
    author: isOurIdentity(author) ? 'visitor' : author === SYSTEM_AUTHOR ? 'system' : 'agent',
    ...(name !== undefined && { name }),
    body: body ?? '',
    attachments: ((media ?? []) as Media[]).map(({ sid, filename, content_type, size }) => ({
      mediaSid: sid,
      filename: filename ?? '',
      contentType: content_type,
      bytes: size,
    })),
  };
}

/** Source: openapi conversations_v1 (Message, media) */
interface Media {
  sid: string;
  filename: string | null;
  content_type: string;
  size: number;
}

/** Of visitors and agents, who are Users. Other authors, such as bots, have none. */
async function namesOf(twilio: TwilioCalls, messages: MessageInstance[]): Promise<Map<string, string>> {
  const authors = [...new Set(messages.map(({ author }) => author))].filter((one) => one !== SYSTEM_AUTHOR);
  const { users } = serviceOf(twilio);
  const named = authors.slice(0, MAX_NAMES).map(async (author) => {
    const user = await twilio.retry.repeat(() => users(author).fetch()).catch(undefinedIfGone);
    return [author, user?.friendlyName] as const;
  });
  return new Map(
    (await Promise.all(named)).filter((one): one is [string, string] => Boolean(one[1]) && one[1] !== one[0]),
  );
}
