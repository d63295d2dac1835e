/** Participants whom the Interactions API adds to a channel. */
import { SYSTEM } from '../conversations/model';
import { invalidParameter, notServed } from '../core/errors';
import type { Flex } from './domain';
import { PARTICIPANT_TYPES, type ChannelParticipant, type InteractionChannel } from './model';

/** In a chat the media is the Conversation, and an identity names the Participant. */
export function addParticipant(
  flex: Flex,
  channel: InteractionChannel,
  type: string,
  media: unknown,
): ChannelParticipant {
  if (!PARTICIPANT_TYPES.includes(type)) throw invalidParameter(`Type ${type} is unknown`);
  if (type === 'agent' || type === 'supervisor') {
    throw notServed('agents as channel participants: bring them in by Invites');
  }
  const { identity } = Object(media) as { identity?: unknown };
  if (typeof identity !== 'string') throw invalidParameter('MediaProperties lacks identity');
  const conversation = flex.channels.conversationOf(channel);
  const { participants } = flex.conversations;
  if (conversation && !participants.find(conversation.sid, identity)) {
    participants.add(conversation, { identity }, SYSTEM);
  }
  return flex.interactions.addParticipant(channel, type, identity, null);
}
