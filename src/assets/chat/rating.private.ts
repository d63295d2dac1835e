/**
 * A visitor's rating of a chat: one per Conversation, in a separate record, because a closed Conversation cannot be
 * changed (docs/decisions/0006).
 */
import { ChatError } from '../http/errors.private';
import type { TwilioCalls } from '../twilio/client.private';
import { ratingName } from './conversation-name.private';
import { fetchConversation, serviceOf, UNIQUE_NAME_TAKEN, unless } from './conversation.private';

export interface Rating {
  /** 1 (worst) to 5. */
  rating: number;
  comment?: string | undefined;
}

export interface StandingRating {
  rating: number;
  /** False if a rating already existed: the first one is kept. */
  created: boolean;
}

/**
 * The record is a Conversation without Participants, named after the rated Conversation. Clients cannot write into it.
 * Twilio assigns a unique name once, so the first of several ratings is kept and each call may be repeated.
 */
export async function rateChat(
  twilio: TwilioCalls,
  conversationSid: string,
  { rating, comment }: Rating,
): Promise<StandingRating> {
  const { conversations } = serviceOf(twilio);
  const uniqueName = ratingName(twilio.config, conversationSid);
  const record = {
    uniqueName,
    friendlyName: `Rating of ${conversationSid}`,
    attributes: JSON.stringify({ conversation_sid: conversationSid, rating, comment }),
    // Not an open chat. Twilio does not accept `closed` here: docs https://www.twilio.com/docs/api/errors/50384
    state: 'inactive' as const,
  };
  const made = await twilio.retry.repeat(() => conversations.create(record)).catch(unless(UNIQUE_NAME_TAKEN));
  if (made) return { rating, created: true };
  const present = await fetchConversation(twilio, uniqueName);
  const standing = present && ratingIn(present.attributes);
  // Deleted in the meantime, or not created by the Functions.
  if (standing === undefined) throw new ChatError('twilio_error', { facts: { ratingName: uniqueName } });
  return { rating: standing, created: false };
}

function ratingIn(attributes: string): number | undefined {
  try {
    const rating = (JSON.parse(attributes) as { rating?: unknown } | null)?.rating;
    return typeof rating === 'number' ? rating : undefined;
  } catch {
    return undefined;
  }
}
