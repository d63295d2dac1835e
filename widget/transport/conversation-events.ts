/** Converts the SDK's events of a Conversation into events of the state. */
import type { Client, Conversation, Message, Participant } from '@twilio/conversations';
import type { ArrivedMessage, ChatEvent } from '../state/events';
import { toAttachments } from './attachments';
import { Authors } from './authors';
import { answerOf, attributesOf, Contents, isRich, type LoadContentReader } from './contents';
import type { Session, SessionEvent } from './contract';
import { plainText } from './plain-text';

/** Listens from its creation. To the client, not the Conversation: after a removal the SDK creates a new Conversation object. */
export class ConversationEvents {
  private readonly authors: Authors;
  private readonly contents: Contents;
  /** Messages that may have been removed while their authors were looked up: they must not reappear. */
  private readonly removed = new Set<number>();

  constructor(
    private readonly client: Client,
    private readonly session: Session,
    private readonly notify: (event: ChatEvent | SessionEvent) => void,
    loadReader?: LoadContentReader,
  ) {
    this.contents = new Contents(loadReader, (message) => this.tellUpdated(message));
    this.authors = new Authors(client, session.identity, notify);
    this.forwardMessages();
    this.forwardAgents();
    client.on('conversationUpdated', ({ conversation }) => this.tellIfClosed(conversation));
    client.on('conversationLeft', (conversation) => {
      if (!this.isOurs(conversation)) return;
      this.tellIfClosed(conversation);
      notify({ type: 'visitorRemoved' });
    });
  }

  tellMessages(messages: readonly Message[], all?: readonly [number, number]): void {
    const present = messages.filter(({ index }) => !this.removed.has(index));
    const arrived = present.map((message) => this.toArrived(message));
    this.notify({ type: 'messagesArrived', messages: arrived, ...(all && { all }) });
  }

  /** Reports Messages with their authors' names, if there are any. */
  async tellNamed(messages: readonly Message[], all?: readonly [number, number]): Promise<void> {
    await Promise.all([this.authors.ready(messages), this.contents.ready(messages)]);
    this.tellMessages(messages, all);
  }

  /** Reports a complete page up to the index `newest`: known Messages in that range that it lacks were removed. */
  async tellPage(messages: readonly Message[], hasPrevPage: boolean, newest: number): Promise<void> {
    const oldest = hasPrevPage ? messages[0]!.index : 0;
    await this.tellNamed(messages, [oldest, Math.max(newest, messages.at(-1)?.index ?? -1)]);
  }

  tellIfClosed(conversation: Conversation): void {
    if (!this.isOurs(conversation) || conversation.state?.current !== 'closed') return;
    this.notify({ type: 'ended', at: conversation.state.dateUpdated?.getTime() ?? Date.now() });
  }

  async tellAgent(participant: Participant): Promise<void> {
    if (!this.isAgent(participant)) return;
    // Twilio's time, because the name arrives late and messages may arrive first, and because of reloads.
    const at = participant.dateCreated?.getTime() ?? Date.now();
    const { key: authorKey, name } = await this.authors.ofParticipant(participant);
    const { sid: participantSid, lastReadMessageIndex: lastReadIndex } = participant;
    const isBot = (participant.attributes as { bot?: unknown } | null)?.bot === true;
    this.notify({
      type: 'agentJoined',
      agent: { participantSid, authorKey, name, lastReadIndex, isBot },
      at,
    });
  }

  private forwardMessages(): void {
    const { client } = this;
    client.on('messageAdded', (message) => {
      if (!this.isOurs(message.conversation)) return;
      // Reported at once, to keep the order of events; an unknown name follows later.
      if (isRich(message)) void this.contents.ready([message]).then(() => this.tellMessages([message]));
      else this.tellMessages([message]);
      void this.authors.ready([message]);
    });
    client.on('messageUpdated', ({ message }) => {
      if (!this.isOurs(message.conversation)) return;
      this.tellUpdated(message);
      void this.contents.read(message);
    });
    client.on('messageRemoved', ({ conversation, index }) => {
      if (!this.isOurs(conversation)) return;
      this.removed.add(index);
      this.notify({ type: 'messageRemoved', index });
    });
  }

  private forwardAgents(): void {
    const { client, notify } = this;
    client.on('participantJoined', (participant) => void this.tellAgent(participant));
    client.on('participantLeft', (participant) => {
      if (this.isAgent(participant)) {
        notify({ type: 'agentLeft', participantSid: participant.sid, at: Date.now() });
      }
    });
    for (const [name, typing] of [
      ['typingStarted', true],
      ['typingEnded', false],
    ] as const) {
      client.on(name, (participant: Participant) => {
        if (this.isAgent(participant)) {
          notify({ type: 'agentTyping', participantSid: participant.sid, typing });
        }
      });
    }
    client.on('participantUpdated', ({ participant }) => {
      if (this.isAgent(participant) && participant.lastReadMessageIndex !== null) {
        const lastReadIndex = participant.lastReadMessageIndex;
        notify({ type: 'agentRead', participantSid: participant.sid, lastReadIndex });
      }
    });
  }

  /** Has no effect if the Message is not shown. */
  private tellUpdated(message: Message): void {
    if (!this.removed.has(message.index))
      this.notify({ type: 'messageUpdated', message: this.toArrived(message) });
  }

  private toArrived(message: Message): ArrivedMessage {
    const isVisitors = this.isVisitors(message);
    const author = isVisitors ? null : this.authors.of(message);
    const { messageId } = attributesOf(message);
    const rich = isVisitors ? null : this.contents.of(message);
    return {
      key: isVisitors && typeof messageId === 'string' ? messageId : message.sid,
      author: isVisitors ? 'visitor' : 'agent',
      authorKey: author?.key ?? null,
      name: author?.name ?? '',
      body: rich?.body ?? plainText(message.body ?? (message.contentSid ? '…' : '')),
      attachments: toAttachments(message),
      content: rich?.content ?? null,
      answer: isVisitors ? answerOf(message) : null,
      at: message.dateCreated?.getTime() ?? Date.now(),
      index: message.index,
    };
  }

  private isVisitors({ author }: Message): boolean {
    return author === this.session.identity;
  }

  private isOurs({ sid }: Conversation): boolean {
    return sid === this.session.conversationSid;
  }

  private isAgent({ conversation, identity }: Participant): boolean {
    return this.isOurs(conversation) && identity !== this.session.identity;
  }
}
