/** What a chat is, as the visitor sees it. Plain data: no DOM, no SDK type, nothing that runs by itself. */

/** `new`: nothing begun. `starting`: the Functions are preparing the Conversation. `ended`: closed for good. */
export type Phase = 'new' | 'starting' | 'open' | 'ended';

/** `lost` is final: only a new chat helps. Everything else mends itself. */
export type Connection = 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'lost';

export interface ChatMessage {
  kind: 'message';
  /** The client's own id where there is one (own messages), else the Message SID. Never changes. */
  key: string;
  author: 'visitor' | 'agent';
  /** Who of the agents wrote it; null for the visitor and for automatic messages. */
  authorIdentity: string | null;
  body: string;
  /** Milliseconds since the Unix epoch. */
  at: number;
  status: 'sending' | 'sent' | 'failed';
  /** The Message's index in the Conversation; null until Twilio has it. */
  index: number | null;
}

export interface Notice {
  kind: 'notice';
  key: string;
  notice: 'agentJoined' | 'agentLeft' | 'ended';
  /** The agent's name; empty for `ended`. */
  name: string;
  at: number;
}

export type TranscriptItem = ChatMessage | Notice;

export interface Agent {
  participantSid: string;
  identity: string;
  name: string;
  /** False once they have left: their messages still carry their name. */
  present: boolean;
  typing: boolean;
  /** Index of the last Message that the agent has read; null before the first. */
  lastReadIndex: number | null;
}

/** Why something did not work. `code` is stable: our Functions' error codes, or one of the client's own. */
export interface Problem {
  code: string;
  retryable: boolean;
  /** With `closed_now`: when chats can be started again (ISO 8601), null where that is not in sight. */
  opensAt?: string | null;
}

/** What was said before the oldest Message that is here: `none`, `more` to be asked for, or `loading`. */
export type History = 'none' | 'more' | 'loading';

export interface ChatState {
  phase: Phase;
  connection: Connection;
  visitorName: string;
  draft: string;
  items: readonly TranscriptItem[];
  agents: readonly Agent[];
  history: History;
  /** Index of the newest Message that the visitor has seen; -1 before the first. */
  seenIndex: number;
  /** The visitor has ended the chat, and nobody has confirmed it yet. */
  isEnding: boolean;
  problem: Problem | null;
}

export const INITIAL_STATE: ChatState = {
  phase: 'new',
  connection: 'idle',
  visitorName: '',
  draft: '',
  items: [],
  agents: [],
  history: 'none',
  seenIndex: -1,
  isEnding: false,
  problem: null,
};
