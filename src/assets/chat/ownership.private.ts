/** The owner of a Conversation: the rule that every Function applies before it acts on one. */
import { ChatError } from '../http/errors.private';
import type { TwilioCalls } from '../twilio/client.private';
import { isOurIdentity } from '../visitor/identity.private';
import { marksIn, withAddedMark } from './conversation-attributes.private';
import { isChatName, numberIn } from './conversation-name.private';
import { CONVERSATION_SID, conversationOf, fetchConversation, serviceOf } from './conversation.private';
import { hasEnded } from './ended-starts.private';
import { latestMessages } from './message-search.private';
import type { OpenConversation } from './open-conversation.private';
import { addParticipant, fetchParticipant } from './participant.private';
import { findWebhooks } from './webhook.private';

/** Source: openapi conversations_v1 (maximum of PageSize) */
const MEMBERSHIPS_PAGE_SIZE = 50;
/** Source: docs https://www.twilio.com/docs/api/errors/50214 */
const MAX_MEMBERSHIPS = 1000;

export interface OwnConversation {
  conversationSid: string;
  state: string;
  /** A JSON object. */
  attributes: string;
  /** The caller's Participant; undefined if a start is incomplete or the chat is over. */
  participantSid: string | undefined;
}

/**
 * Returns the Conversation if it was created for this identity and the identity has not been removed since. Otherwise
 * throws `conversation_not_yours`, whether the Conversation exists or not. That includes another visitor's chat in
 * which the identity is a Participant: if a Role permits addParticipant, visitors can add each other.
 */
export async function requireOwnConversation(
  twilio: TwilioCalls,
  identity: string,
  conversationSid: string,
): Promise<OwnConversation> {
  if (!CONVERSATION_SID.test(conversationSid)) throw new ChatError('conversation_not_yours');
  const [conversation, participant] = await Promise.all([
    fetchConversation(twilio, conversationSid),
    fetchParticipant(twilio, conversationSid, identity),
  ]);
  if (!conversation) throw new ChatError('conversation_not_yours');
  const { state, uniqueName, attributes } = conversation;
  const isOurs = numberIn(twilio.config, identity, uniqueName) !== undefined;
  const isTheirs = isOurs
    ? participant ||
      state === 'closed' ||
      !(await wasTakenOut(twilio, { conversationSid, marks: marksIn(attributes) }, identity))
    : participant &&
      !isChatName(twilio.config, uniqueName) &&
      (await wasMadeByBackEnd(twilio, conversationSid, identity));
  if (!isTheirs) throw new ChatError('conversation_not_yours');
  return { conversationSid, state, attributes, participantSid: participant?.sid };
}

/**
 * Whether an identity without a Participant had one before, so that it was removed (or left) since, and the removal is
 * respected. The first message comes after the Participant. Before that message the marks tell: a whole start, which
 * must be over, adds the Participant unless it fails, and a single step leaves a mark. A visitor's messages alone,
 * without a webhook, prove nothing: a back end may have sent them before the start was complete.
 */
export async function wasTakenOut(
  twilio: TwilioCalls,
  { conversationSid, marks }: Pick<OpenConversation, 'conversationSid' | 'marks'>,
  identity: string,
): Promise<boolean> {
  const messages = await latestMessages(twilio, conversationSid);
  if (messages.length === 0) {
    return marks.wasAdded === true || (marks.isWholeStart && !hasEnded(conversationSid));
  }
  if (messages.some(({ author }) => author !== identity)) return true;
  return (await findWebhooks(twilio, conversationSid)) !== undefined;
}

/**
 * Adds the visitor outside of a whole start, and leaves the mark that {@link wasTakenOut} reads. Returns the new
 * Participant's SID, or undefined if the visitor already is a Participant.
 */
export async function addMarked(
  twilio: TwilioCalls,
  identity: string,
  { conversationSid, attributes, participantSid }: Omit<OwnConversation, 'state'>,
): Promise<string | undefined> {
  const { wasAdded, isWholeStart } = marksIn(attributes);
  const added = participantSid ? undefined : await addParticipant(twilio, conversationSid, identity);
  // Also after an earlier call that added the Participant and then failed.
  if (wasAdded || (isWholeStart && participantSid)) return added;
  const conversation = conversationOf(twilio, conversationSid);
  await twilio.retry.repeat(() => conversation.update({ attributes: withAddedMark(attributes) }));
  return added;
}

/**
 * Whether a Conversation whose name the Functions did not create comes from REST: for example, the site's own back end
 * has invited the visitor to it. Conversations that a visitor creates with the SDK are excluded: they would reach an
 * agent without operating hours, budget and limits.
 */
async function wasMadeByBackEnd(
  twilio: TwilioCalls,
  conversationSid: string,
  identity: string,
): Promise<boolean> {
  const { participantConversations } = serviceOf(twilio);
  const rows = await twilio.retry.repeat(() =>
    participantConversations.list({ identity, pageSize: MEMBERSHIPS_PAGE_SIZE, limit: MAX_MEMBERSHIPS }),
  );
  const row = rows.find((one) => one.conversationSid === conversationSid);
  return row !== undefined && !isOurIdentity(row.conversationCreatedBy);
}
