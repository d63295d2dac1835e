/**
 * A message that a visitor leaves when no chat is possible: delivered once per `messageId`, to a Task or to the site's
 * hook. Each identity has a Conversation of its own, without Participants, that records what was left: Messages with the
 * digest of each message, because Twilio keeps them longer than the Task.
 */
import { createHmac } from 'node:crypto';
import { ChatError } from '../http/errors.private';
import { callHook } from '../http/outbound-hook.private';
import type { TwilioCalls } from '../twilio/client.private';
import { isVisitorIdentity } from '../visitor/identity.private';
import { countStart } from '../visitor/start-budget.private';
import { secondsUntilStart } from '../visitor/start-limit.private';
import { leftMessagesName } from './conversation-name.private';
import {
  conversationOf,
  fetchConversation,
  serviceOf,
  UNIQUE_NAME_TAKEN,
  unless,
} from './conversation.private';
import { ensureTask, type LeftMessage } from './left-message-task.private';
import { firstOf, latestMessages, type Latest } from './message-search.private';
import { deliverMessage, requireSameMessage } from './message.private';

/** A closed record gets a successor: the Service's own timers may close it. */
const MAX_RECORDS = 20;

/** Returns whether this call delivered it; false if that had already been done. */
export async function leaveMessage(
  twilio: TwilioCalls,
  identity: string,
  messageId: string,
  left: LeftMessage,
): Promise<boolean> {
  const { config } = twilio;
  if (config.LEAVE_MESSAGE_TO === undefined) throw new ChatError('messages_not_taken');
  const recordSid = await openRecord(twilio, identity);
  const latest = await latestMessages(twilio, recordSid);
  if (!firstOf(latest, identity, messageId)) await requireRoom(twilio, identity, latest);
  const entry = { author: identity, body: digestOf(twilio, left), messageId, isHeard: false };
  const { messageSid, created } = await deliverMessage(twilio, recordSid, entry, latest);
  const record = conversationOf(twilio, recordSid).messages(messageSid);
  const standing = await twilio.retry.repeat(() => record.fetch());
  requireSameMessage(standing, { body: entry.body });
  if (isDelivered(standing.attributes)) return false;
  if (config.LEAVE_MESSAGE_TO === 'hook') {
    await callHook(config, { id: messageSid, type: 'message.left', data: { identity, ...left } });
  } else {
    await ensureTask(twilio, { messageSid, leftAt: standing.dateCreated, isFirst: created }, identity, left);
  }
  const attributes = JSON.stringify({ messageId, delivered: true });
  await twilio.retry.repeat(() => record.update({ attributes }));
  return true;
}

async function openRecord(twilio: TwilioCalls, identity: string): Promise<string> {
  const { conversations } = serviceOf(twilio);
  for (let number = 1; number <= MAX_RECORDS; number++) {
    const uniqueName = leftMessagesName(twilio.config, identity, number);
    // Not an open chat.
    const record = { uniqueName, friendlyName: `Messages left by ${identity}`, state: 'inactive' as const };
    const made = await twilio.retry
      .repeat(() => conversations.create(record))
      .catch(unless(UNIQUE_NAME_TAKEN));
    const present = made ?? (await fetchConversation(twilio, uniqueName));
    if (present && present.state !== 'closed') return present.sid;
  }
  throw new ChatError('twilio_error', { facts: { records: MAX_RECORDS } });
}

/** The limits of chats hold for left messages, too. */
async function requireRoom({ client, config }: TwilioCalls, identity: string, latest: Latest): Promise<void> {
  const counted = latest[config.STARTS_PER_IDENTITY_PER_HOUR - 1]?.dateCreated;
  const retryAfterSeconds = secondsUntilStart(counted);
  if (retryAfterSeconds !== undefined) throw new ChatError('too_many_starts', { retryAfterSeconds });
  if (config.ANONYMOUS_STARTS_PER_MINUTE > 0 && isVisitorIdentity(identity)) await countStart(client, config);
}

/** With a key: a phone number alone could be found by trying all. */
function digestOf({ config }: TwilioCalls, { friendlyName, contact, message }: LeftMessage): string {
  const text = JSON.stringify([friendlyName, contact, message]);
  const key = config.TWILIO_API_KEY_SECRET;
  return createHmac('sha256', key).update('left-message\n').update(text).digest('base64url');
}

function isDelivered(attributes: string): boolean {
  try {
    return (JSON.parse(attributes) as { delivered?: unknown } | null)?.delivered === true;
  } catch {
    return false;
  }
}
