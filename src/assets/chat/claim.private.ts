/**
 * An anonymous visitor's chat becomes a signed-in user's: the Conversation's name, which identifies the owner, changes
 * once (docs/decisions/0015).
 */
import { ChatError, type LogFacts } from '../http/errors.private';
import type { Profile } from '../http/profile.private';
import type { TwilioCalls } from '../twilio/client.private';
import { isVisitorIdentity } from '../visitor/identity.private';
import { chatDetails, claimedAttributes } from './conversation-attributes.private';
import { chatName, claimName, numberIn } from './conversation-name.private';
import {
  CONVERSATION_SID,
  conversationOf,
  fetchConversation,
  requireOpen,
  serviceOf,
  UNIQUE_NAME_TAKEN,
  unless,
  undefinedIfGone,
} from './conversation.private';
import { detachOldest, earlierChats, lastNumber } from './earlier-chats.private';
import { latestMessages } from './message-search.private';
import { firstNotClosed } from './open-conversation.private';
import { addParticipant, fetchParticipant } from './participant.private';
import { tellAgentsWho } from './task-customer.private';
import { nameUser } from './user-name.private';

/** The user's other chats start or end between two looks; more rounds indicate a bug. */
const MAX_ROUNDS = 4;

export interface Claim {
  conversationSid: string;
  /** The identities before and after the sign-in. */
  visitor: string;
  user: string;
  /** What the host site has signed about the user. */
  profile: Profile;
}

/**
 * May run any number of times, in several tabs at once. Each step leaves the chat with the visitor or with the user, and
 * the next call continues after it. Throws `conversation_not_yours` unless the Conversation is the visitor's now, or
 * became this user's by an earlier call.
 */
export async function claimChat(twilio: TwilioCalls, claim: Claim): Promise<LogFacts> {
  const { conversationSid, visitor, user } = claim;
  if (!CONVERSATION_SID.test(conversationSid) || !isVisitorIdentity(visitor)) throw notYours();
  // Another tab may move the chat between the two reads of the first look; the second one sees it moved.
  const seen = (await look(twilio, claim)) ?? (await look(twilio, claim));
  if (!seen) throw notYours();
  const { isMoved, conversation } = seen;
  if (isMoved && conversation.state === 'closed') return { created: false };
  requireOpen(conversation);
  const attributes = claimedAttributes(conversation.attributes, chatDetails({}, claim.profile), visitor);
  if (!isMoved) await move(twilio, claim, attributes);
  await removeVisitor(twilio, claim);
  await tellAgentsWho(twilio, conversationSid, user, attributes);
  await nameUser(twilio, user, claim.profile.friendlyName);
  // A call of the visitor that was under way may have added the Participant again.
  await removeVisitor(twilio, claim);
  return { created: !isMoved };
}

/** Undefined unless the chat is the visitor's or this user's. A Participant who was removed stays removed. */
async function look(twilio: TwilioCalls, { conversationSid, visitor, user }: Claim) {
  const conversation = await fetchConversation(twilio, conversationSid);
  const ownedBy = (identity: string) =>
    numberIn(twilio.config, identity, conversation?.uniqueName ?? null) !== undefined;
  const isMoved = ownedBy(user);
  if (!conversation || !(isMoved || ownedBy(visitor))) return undefined;
  const participant = await fetchParticipant(twilio, conversationSid, isMoved ? user : visitor);
  return participant && { isMoved, conversation };
}

async function move(twilio: TwilioCalls, claim: Claim, attributes: string): Promise<void> {
  const { conversationSid, user, profile } = claim;
  // Without a message, a start may still be under way, and there is nothing to keep.
  const messages = await latestMessages(twilio, conversationSid);
  if (messages.length === 0) throw new ChatError('chat_not_claimable');
  let number = await nextNumber(twilio, claim);
  await reserve(twilio, claim);
  await addParticipant(twilio, conversationSid, user);
  const conversation = conversationOf(twilio, conversationSid);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const uniqueName = chatName(twilio.config, user, number);
    const { friendlyName } = profile;
    const change = { uniqueName, attributes, ...(friendlyName !== undefined && { friendlyName }) };
    const moved = await twilio.retry
      .repeat(() => conversation.update(change))
      .catch(unless(UNIQUE_NAME_TAKEN));
    if (moved) return detachOldest(twilio, user, number);
    number = await nextNumber(twilio, claim);
  }
  throw new ChatError('twilio_unavailable', { facts: { rounds: MAX_ROUNDS } });
}

/** Throws `chat_not_claimable` if the user has another open chat: two chats cannot become one. */
async function nextNumber(twilio: TwilioCalls, { conversationSid, user }: Claim): Promise<number> {
  const chats = await earlierChats(twilio, user);
  const number = await firstNotClosed(twilio, user, lastNumber(chats, new Set()), new Set());
  const present = await fetchConversation(twilio, chatName(twilio.config, user, number));
  if (present && present.sid !== conversationSid) throw new ChatError('chat_not_claimable');
  return number;
}

/**
 * Two users can hold the token of one anonymous visitor, on a shared computer. Renaming alone would let the last one
 * win, with both as Participants, so the first one makes a record, whose name Twilio assigns once.
 */
async function reserve(twilio: TwilioCalls, { conversationSid, user }: Claim): Promise<void> {
  const { conversations } = serviceOf(twilio);
  const uniqueName = claimName(twilio.config, conversationSid);
  const record = {
    uniqueName,
    friendlyName: `Claim of ${conversationSid}`,
    attributes: JSON.stringify({ conversation_sid: conversationSid, identity: user }),
    // Not an open chat. Twilio does not accept `closed` here: docs https://www.twilio.com/docs/api/errors/50384
    state: 'inactive' as const,
  };
  const made = await twilio.retry.repeat(() => conversations.create(record)).catch(unless(UNIQUE_NAME_TAKEN));
  if (made) return;
  const present = await fetchConversation(twilio, uniqueName);
  if (present?.attributes !== record.attributes) throw notYours();
}

async function removeVisitor(twilio: TwilioCalls, { conversationSid, visitor }: Claim): Promise<void> {
  const participant = conversationOf(twilio, conversationSid).participants(visitor);
  await twilio.retry.repeat(() => participant.remove()).catch(undefinedIfGone);
}

function notYours(): ChatError {
  return new ChatError('conversation_not_yours');
}
