/** The state of a chat, as the visitor sees it. Plain data: no DOM, no SDK types, no timers. */

import type { Answer, RichContent } from './rich';

/** `new`: not started. `starting`: the Functions are preparing the Conversation. `ended`: closed for good. */
export type Phase = 'new' | 'starting' | 'open' | 'ended';

/** `lost` is final: only a new chat helps. All other states recover automatically. */
export type Connection = 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'lost';

/** A temporary URL of a file's content. */
export interface ContentLink {
  url: string;
  /** Milliseconds since the Unix epoch; Infinity for the visitor's own file, which is valid until the page is left. */
  until: number;
}

export interface Attachment {
  /** The Media SID; before Twilio has the file, the client's own id. */
  key: string;
  name: string;
  /** MIME type. */
  type: string;
  /** Bytes. */
  size: number;
  /** Null until it is requested. `failed`: Twilio did not return it; a retry may help. */
  link: ContentLink | 'loading' | 'failed' | null;
}

/** Limits for attachments. */
export interface AttachmentLimits {
  /** Of one file. */
  maxBytes: number;
  /** In one message. */
  maxCount: number;
  /** As in the `accept` of a file input: `image/*`, `application/pdf`, `.csv`, separated by commas. */
  types: string;
}

/** A file that could not be attached; `lost`: it was attached, but the visitor left the page before it was sent. */
export interface FileProblem {
  name: string;
  reason: 'tooLarge' | 'tooMany' | 'wrongType' | 'empty' | 'lost';
}

/** A period in which chats can be started. ISO 8601. */
export interface OpenHours {
  opensAt: string;
  closesAt: string;
}

/** The limits and operating hours of the Functions. */
export interface ChatTerms {
  /** Of one message, in UTF-16 units, like `length`. */
  maxMessageChars: number;
  /** The next periods, including the current one; null: always open, or not known yet. */
  openHours: readonly OpenHours[] | null;
}

export interface ChatMessage {
  kind: 'message';
  /** The client's own id for messages that it sent, otherwise the Message SID. Never changes. */
  key: string;
  author: 'visitor' | 'agent';
  /** The same in every message of the same author; null for the visitor and for automatic messages. Has no other meaning. */
  authorKey: string | null;
  /** The author's name for display; empty if there is none, and for the visitor. */
  name: string;
  /** Empty for a message that has only files. */
  body: string;
  attachments: readonly Attachment[];
  /** Its choices, links and pictures; null for plain text. */
  content: RichContent | null;
  /** The choice of an earlier message that this is; null if it is not a choice. */
  answer: Answer | null;
  /** From 0 to 1 while files are uploaded; null otherwise. */
  progress: number | null;
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
  /** The agent's key; null for `ended`. */
  authorKey: string | null;
  /** The agent's name, as in their messages; empty for `ended`. */
  name: string;
  at: number;
}

export type TranscriptItem = ChatMessage | Notice;

export interface Agent {
  participantSid: string;
  /** As in their messages. */
  authorKey: string;
  /** The name for display; empty if there is none. */
  name: string;
  /** A bot that answers before an agent does. Once it has left, the visitor waits for an agent. */
  isBot?: boolean;
  /** False once they have left: their messages still carry their name. */
  present: boolean;
  typing: boolean;
  /** Index of the last Message that the agent has read; null before the first. */
  lastReadIndex: number | null;
}

/** The last failure. `code` is stable: an error code of the Functions, or one of the client's own. */
export interface Problem {
  code: string;
  retryable: boolean;
  /** With `closed_now`: when chats can be started again (ISO 8601), null if no opening is known. */
  opensAt?: string | null;
}

/** Messages before the oldest one in the state: `none`, `more` that can be loaded, or `loading`. */
export type History = 'none' | 'more' | 'loading';

/** A chat that is over. */
export interface PastChat {
  conversationSid: string;
  /** Milliseconds since the Unix epoch, as `endedAt`. */
  startedAt: number;
  endedAt: number;
}

export interface ChatState extends ChatTerms {
  phase: Phase;
  connection: Connection;
  visitorName: string;
  draft: string;
  /** Attached to the message that is being written. */
  files: readonly Attachment[];
  /** Reset when the visitor attaches or sends something. */
  fileProblems: readonly FileProblem[];
  items: readonly TranscriptItem[];
  agents: readonly Agent[];
  history: History;
  /** Index of the newest Message that the visitor has seen; -1 before the first. */
  seenIndex: number;
  /** The visitor has ended the chat; Twilio has not confirmed it yet. */
  isEnding: boolean;
  /** The visitor's rating of this chat, 1 (worst) to 5; null until it is saved. */
  rating: number | null;
  /** The rating is being sent. */
  isRating: boolean;
  problem: Problem | null;
}

export const INITIAL_STATE: ChatState = {
  phase: 'new',
  connection: 'idle',
  visitorName: '',
  draft: '',
  files: [],
  fileProblems: [],
  items: [],
  agents: [],
  history: 'none',
  seenIndex: -1,
  isEnding: false,
  rating: null,
  isRating: false,
  problem: null,
  // The default of the Functions' setting.
  maxMessageChars: 1_600,
  openHours: null,
};
