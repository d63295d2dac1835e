/** The chat without a view: what a site that draws its own interface builds on. docs/bring-your-own-ui.md shows how. */
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
import type { ChatClient } from './chat-client';

export type { ChatClient, Score } from './chat-client';
/** What the state is before anything has happened, for what is drawn on a server. */
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
  Phase,
  Problem,
  TranscriptItem,
} from '../state/model';
export type { ActionLink, Answer, Choice, RichContent } from '../state/rich';

export interface ChatOptions {
  /** Where the Functions are, for example `https://flex-custom-chat-1234-prod.twil.io`. */
  functionsUrl: string;
  /** For a user that your site knows: the JWT that it signed, or what fetches a new one. It lives for minutes only. */
  userToken?: string | (() => string | Promise<string>);
  /** Gets the token of a human check (such as Turnstile). Called once, for a new anonymous visitor. */
  humanCheck?: () => string | Promise<string>;
  /** `site` (default): one chat for all tabs, until the session ends. `tab`: gone with the tab. `none`: with the page. */
  remember?: 'site' | 'tab' | 'none';
  /** What may be attached: changes to what Flex takes (docs/widget.md). `false`: nothing. */
  attachments?: false | Partial<AttachmentLimits>;
}

export function createChat(options: ChatOptions): ChatClient {
  return createChatWith(options, () => Promise.resolve(readContent));
}

/** For the panel, which loads what reads rich messages when the first one comes. */
export function createChatWith(options: ChatOptions, loadReader: LoadContentReader): ChatClient {
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

/** What one tab has written to `localStorage` reaches another one's process by a message of its own, a little later. */
const STORAGE_REACHES_TABS_MS = 50;

/** Among the tabs of a site. Only secure pages have it; elsewhere the tabs take their chance. */
function lock(name: string): Exclusively | undefined {
  const locks = (globalThis.navigator as Navigator | undefined)?.locks;
  if (!locks) return undefined;
  return (work) =>
    new Promise((resolve, reject) => {
      // The work's answer is not held up: only the next tab waits.
      const turn = locks.request(name, async () => {
        await work().then(resolve, reject);
        await new Promise((done) => setTimeout(done, STORAGE_REACHES_TABS_MS));
      });
      // Refused where a page may keep nothing, in frames for example: then there is nothing to share either.
      turn.catch(() => work().then(resolve, reject));
    });
}
