/** Everything that can happen to a chat. Transport and view speak to the state in these words only. */
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
  /** The Functions have said what they take, and when. */
  | { type: 'informed'; terms: Partial<ChatTerms> }
  | { type: 'starting' }
  | { type: 'startFailed'; problem: Problem }
  | { type: 'opened' }
  | { type: 'connectionChanged'; connection: Connection }
  | { type: 'attached'; files: readonly Attachment[]; problems: readonly FileProblem[] }
  | { type: 'detached'; key: string }
  /** With what was attached, or once more for a message that is there. */
  | {
      type: 'sending';
      key: string;
      body: string;
      at: number;
      attachments: readonly Attachment[];
      answer?: Answer | null;
    }
  | { type: 'uploading'; key: string; progress: number }
  /** By the visitor, before Twilio had it: words and files go back to where they were. */
  | { type: 'cancelled'; key: string }
  /** Its files went with the page that was left. */
  | { type: 'filesGone'; key: string }
  | { type: 'linkChanged'; key: string; link: Attachment['link'] }
  | { type: 'sendFailed'; key: string }
  /** One that was just sent, or a page of the past. `all`: there is no other with an index between these two, both included. */
  | { type: 'messagesArrived'; messages: readonly ArrivedMessage[]; all?: readonly [number, number] }
  /** The message was edited. */
  | { type: 'messageUpdated'; message: ArrivedMessage }
  | { type: 'messageRemoved'; index: number }
  /** An author's name was found, or has changed. */
  | { type: 'authorNamed'; authorKey: string; name: string }
  /** Also of those who were there when we came: told once, where it happened. */
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
