/** Step 2.1 of the guide: one open Conversation per identity, found again by its name. */
import { ChatError } from '../http/errors.private';
import type { TwilioCalls } from '../twilio/client.private';
import { isVisitorIdentity } from '../visitor/identity.private';
import { secondsUntilStart } from '../visitor/start-limit.private';
import { countStart } from '../visitor/start-budget.private';
import { marksIn, toAttributes, type ChatDetails, type Marks } from './conversation-attributes.private';
import { chatName } from './conversation-name.private';
import { fetchConversation, serviceOf, UNIQUE_NAME_TAKEN, unless } from './conversation.private';
import { earlierChats, lastNumber, type EarlierChat } from './earlier-chats.private';
import { nextOpening, requireOperatingHours } from './operating-hours.private';

/**
 * Names change only when other calls start or end chats of the same visitor in the meantime; more rounds indicate a
 * bug.
 */
const MAX_ROUNDS = 6;

export interface OpenConversation {
  conversationSid: string;
  /** The number in its name. */
  number: number;
  state: string;
  dateCreated: Date;
  /** Whether this call created it. */
  created: boolean;
  /** A JSON object, and the marks in it. */
  attributes: string;
  marks: Marks;
}

/**
 * The identity's open Conversation, created if there is none. A closed one is final and keeps its name, so the number in
 * the name increases with each Conversation of an identity; two simultaneous starts choose the same number and share the
 * Conversation.
 *
 * `marks.startId` is new in each call. It is stored in the Conversation's attributes, so that a call whose answer was
 * lost recognises the Conversation that it created.
 * @param passed SIDs of Conversations that cannot become this identity's chat, although they are open
 * @param isExpected whether another call has probably created one: then this looks before it creates
 */
export async function openConversation(
  twilio: TwilioCalls,
  identity: string,
  details: ChatDetails,
  marks: Marks & { startId: string },
  { passed = new Set(), isExpected = false }: { passed?: ReadonlySet<string>; isExpected?: boolean } = {},
): Promise<OpenConversation> {
  const { config } = twilio;
  const { conversations } = serviceOf(twilio);
  const parameters = toParameters(config, details, marks);
  const isCounted = config.ANONYMOUS_STARTS_PER_MINUTE > 0 && isVisitorIdentity(identity);
  const readsFirst = isExpected || isCounted || nextOpening(config, Date.now()) !== 'now';
  let earlier: readonly EarlierChat[] | undefined;
  let number = 1;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const uniqueName = chatName(config, identity, number);
    // The limit applies only to new Conversations: returning visitors are never rejected, so this step skips the list
    // for them.
    const retryAfterSeconds = secondsUntilStart(await countedChat(twilio, identity, number));
    const reads = readsFirst || retryAfterSeconds !== undefined;
    let present = reads ? await fetchConversation(twilio, uniqueName) : undefined;
    if (!present) {
      requireOperatingHours(config);
      if (retryAfterSeconds !== undefined) throw new ChatError('too_many_starts', { retryAfterSeconds });
      if (isCounted) await countStart(twilio.client, config);
      // Safe to repeat: Twilio assigns a unique name once.
      present = await twilio.retry
        .repeat(
          () => conversations.create({ uniqueName, ...parameters }),
          () => conversations(uniqueName).fetch(),
        )
        .catch(unless(UNIQUE_NAME_TAKEN));
      present ??= await fetchConversation(twilio, uniqueName);
    }
    // Deleted in the meantime: its name is free again.
    if (!present) continue;
    const { sid, state, dateCreated, attributes } = present;
    if (state !== 'closed' && !passed.has(sid)) {
      const found = marksIn(attributes);
      const created = found.startId === marks.startId;
      return { conversationSid: sid, number, state, dateCreated, created, attributes, marks: found };
    }
    // The list is a hint: Twilio does not document how it shows closed or very new Conversations.
    earlier ??= await earlierChats(twilio, identity);
    const hint = round === 0 ? lastNumber(earlier, passed) : 0;
    number = hint >= number ? hint + 1 : await firstNotClosed(twilio, identity, number, passed);
  }
  throw new ChatError('twilio_unavailable', { facts: { rounds: MAX_ROUNDS } });
}

/**
 * The creation time of the chat that must be an hour old before this number may be used; undefined if there is none. It
 * is found by its name, because the list of an identity's chats lacks those that it has left.
 */
async function countedChat(twilio: TwilioCalls, identity: string, number: number): Promise<Date | undefined> {
  const countedNumber = number - twilio.config.STARTS_PER_IDENTITY_PER_HOUR;
  if (countedNumber < 1 || countedNumber === number) return undefined;
  return (await fetchConversation(twilio, chatName(twilio.config, identity, countedNumber)))?.dateCreated;
}

/**
 * The first number after `closedNumber` that is free or whose Conversation is open. Numbers have no gaps, so this
 * searches in growing steps for a number that is not closed, then bisects.
 */
export async function firstNotClosed(
  twilio: TwilioCalls,
  identity: string,
  closedNumber: number,
  passed: ReadonlySet<string>,
): Promise<number> {
  let closed = closedNumber;
  let notClosed = Infinity;
  for (let step = 1; closed + 1 < notClosed; step *= 2) {
    const number = notClosed === Infinity ? closed + step : Math.floor((closed + notClosed) / 2);
    const conversation = await fetchConversation(twilio, chatName(twilio.config, identity, number));
    if (conversation && (conversation.state === 'closed' || passed.has(conversation.sid))) closed = number;
    else notClosed = number;
  }
  return notClosed;
}

function toParameters(config: TwilioCalls['config'], details: ChatDetails, marks: Marks) {
  return {
    attributes: toAttributes(details, marks),
    // Twilio accepts timers only together with a State. Source: docs https://www.twilio.com/docs/api/errors/50382
    state: 'active' as const,
    'timers.inactive': config.CONVERSATION_INACTIVE_TIMER,
    'timers.closed': config.CONVERSATION_CLOSED_TIMER,
    ...(details.friendlyName === undefined ? {} : { friendlyName: details.friendlyName }),
    ...(config.MESSAGING_SERVICE_SID ? { messagingServiceSid: config.MESSAGING_SERVICE_SID } : {}),
  };
}
