/** The earlier chats of an identity, from Twilio's list, which is kept short. */
import type { TwilioCalls } from '../twilio/client.private';
import { chatName, numberIn } from './conversation-name.private';
import { serviceOf } from './conversation.private';
import { detachParticipant } from './participant.private';

/** Source: openapi conversations_v1 (maximum of PageSize) */
const PAGE_SIZE = 50;
/**
 * An identity can take part in 1,000 Conversations, including closed ones (Source: docs
 * https://www.twilio.com/docs/api/errors/50214), and the list has pages of 50. Each start therefore detaches the oldest
 * chat, so the list stays on one page and a visitor's thousandth start is as fast as the second.
 */
const KEPT_CHATS = PAGE_SIZE - 1;

export interface EarlierChat {
  conversationSid: string;
  /** The number in its name. */
  number: number;
  state: string;
  startedAt: Date;
  changedAt: Date;
}

/** A chat that is over. Dates are ISO 8601. */
interface PastChat {
  conversationSid: string;
  startedAt: string;
  endedAt: string;
}

/** One page of the list. Guess: it includes closed Conversations. */
export async function earlierChats(twilio: TwilioCalls, identity: string): Promise<EarlierChat[]> {
  const { participantConversations } = serviceOf(twilio);
  const rows = await twilio.retry.repeat(() =>
    participantConversations.list({ identity, pageSize: PAGE_SIZE, limit: PAGE_SIZE }),
  );
  return rows.flatMap((row) => {
    const number = numberIn(twilio.config, identity, row.conversationUniqueName);
    const { conversationSid, conversationState: state } = row;
    const [startedAt, changedAt] = [row.conversationDateCreated, row.conversationDateUpdated];
    return number === undefined ? [] : [{ conversationSid, number, state, startedAt, changedAt }];
  });
}

/**
 * The identity's chats that are over, the newest first. Two facts prove that each is the identity's own: the list has
 * only Conversations in which it is a Participant now, and the name, with its MAC, says for whom the Functions created
 * it. A chat from which the identity was removed is not in the list.
 */
export async function pastChats(twilio: TwilioCalls, identity: string): Promise<PastChat[]> {
  const closed = (await earlierChats(twilio, identity)).filter(({ state }) => state === 'closed');
  return closed
    .sort((one, other) => other.number - one.number)
    .map(({ conversationSid, startedAt, changedAt }) => ({
      conversationSid,
      startedAt: startedAt.toISOString(),
      // Nothing changes in a closed Conversation.
      endedAt: changedAt.toISOString(),
    }));
}

/** The highest number of an ended chat, or the number before an open chat; 0 if there is none. */
export function lastNumber(chats: readonly EarlierChat[], passed: ReadonlySet<string>): number {
  const numbers = chats.map(({ conversationSid, number, state }) =>
    state === 'closed' || passed.has(conversationSid) ? number : number - 1,
  );
  return Math.max(0, ...numbers);
}

/**
 * Runs in parallel with a start that created the Conversation with this number: removes the identity from the oldest
 * chat that no longer fits.
 */
export async function detachOldest(twilio: TwilioCalls, identity: string, number: number): Promise<void> {
  if (number <= KEPT_CHATS) return;
  await detachParticipant(twilio, chatName(twilio.config, identity, number - KEPT_CHATS), identity);
}
