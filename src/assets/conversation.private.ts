/** Step 2.1 of the guide: one open Conversation per identity, found again by a name derived from the identity. */
import type { ConversationContext } from 'twilio/lib/rest/conversations/v1/service/conversation';
import type { ServiceContext } from 'twilio/lib/rest/conversations/v1/service';
import type { Twilio } from 'twilio';
import type { Config } from './config.private';
import type * as Errors from './errors.private';
import type * as Identity from './identity.private';
import type * as StartBudget from './start-budget.private';

const { isVisitorIdentity } = require(Runtime.getAssets()['/identity.js']!.path) as typeof Identity;
const { spendStart } = require(Runtime.getAssets()['/start-budget.js']!.path) as typeof StartBudget;
const { ChatError, twilioCodeOf } = require(Runtime.getAssets()['/errors.js']!.path) as typeof Errors;

/** Source: docs https://www.twilio.com/docs/api/errors/50353 */
const UNIQUE_NAME_TAKEN = 50353;
/** Source: docs https://www.twilio.com/docs/api/errors/20404, .../50350 */
const NOT_FOUND: readonly (number | undefined)[] = [20404, 50350];
/** Source: docs https://www.twilio.com/docs/conversations-classic/conversations-limits */
const MAX_ATTRIBUTES_BYTES = 16 * 1024;
/** Source: docs https://www.twilio.com/docs/conversations-classic/states-timers */
const MAX_CONVERSATIONS_PER_IDENTITY = 1000;
/** Source: openapi conversations_v1 (maximum of PageSize) */
const PARTICIPANT_CONVERSATIONS_PAGE_SIZE = 50;
/** Names change hands only when others start or end the same visitor's chats meanwhile; more rounds mean trouble. */
const MAX_ROUNDS = 5;
const CONVERSATION_SID = /^CH[0-9a-f]{32}$/;

export interface ConversationDetails {
  friendlyName?: string | undefined;
  preChat?: Record<string, string> | undefined;
}

export interface OpenConversation {
  conversationSid: string;
  state: string;
  /** False if it was there already. */
  created: boolean;
}

export function serviceOf(twilio: Twilio, config: Config): ServiceContext {
  return twilio.conversations.v1.services(config.CONVERSATIONS_SERVICE_SID);
}

export function conversationOf(twilio: Twilio, config: Config, sid: string): ConversationContext {
  return serviceOf(twilio, config).conversations(sid);
}

/**
 * The identity's open Conversation, made if there is none. A closed one is final and keeps its name, so each
 * Conversation of an identity has the next number in its name; two starts at once pick the same number and meet.
 */
export async function openConversation(
  twilio: Twilio,
  config: Config,
  identity: string,
  details: ConversationDetails,
): Promise<OpenConversation> {
  const { conversations } = serviceOf(twilio, config);
  const parameters = toParameters(config, details);
  const isCounted = config.ANONYMOUS_STARTS_PER_MINUTE > 0 && isVisitorIdentity(identity);
  const find = (name: string) =>
    conversations(name)
      .fetch()
      .catch(unless(...NOT_FOUND));
  let number = 1;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const uniqueName = nameOf(identity, number);
    // Only new Conversations count: who comes back is never turned away. Without a budget nobody looks first.
    let present = isCounted ? await find(uniqueName) : undefined;
    if (!present) {
      if (isCounted) await spendStart(twilio, config);
      const made = await conversations.create({ uniqueName, ...parameters }).catch(unless(UNIQUE_NAME_TAKEN));
      if (made) return { conversationSid: made.sid, state: made.state, created: true };
      present = await find(uniqueName);
    }
    // Deleted since then: its name is free again.
    if (!present) continue;
    if (present.state !== 'closed') {
      return { conversationSid: present.sid, state: present.state, created: false };
    }
    const { open, lastNumber } = await lookBack(twilio, config, identity);
    if (open) return open;
    number = Math.max(number, lastNumber) + 1;
  }
  throw new ChatError('twilio_unavailable', { facts: { rounds: MAX_ROUNDS } });
}

