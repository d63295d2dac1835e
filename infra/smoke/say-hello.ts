/** The visitor's side, with the same SDK as the widget. */
import { Client, type Conversation } from '@twilio/conversations';
import { Remedy } from '../terminal';
import type { StartedChat } from './start-chat';

/** Far longer than needed: without a limit a failed smoke test would hang. */
const TIMEOUT_MS = 30_000;

export interface VisitorSession {
  /** The kind that the SDK reads in the Message of this template; null where it reads nothing. */
  readContent(contentSid: string): Promise<string | null>;
  /** Settles when the visitor sees the Conversation closed. */
  closed(): Promise<void>;
  stop(): Promise<void>;
}

/** `realtimeUrl` is for an emulator on this machine. */
export async function sayHello(chat: StartedChat, realtimeUrl?: string): Promise<VisitorSession> {
  const options = chat.clientOptions ?? (realtimeUrl ? { Twilsock: { uri: realtimeUrl } } : {});
  const client = new Client(chat.token, options as object);
  try {
    await inTime('connecting with the token', connected(client));
    const conversation = await inTime(
      'opening the Conversation',
      client.getConversationBySid(chat.conversationSid),
    );
    // Without this call the SDK would miss its own message. Source: observed, SDK 3.0.1
    await inTime('reading the messages', conversation.getMessages(1));
    await inTime('sending a message', conversation.sendMessage(`Smoke test, ${new Date().toISOString()}`));
    return {
      readContent: (contentSid) => inTime('waiting for a template', readContent(conversation, contentSid)),
      closed: () => inTime('waiting for the end', closed(conversation)),
      stop: () => client.shutdown(),
    };
  } catch (error) {
    await client.shutdown();
    throw error;
  }
}

function connected(client: Client): Promise<void> {
  return new Promise((resolve, reject) => {
    client.on('initialized', () => resolve());
    client.on('initFailed', ({ error }) => reject(new Error(error?.message ?? 'the token was rejected')));
  });
}

function readContent(conversation: Conversation, contentSid: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    conversation.on('messageAdded', (message) => {
      if (message.contentSid !== contentSid) return;
      message.getContentData().then((content) => resolve(content?.type ?? null), reject);
    });
  });
}

function closed(conversation: Conversation): Promise<void> {
  return new Promise((resolve) => {
    const check = (): void => {
      if (conversation.state?.current === 'closed') resolve();
    };
    conversation.on('updated', check);
    check();
  });
}

export async function inTime<Result>(doing: string, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`timed out after ${TIMEOUT_MS / 1000} s`)), TIMEOUT_MS);
  });
  try {
    return await Promise.race([work, tooLate]);
  } catch (error) {
    throw new Remedy(`While ${doing}: ${(error as Error).message}`, 'npm run doctor');
  } finally {
    clearTimeout(timer);
  }
}
