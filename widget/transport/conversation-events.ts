/** What the SDK tells about a Conversation, in the state's words. */
import type { Client, Conversation, Message, Participant } from '@twilio/conversations';
import type { ChatEvent } from '../state/events';
import { toAttachments } from './attachments';
import type { Session } from './contract';

/** Events come from the client, not the Conversation: after a removal the SDK makes a new Conversation object. */
export function forwardConversation(
  client: Client,
  session: Session,
  tell: (event: ChatEvent) => void,
): void {
  const isOurs = (conversation: Conversation): boolean => conversation.sid === session.conversationSid;
  const isAgent = (participant: Participant): boolean =>
    isOurs(participant.conversation) && participant.identity !== session.identity;

  client.on('messageAdded', (message) => {
    if (isOurs(message.conversation)) tell(toArrived([message], session.identity));
  });
  client.on('participantJoined', (participant) => {
    if (isAgent(participant)) void tellAgent(participant, tell);
  });
  client.on('participantLeft', (participant) => {
    if (isAgent(participant)) tell({ type: 'agentLeft', participantSid: participant.sid, at: Date.now() });
  });
  for (const [name, typing] of [
    ['typingStarted', true],
    ['typingEnded', false],
  ] as const) {
    client.on(name, (participant: Participant) => {
      if (isAgent(participant)) tell({ type: 'agentTyping', participantSid: participant.sid, typing });
    });
  }
  client.on('participantUpdated', ({ participant }) => {
    if (isAgent(participant) && participant.lastReadMessageIndex !== null) {
      const lastReadIndex = participant.lastReadMessageIndex;
      tell({ type: 'agentRead', participantSid: participant.sid, lastReadIndex });
    }
  });
  client.on('conversationUpdated', ({ conversation }) => {
    if (isOurs(conversation)) tellIfClosed(conversation, tell);
  });
}

export function tellIfClosed(conversation: Conversation, tell: (event: ChatEvent) => void): void {
  if (conversation.state?.current !== 'closed') return;
  tell({ type: 'ended', at: conversation.state.dateUpdated?.getTime() ?? Date.now() });
}

export async function tellAgent(participant: Participant, tell: (event: ChatEvent) => void): Promise<void> {
  // Twilio's time, because the name takes a moment to come, and messages may come first; and after a reload.
  const at = participant.dateCreated?.getTime() ?? Date.now();
  const identity = participant.identity ?? '';
  const name = await participant.getUser().then(
    (user) => user.friendlyName ?? identity,
    () => identity,
  );
  const { sid: participantSid, lastReadMessageIndex: lastReadIndex } = participant;
  tell({ type: 'agentJoined', agent: { participantSid, identity, name, lastReadIndex }, at });
}

export function toArrived(messages: Message[], identity: string): ChatEvent {
  return {
    type: 'messagesArrived',
    messages: messages.map((message) => {
      const isVisitors = message.author === identity;
      const { messageId } = (message.attributes ?? {}) as { messageId?: unknown };
      return {
        key: isVisitors && typeof messageId === 'string' ? messageId : message.sid,
        author: isVisitors ? 'visitor' : 'agent',
        authorIdentity: isVisitors || !message.participantSid ? null : message.author,
        body: message.body ?? '',
        attachments: toAttachments(message),
        at: message.dateCreated?.getTime() ?? Date.now(),
        index: message.index,
      };
    }),
  };
}