/**
 * The Conversation, if Twilio's own state ties it to this identity: by its name, which only our Functions give, or by
 * a Participant with this identity. Anything else is `conversation_not_yours`, whether it exists or not.
 */
export async function requireOwnConversation(
  twilio: Twilio,
  config: Config,
  identity: string,
  conversationSid: string,
): Promise<{ conversationSid: string; state: string }> {
  if (!CONVERSATION_SID.test(conversationSid)) throw new ChatError('conversation_not_yours');
  const context = conversationOf(twilio, config, conversationSid);
  const conversation = await context.fetch().catch(unless(...NOT_FOUND));
  if (!conversation) throw new ChatError('conversation_not_yours');
  if (numberIn(identity, conversation.uniqueName) === undefined) {
    const participant = await context
      .participants(identity)
      .fetch()
      .catch(unless(...NOT_FOUND));
    if (!participant) throw new ChatError('conversation_not_yours');
  }
  return { conversationSid, state: conversation.state };
}

/** For every step that adds something: `closed` is final. */
export function requireOpen({ state }: { state: string }): void {
  if (state === 'closed') throw new ChatError('conversation_closed');
}

function nameOf(identity: string, number: number): string {
  return `chat-${identity}-${number}`;
}

function numberIn(identity: string, uniqueName: string | null): number | undefined {
  const start = `chat-${identity}-`;
  if (!uniqueName?.startsWith(start)) return undefined;
  const number = uniqueName.slice(start.length);
  return /^[1-9]\d{0,8}$/.test(number) ? Number(number) : undefined;
}

/** All Conversations that the identity takes part in and that our Functions named. */
async function lookBack(
  twilio: Twilio,
  config: Config,
  identity: string,
): Promise<{ open: OpenConversation | undefined; lastNumber: number }> {
  const rows = await serviceOf(twilio, config).participantConversations.list({
    identity,
    pageSize: PARTICIPANT_CONVERSATIONS_PAGE_SIZE,
    limit: MAX_CONVERSATIONS_PER_IDENTITY,
  });
  const ours = rows.flatMap(({ conversationUniqueName, conversationSid, conversationState: state }) => {
    const number = numberIn(identity, conversationUniqueName);
    return number === undefined ? [] : [{ number, conversationSid, state }];
  });
  const open = ours.find(({ state }) => state !== 'closed');
  return {
    open: open && { conversationSid: open.conversationSid, state: open.state, created: false },
    lastNumber: Math.max(0, ...ours.map(({ number }) => number)),
  };
}

function toParameters(config: Config, details: ConversationDetails) {
  return {
    attributes: toAttributes(details),
    // Timers are only taken together with a State. Source: docs https://www.twilio.com/docs/api/errors/50382
    state: 'active' as const,
    'timers.inactive': config.CONVERSATION_INACTIVE_TIMER,
    'timers.closed': config.CONVERSATION_CLOSED_TIMER,
    ...(details.friendlyName === undefined ? {} : { friendlyName: details.friendlyName }),
    ...(config.MESSAGING_SERVICE_SID ? { messagingServiceSid: config.MESSAGING_SERVICE_SID } : {}),
  };
}

/** `pre_engagement_data` is where Flex and Studio look for what was asked before the chat. */
function toAttributes({ friendlyName, preChat }: ConversationDetails): string {
  const attributes = JSON.stringify({
    pre_engagement_data: { ...(friendlyName === undefined ? {} : { friendlyName }), ...preChat },
  });
  if (Buffer.byteLength(attributes) > MAX_ATTRIBUTES_BYTES) {
    throw new ChatError('invalid_request', {
      message: `preChat and friendlyName must stay within ${MAX_ATTRIBUTES_BYTES} bytes together`,
    });
  }
  return attributes;
}

/** Turns the named failures into undefined, and passes every other one on. */
function unless(...codes: (number | undefined)[]): (error: unknown) => undefined {
  return (error) => {
    const code = twilioCodeOf(error);
    if (code !== undefined && codes.includes(code)) return undefined;
    throw error;
  };
}
