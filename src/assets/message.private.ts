/** Step 4 of the guide: a message sent by the back end for the visitor, at most once per `messageId`. */
import type { Twilio } from 'twilio';
import type { Config } from './config.private';
import type * as Conversation from './conversation.private';
import type * as Errors from './errors.private';

const { ChatError } = require(Runtime.getAssets()['/errors.js']!.path) as typeof Errors;
const { conversationOf } = require(Runtime.getAssets()['/conversation.js']!.path) as typeof Conversation;

/** One page. Source: openapi conversations_v1 (maximum of PageSize). A retry comes long before 100 more messages. */
const LOOK_BACK_MESSAGES = 100;

/** Source: docs https://www.twilio.com/docs/conversations-classic/conversations-limits (chat participants) */
const MAX_BODY_BYTES = 32 * 1024;

export interface NewMessage {
  body: string;
  messageId?: string | undefined;
}

export interface SentMessage {
  messageSid: string;
  index: number;
  /** False if a message with this `messageId` was there already. */
  created: boolean;
}

/** Looks before it sends, if there is an id to look for. */
export async function deliverMessage(
  twilio: Twilio,
  config: Config,
  conversationSid: string,
  author: string,
  message: NewMessage,
): Promise<SentMessage> {
  const { messageId } = message;
  const sent = messageId && (await findMessage(twilio, config, conversationSid, author, messageId));
  return sent || sendMessage(twilio, config, conversationSid, author, message);
}

/** REST messages fire no webhook unless asked to, and without it Studio never hears of the chat. */
export async function sendMessage(
  twilio: Twilio,
  config: Config,
  conversationSid: string,
  author: string,
  { body, messageId }: NewMessage,
): Promise<SentMessage> {
  const message = await conversationOf(twilio, config, conversationSid).messages.create({
    author,
    body,
    ...(messageId === undefined ? {} : { attributes: JSON.stringify({ messageId }) }),
    xTwilioWebhookEnabled: 'true',
  });
  return { messageSid: message.sid, index: message.index, created: true };
}

/** The author's message that carries this `messageId`, if it is among the latest. Twilio has no idempotency key. */
async function findMessage(
  twilio: Twilio,
  config: Config,
  conversationSid: string,
  author: string,
  messageId: string,
): Promise<SentMessage | undefined> {
  const latest = await conversationOf(twilio, config, conversationSid).messages.list({
    order: 'desc',
    pageSize: LOOK_BACK_MESSAGES,
    limit: LOOK_BACK_MESSAGES,
  });
  const sent = latest.find(
    (message) => message.author === author && messageIdIn(message.attributes) === messageId,
  );
  return sent && { messageSid: sent.sid, index: sent.index, created: false };
}

export function checkBodyLength(config: Config, body: string): void {
  if (body.length <= config.MAX_MESSAGE_CHARS && Buffer.byteLength(body) <= MAX_BODY_BYTES) return;
  throw new ChatError('invalid_request', {
    message: `A message must have at most ${config.MAX_MESSAGE_CHARS} characters`,
  });
}

function messageIdIn(attributes: string): unknown {
  try {
    return (JSON.parse(attributes) as { messageId?: unknown } | null)?.messageId;
  } catch {
    return undefined;
  }
}
