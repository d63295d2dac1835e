/** The chat without a view, for sites that draw their own interface. See docs/bring-your-own-ui.md. */
import { FLEX_LIMITS } from '../state/attachments';
import type { AttachmentLimits } from '../state/model';
import { createChatStorage, type KeyValueStorage } from '../transport/chat-storage';
import { connectSdk } from '../transport/conversations-client';
import type { LoadContentReader } from '../transport/contents';
import { baseUrlOf, storageKeyOf } from '../transport/deployment';
import { createFunctionsClient } from '../transport/functions-client';
import { readContent } from '../transport/rich/read-content';
import { Passes, type Exclusively } from '../transport/passes';
import { Chat } from './chat';
import type { ChatClient, Reception } from './chat-client';
import { createReception } from './reception';

export type {
  Availability,
  ChatClient,
  LeftMessage,
  PastChats,
  PastConversation,
  Reception,
  Score,
} from './chat-client';
/** The initial state, for rendering on a server. */
export { INITIAL_STATE } from '../state/model';
export type {
  Agent,
  Attachment,
  AttachmentLimits,
  ChatMessage,
  ChatState,
  ChatTerms,
  Connection,
  ContentLink,
  FileProblem,
  History,
  Notice,
  OpenHours,
  PastChat,
  Phase,
  Problem,
  TranscriptItem,
} from '../state/model';
export type { ActionLink, Answer, Choice, RichContent } from '../state/rich';

export interface ChatOptions {
  /** Where the Functions are, for example `https://flex-custom-chat-1234-prod.twil.io`. */
  functionsUrl: string;
  /** For a signed-in user: the JWT that your site signed, or a function that fetches a new one. It expires within minutes. */
  userToken?: string | (() => string | Promise<string>);
  /** Gets the token of a human check (such as Turnstile). Called once, for a new anonymous visitor. */
  humanCheck?: () => string | Promise<string>;
  /** `site` (default): one chat for all tabs, until the session ends. `tab`: the chat ends with the tab. `none`: with the page. */
  remember?: 'site' | 'tab' | 'none';
  /** Limits for attachments, if they differ from Flex's (docs/widget.md). `false`: no attachments. */
  attachments?: false | Partial<AttachmentLimits>;
}

export function createChat(options: ChatOptions): ChatClient & Reception {
  const chat = createChatWith(options, () => Promise.resolve(readContent));
  return Object.assign(chat, createReception(chat.outside));
}

/** For the panel, which loads the reader of rich messages with the first of them. */
export function createChatWith(options: ChatOptions, loadReader: LoadContentReader): Chat {
  const { functionsUrl, userToken, humanCheck, remember = 'site', attachments } = options;
  const key = storageKeyOf(functionsUrl);
  const functions = createFunctionsClient(baseUrlOf(functionsUrl));
  const tab = remember === 'none' ? nowhere : () => sessionStorage;
  const storage = createChatStorage(key, remember === 'site' ? () => localStorage : tab, tab);
  const source = { userToken: typeof userToken === 'string' ? () => userToken : userToken, humanCheck };
  const inTurn = remember === 'site' ? lock(key) : undefined;
  return new Chat({
    functions,
    connectSdk: (pass) => connectSdk(pass, loadReader),
    storage,
    passes: new Passes(functions, storage, source, inTurn),
    inTurn,
    limits: attachments === false ? null : { ...FLEX_LIMITS, ...attachments },
    wait: (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs)),
  });
}

function nowhere(): KeyValueStorage {
  throw new Error('This chat remembers nothing');
}

/** A write to `localStorage` reaches the process of another tab a little later. */
const STORAGE_REACHES_TABS_MS = 50;

/** A lock across the tabs of a site. Only secure pages have it; on other pages the tabs are not synchronized. */
function lock(name: string): Exclusively | undefined {
  const locks = (globalThis.navigator as Navigator | undefined)?.locks;
  if (!locks) return undefined;
  return (work) =>
    new Promise((resolve, reject) => {
      // The result is not delayed: only the next tab waits.
      const turn = locks.request(name, async () => {
        await work().then(resolve, reject);
        await new Promise((done) => setTimeout(done, STORAGE_REACHES_TABS_MS));
      });
      // Rejected if the page has no storage, for example in some frames: then there is nothing to share.
      turn.catch(() => work().then(resolve, reject));
    });
}
