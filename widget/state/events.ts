/** All events of a chat. Transport and view change the state only through them. */
import type {
  Agent,
  Attachment,
  ChatMessage,
  ChatTerms,
  Connection,
  FileProblem,
  History,
  Problem,
} from './model';
import type { Answer, RichContent } from './rich';

/** A Message as Twilio has it. */
export interface ArrivedMessage {
  key: string;
  author: ChatMessage['author'];
  authorKey: string | null;
  name: string;
  body: string;
  attachments: readonly Attachment[];
  content?: RichContent | null;
  answer?: Answer | null;
  at: number;
  index: number;
}

export type ChatEvent =
  | { type: 'drafted'; draft: string }
  | { type: 'named'; visitorName: string }
  /** The Functions have sent their limits and operating hours. */
  | { type: 'informed'; terms: Partial<ChatTerms> }
  | { type: 'starting' }
  /** Null: there was nothing to continue. */
  | { type: 'startFailed'; problem: Problem | null }
  | { type: 'opened' }
  | { type: 'connectionChanged'; connection: Connection }
  | { type: 'attached'; files: readonly Attachment[]; problems: readonly FileProblem[] }
  | { type: 'detached'; key: string }
  /** A new message with its attachments, or a retry of an existing one. */
  | {
      type: 'sending';
      key: string;
      body: string;
      at: number;
      attachments: readonly Attachment[];
      answer?: Answer | null;
    }
  | { type: 'uploading'; key: string; progress: number }
  /** The visitor has cancelled a message before Twilio had it: text and files return to the draft. */
  | { type: 'cancelled'; key: string }
  /** A reload has lost the message's files. */
  | { type: 'filesGone'; key: string }
  | { type: 'linkChanged'; key: string; link: Attachment['link'] }
  | { type: 'sendFailed'; key: string }
  /** A new Message, or a page of earlier ones. `all`: the page is complete between these two indexes, inclusive. */
  | { type: 'messagesArrived'; messages: readonly ArrivedMessage[]; all?: readonly [number, number] }
  /** The message was edited. */
  | { type: 'messageUpdated'; message: ArrivedMessage }
  | { type: 'messageRemoved'; index: number }
  /** An author's name was found, or has changed. */
  | { type: 'authorNamed'; authorKey: string; name: string }
  /** Also for agents who joined before this client: reported once, at the time of joining. */
  | { type: 'agentJoined'; agent: Omit<Agent, 'typing' | 'present'>; at: number }
  | { type: 'agentLeft'; participantSid: string; at: number }
  | { type: 'agentTyping'; participantSid: string; typing: boolean }
  | { type: 'agentRead'; participantSid: string; lastReadIndex: number }
  | { type: 'seen'; index: number }
  | { type: 'historyChanged'; history: History }
  | { type: 'ending' }
  | { type: 'endFailed'; problem: Problem }
  | { type: 'ended'; at: number }
  | { type: 'rating' }
  | { type: 'rated'; rating: number }
  | { type: 'rateFailed'; problem: Problem }
  | { type: 'sessionLost'; problem: Problem }
  | { type: 'reset' };
