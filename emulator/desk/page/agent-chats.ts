/** The agent's side of every Conversation they are in, on the official SDK. */
import {
  Client,
  type ClientOptions,
  type Conversation,
  type Message,
  type Participant,
} from '@twilio/conversations';
import type { DeskSession } from './emulator-client';
import {
  newChat,
  unreadOf,
  withMessages,
  withoutMessage,
  withTyping,
  type DeskChat,
  type DeskMessage,
} from './state/chats';

interface AgentChatsListener {
  changed(chats: Readonly<Record<string, DeskChat>>): void;
  online(online: boolean): void;
}

export class AgentChats {
  private client: Client | null = null;
  private chats: Record<string, DeskChat> = {};
  private readonly conversations = new Map<string, Conversation>();
  /** The connection broke while these were being read. */
  private readonly cutOff = new Set<Conversation>();

  constructor(
    private readonly identity: string,
    private readonly fetchSession: () => Promise<DeskSession>,
    private readonly listener: AgentChatsListener,
  ) {}

  connect({ token, clientOptions }: DeskSession): void {
    const client = new Client(token, clientOptions as ClientOptions);
    this.client = client;
    client.on('connectionStateChanged', (state) => {
      this.listener.online(state === 'connected');
      if (state === 'connected') for (const conversation of this.cutOff) void this.follow(conversation);
    });
    client.on('tokenAboutToExpire', () => void this.renew(client));
    client.on('tokenExpired', () => void this.replace(client));
    // May fire twice for one Conversation; `follow` is idempotent.
    client.on('conversationJoined', (conversation) => void this.follow(conversation));
    client.on('conversationLeft', (conversation) => this.forget(conversation.sid));
    client.on('messageAdded', (message) => this.addMessages(message.conversation.sid, [message]));
    client.on('messageUpdated', ({ message }) => this.addMessages(message.conversation.sid, [message]));
    client.on('messageRemoved', ({ sid, conversation }) =>
      this.change(conversation.sid, (chat) => withoutMessage(chat, sid)),
    );
    client.on('typingStarted', (participant) => this.typing(participant, true));
    client.on('typingEnded', (participant) => this.typing(participant, false));
    client.on('participantUpdated', ({ participant }) => this.readBy(participant));
  }

  async send(conversationSid: string, body: string): Promise<void> {
    const conversation = this.conversations.get(conversationSid);
    if (!conversation) throw new Error('This chat is not open yet');
    await conversation.sendMessage(body);
  }

  async sendFile(conversationSid: string, file: File): Promise<void> {
    const conversation = this.conversations.get(conversationSid);
    if (!conversation) throw new Error('This chat is not open yet');
    const media = { contentType: file.type || 'application/octet-stream', filename: file.name, media: file };
    await conversation.prepareMessage().addMedia(media).build().send();
  }

  /** Null if the media cannot be fetched. */
  async mediaUrl(mediaSid: string): Promise<string | null> {
    const urls = await this.client?.getTemporaryContentUrlsForMediaSids([mediaSid]).catch(() => undefined);
    return urls?.get(mediaSid) ?? null;
  }

  typingIn(conversationSid: string): void {
    this.conversations
      .get(conversationSid)
      ?.typing()
      .catch(() => undefined); // A lost indicator does no harm.
  }

  /** The agent is looking at this chat. */
  markRead(conversationSid: string): void {
    const chat = this.chats[conversationSid];
    const last = chat?.messages.at(-1);
    if (!last || unreadOf(chat!) === 0) return;
    this.change(conversationSid, (one) => ({ ...one, ownReadIndex: last.index }));
    this.conversations
      .get(conversationSid)
      ?.advanceLastReadMessageIndex(last.index)
      .catch(() => undefined);
  }

  private async follow(conversation: Conversation): Promise<void> {
    this.conversations.set(conversation.sid, conversation);
    this.chats[conversation.sid] ??= newChat(conversation.sid);
    this.cutOff.delete(conversation);
    try {
      const page = await conversation.getMessages(100);
      this.addMessages(conversation.sid, page.items);
      for (const participant of await conversation.getParticipants()) this.readBy(participant);
    } catch {
      this.cutOff.add(conversation);
    }
  }

  private forget(conversationSid: string): void {
    this.conversations.delete(conversationSid);
  }

  private addMessages(conversationSid: string, messages: Message[]): void {
    this.change(conversationSid, (chat) =>
      withMessages(
        chat,
        messages.map((one) => this.toDeskMessage(one)),
      ),
    );
  }

  private typing({ identity, conversation }: Participant, isTyping: boolean): void {
    if (identity === null || identity === this.identity) return;
    this.change(conversation.sid, (chat) => withTyping(chat, identity, isTyping));
  }

  private readBy({ identity, lastReadMessageIndex: index, conversation }: Participant): void {
    if (index === null) return;
    const who = identity === this.identity ? 'ownReadIndex' : 'lastReadIndex';
    this.change(conversation.sid, (chat) => ({ ...chat, [who]: Math.max(chat[who], index) }));
  }

  private change(conversationSid: string, change: (chat: DeskChat) => DeskChat): void {
    const chat = this.chats[conversationSid];
    if (!chat) return;
    this.chats = { ...this.chats, [conversationSid]: change(chat) };
    this.listener.changed(this.chats);
  }

  private async renew(client: Client): Promise<void> {
    const { token } = await this.fetchSession();
    await client.updateToken(token);
  }

  /** `updateToken` does not always settle once the token has expired; a new client always does. */
  private async replace(client: Client): Promise<void> {
    client.removeAllListeners();
    await client.shutdown().catch(() => undefined);
    this.connect(await this.fetchSession());
  }

  private toDeskMessage(message: Message): DeskMessage {
    return {
      sid: message.sid,
      index: message.index,
      author: message.author ?? '',
      isOwn: message.author === this.identity,
      body: message.body ?? '',
      media: (message.attachedMedia ?? []).map(({ sid, filename, contentType, size }) => ({
        sid,
        name: filename ?? 'file',
        contentType,
        size,
      })),
      at: message.dateCreated?.getTime() ?? Date.now(),
    };
  }
}
