/**
 * The contents of the Sync objects: names and data (camelCase), as the SDK reads them.
 * Source: sdk @twilio/conversations/builds/lib.js. Guess: the names; the SDK takes any, Twilio's are not published.
 */
import type { Conversation, Message, MessageMedia, Participant, User } from '../../conversations/model';

export function syncNames(conversationSid: string) {
  return {
    conversation: `${conversationSid}.channel`,
    messages: `${conversationSid}.messages`,
    participants: `${conversationSid}.roster`,
  };
}

export function userNames(identity: string) {
  return { info: `${identity}.info`, conversations: `${identity}.convs` };
}

/** All of it each time, and nothing that belongs to one user: every participant's client takes it over. */
export function conversationData(conversation: Conversation, lastMessage?: Message): object {
  const names = syncNames(conversation.sid);
  return {
    friendlyName: conversation.friendlyName,
    uniqueName: conversation.uniqueName,
    attributes: conversation.attributes,
    createdBy: conversation.createdBy,
    dateCreated: conversation.dateCreated.toISOString(),
    dateUpdated: conversation.dateUpdated.toISOString(),
    messages: names.messages,
    roster: names.participants,
    notificationLevel: 'default',
    bindings: {},
    state: { current: conversation.state, dateUpdated: conversation.dateState.toISOString() },
    ...(lastMessage
      ? { lastMessage: { index: lastMessage.index, timestamp: lastMessage.dateCreated.toISOString() } }
      : {}),
  };
}

/** The user's own view; the read horizon of the others comes from the roster. */
export function myConversationData(conversation: Conversation, participant: Participant): object {
  const names = syncNames(conversation.sid);
  return {
    sid: conversation.sid,
    status: 'joined',
    channel: names.conversation,
    messages: names.messages,
    roster: names.participants,
    createdBy: conversation.createdBy,
    lastConsumedMessageIndex: participant.lastReadMessageIndex,
    notificationLevel: participant.notificationLevel,
  };
}

export function participantData(participant: Participant): object {
  const { identity, messagingBinding } = participant;
  return {
    ...(identity === null ? {} : { identity, userInfo: userNames(identity).info }),
    type: messagingBinding?.['type'] ?? 'chat',
    roleSid: participant.roleSid,
    attributes: participant.attributes,
    dateCreated: participant.dateCreated.toISOString(),
    dateUpdated: participant.dateUpdated.toISOString(),
    lastConsumedMessageIndex: participant.lastReadMessageIndex,
    lastConsumptionTimestamp: participant.lastReadTimestamp?.toISOString() ?? null,
    bindings: {},
  };
}

export function messageData(message: Message): object {
  const { dateCreated, dateUpdated } = message;
  const medias = message.media.map(mediaData);
  const timestamp = dateCreated.toISOString();
  return {
    sid: message.sid,
    author: message.author,
    memberSid: message.participantSid,
    text: message.body,
    subject: message.subject,
    attributes: message.attributes,
    timestamp,
    // Mostly one text for both: it is kept as long as the Message.
    dateUpdated: dateUpdated === dateCreated ? timestamp : dateUpdated.toISOString(),
    lastUpdatedBy: message.lastUpdatedBy,
    // Guess: a Message of a template counts as text.
    type: message.media.some(({ category }) => category === 'media') ? 'media' : 'text',
    contentSid: message.contentSid,
    channelMetadata: false,
    delivery: message.delivery,
    ...(medias.length > 0 ? { medias, media: medias[0] } : {}),
  };
}

export function reachabilityData(user: User): object {
  return { online: user.isOnline, notifiable: false };
}

function mediaData({ sid, category, filename, contentType, size }: MessageMedia): object {
  return { sid, category, filename, contentType, size };
}
