/** Step 2.1 of the guide: one open Conversation per identity, found again by its name. */
import { ChatError } from '../http/errors.private';
import type { Config } from '../settings/config.private';
import type { TwilioCalls } from '../twilio/client.private';
import { isVisitorIdentity } from '../visitor/identity.private';
import { spendStart } from '../visitor/start-budget.private';
import { nameOf, numberIn } from './conversation-name.private';
import { fetchConversation, serviceOf, UNIQUE_NAME_TAKEN, unless } from './conversation.private';
import { nextOpening, requireOperatingHours } from './operating-hours.private';

/** Source: docs https://www.twilio.com/docs/conversations-classic/conversations-limits */
const MAX_ATTRIBUTES_BYTES = 16 * 1024;
/** Source: docs https://www.twilio.com/docs/conversations-classic/states-timers */
const MAX_CONVERSATIONS_PER_IDENTITY = 1000;
/** Source: openapi conversations_v1 (maximum of PageSize) */
const PARTICIPANT_CONVERSATIONS_PAGE_SIZE = 50;
/** Names change hands only when others start or end the same visitor's chats meanwhile; more rounds mean trouble. */
const MAX_ROUNDS = 5;

export interface ConversationDetails {
  friendlyName?: string | undefined;
  preChat?: Record<string, string> | undefined;
}

export interface OpenConversation {
  conversationSid: string;
  state: string;
  dateCreated: Date;
  /** Whether this call made it. */
  created: boolean;
}

/**
 * The identity's open Conversation, made if there is none. A closed one is final and keeps its name, so each
 * Conversation of an identity has the next number in its name; two starts at once pick the same number and meet.
 * Nothing is ever deleted: what a failed start leaves behind, the next one finds under the same name and finishes.
 *
 * `startId` is new in each call. It marks the Conversation in its attributes, so that a call whose answer was lost
 * knows its own work again.
 */
export async function openConversation(
  twilio: TwilioCalls,
  identity: string,
  details: ConversationDetails,
  startId: string,
): Promise<OpenConversation> {
  const { config } = twilio;
  const { conversations } = serviceOf(twilio);
  const parameters = toParameters(config, details, startId);
  const isCounted = config.ANONYMOUS_STARTS_PER_MINUTE > 0 && isVisitorIdentity(identity);
  const looksFirst = isCounted || nextOpening(config, Date.now()) !== 'now';
  let number = 1;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const uniqueName = nameOf(identity, number);
    // Only new Conversations are counted or refused: who comes back is never turned away. Otherwise nobody looks first.
    let present = looksFirst ? await fetchConversation(twilio, uniqueName) : undefined;
    if (!present) {
      requireOperatingHours(config);
      if (isCounted) await spendStart(twilio.client, config);
      // May be repeated: Twilio gives a name once.
      present = await twilio.retry
        .repeat(
          () => conversations.create({ uniqueName, ...parameters }),
          () => conversations(uniqueName).fetch(),
        )
        .catch(unless(UNIQUE_NAME_TAKEN));
      present ??= await fetchConversation(twilio, uniqueName);
    }
    // Deleted since then: its name is free again.
    if (!present) continue;
    const { sid, state, dateCreated, attributes } = present;
    if (state !== 'closed') {
      return { conversationSid: sid, state, dateCreated, created: startIdIn(attributes) === startId };
    }
    number =
      round === 0
        ? Math.max(number, await lastListed(twilio, identity)) + 1
        : await firstNotClosed(twilio, identity, number);
  }
  throw new ChatError('twilio_unavailable', { facts: { rounds: MAX_ROUNDS } });
}

/**
 * The highest number among the closed Conversations in which Twilio says the identity takes part, or the one before an
 * open one; 0 if none is ours. Only a hint: whether the list shows closed ones, and new ones at once, is not documented.
 */
async function lastListed(twilio: TwilioCalls, identity: string): Promise<number> {
  const { participantConversations } = serviceOf(twilio);
  const rows = await twilio.retry.repeat(() =>
    participantConversations.list({
      identity,
      pageSize: PARTICIPANT_CONVERSATIONS_PAGE_SIZE,
      limit: MAX_CONVERSATIONS_PER_IDENTITY,
    }),
  );
  const numbers = rows.map(({ conversationUniqueName: name, conversationState: state }) => {
    const number = numberIn(identity, name) ?? 0;
    return state === 'closed' ? number : number - 1;
  });
  return Math.max(0, ...numbers);
}

/**
 * Where the hint was of no use: the first number after `closedNumber` that is free, or whose Conversation is open.
 * Numbers are taken without gaps, so look in growing steps for one that is not closed, then halve the distance.
 */
async function firstNotClosed(twilio: TwilioCalls, identity: string, closedNumber: number): Promise<number> {
  let closed = closedNumber;
  let notClosed = Infinity;
  for (let step = 1; closed + 1 < notClosed; step *= 2) {
    const number = notClosed === Infinity ? closed + step : Math.floor((closed + notClosed) / 2);
    const conversation = await fetchConversation(twilio, nameOf(identity, number));
    if (conversation?.state === 'closed') closed = number;
    else notClosed = number;
  }
  return notClosed;
}

function toParameters(config: Config, details: ConversationDetails, startId: string) {
  return {
    attributes: toAttributes(details, startId),
    // Timers are only taken together with a State. Source: docs https://www.twilio.com/docs/api/errors/50382
    state: 'active' as const,
    'timers.inactive': config.CONVERSATION_INACTIVE_TIMER,
    'timers.closed': config.CONVERSATION_CLOSED_TIMER,
    ...(details.friendlyName === undefined ? {} : { friendlyName: details.friendlyName }),
    ...(config.MESSAGING_SERVICE_SID ? { messagingServiceSid: config.MESSAGING_SERVICE_SID } : {}),
  };
}

/** `pre_engagement_data` is where Flex and Studio look for what was asked before the chat. */
function toAttributes({ friendlyName, preChat }: ConversationDetails, startId: string): string {
  const attributes = JSON.stringify({
    pre_engagement_data: { ...(friendlyName === undefined ? {} : { friendlyName }), ...preChat },
    start_id: startId,
  });
  if (Buffer.byteLength(attributes) > MAX_ATTRIBUTES_BYTES) {
    throw new ChatError('invalid_request', {
      message: `preChat and friendlyName must stay within ${MAX_ATTRIBUTES_BYTES} bytes together`,
    });
  }
  return attributes;
}

function startIdIn(attributes: string): unknown {
  try {
    return (JSON.parse(attributes) as { start_id?: unknown } | null)?.start_id;
  } catch {
    return undefined;
  }
}
