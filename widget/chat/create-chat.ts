/** The chat without a view, for sites that draw their own interface. See docs/bring-your-own-ui.md. */
import { FLEX_LIMITS } from '../state/attachments';
import type { AttachmentLimits } from '../state/model';
import { completeAbortSignals } from '../transport/abort-signals';
import { AppStorage, type StorageAdapter } from '../transport/app-storage';
import { createChatStorage, type KeyValueStorage } from '../transport/chat-storage';
import { connectSdk } from '../transport/conversations-client';
import type { LoadContentReader } from '../transport/contents';
import type { Connector } from '../transport/contract';
import { baseUrlOf, storageKeyOf } from '../transport/deployment';
import { createFunctionsClient, type FunctionsClient, type Pass } from '../transport/functions-client';
import { readContent } from '../transport/rich/read-content';
import { Passes, type Exclusively } from '../transport/passes';
import { joinTabs } from '../transport/tabs';
import { followAppState, type AppStateSource } from './app-state';
import { Chat } from './chat';
import { checkOptions } from './check-options';
import type { ChatClient, Reception } from './chat-client';
import { Device, type PushOptions } from './device';
import { afterLoading } from './loading-chat';
import { createReception } from './reception';

export type { StorageAdapter } from '../transport/app-storage';
export type { AppStateSource } from './app-state';
export type {
  Availability,
  ChatClient,
  LeftMessage,
  PastChats,
  PastConversation,
  Reception,
  Score,
} from './chat-client';
export type { PushOptions } from './device';
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

/** Of browsers. Elsewhere they are missing, and the storage falls back to memory. */
declare const localStorage: KeyValueStorage;
declare const sessionStorage: KeyValueStorage;

interface LockManager {
  request(name: string, work: () => Promise<void>): Promise<void>;
}

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
  /**
   * For an app: where the chat is kept, such as React Native's `AsyncStorage`, instead of the browser's storage. With
   * `remember: 'site'` it survives a restart; otherwise it ends with the app.
   */
  storage?: StorageAdapter;
  /** For an app: React Native's `AppState`. In the background the chat is not connected. */
  appState?: AppStateSource;
  /** For an app: registers the phone for push notifications. */
  push?: PushOptions;
}

/** @throws OptionError for a missing or malformed option */
export function createChat(options: ChatOptions): ChatClient & Reception {
  checkOptions(options);
  completeAbortSignals();
  const { functionsUrl, remember = 'site', storage, appState, push } = options;
  const loadReader: LoadContentReader = () => Promise.resolve(readContent);
  if (!storage && !appState && !push) return withReception(createChatWith(options, loadReader));
  const app = storage && new AppStorage(storage, storageKeyOf(functionsUrl));
  const device = push && new Device(push);
  const chat = createChatWith(
    {
      ...options,
      ...(app && {
        site: remember === 'site' ? () => app.site : nowhere,
        tab: remember === 'site' ? () => app.tab : nowhere,
      }),
      ...(device && {
        functions: device.through(createFunctionsClient(baseUrlOf(functionsUrl))),
        connect: (pass: Pass) => device.register(connectSdk(pass, loadReader)),
      }),
    },
    loadReader,
  );
  const stopFollowing = appState && followAppState(appState, chat.store, chat.ongoing);
  return afterLoading(withReception(chat), app?.loaded ?? null, {
    forget: () => device?.unregister(),
    destroy: () => stopFollowing?.(),
  });
}

function withReception(chat: Chat): Chat & Reception {
  return Object.assign(chat, createReception(chat.outside));
}

/** What an app has instead of a browser's. */
interface AppParts {
  functions?: FunctionsClient;
  connect?: Connector;
  site?: () => KeyValueStorage;
  tab?: () => KeyValueStorage;
}

/** For the panel, which loads the reader of rich messages with the first of them. */
export function createChatWith(options: ChatOptions & AppParts, loadReader: LoadContentReader): Chat {
  const {
    functionsUrl,
    userToken,
    humanCheck,
    remember = 'site',
    attachments,
    functions = createFunctionsClient(baseUrlOf(functionsUrl)),
    tab = remember === 'none' ? nowhere : () => sessionStorage,
    site = remember === 'site' ? () => localStorage : tab,
    connect = (pass) => connectSdk(pass, loadReader),
  } = options;
  const key = storageKeyOf(functionsUrl);
  const storage = createChatStorage(key, site, tab);
  const source = { userToken: typeof userToken === 'string' ? () => userToken : userToken, humanCheck };
  const inTurn = remember === 'site' ? lock(key) : undefined;
  return new Chat({
    functions,
    connectSdk: connect,
    storage,
    passes: new Passes(functions, storage, source, inTurn),
    inTurn,
    tabs: remember === 'site' ? joinTabs(key) : undefined,
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
  const locks = (globalThis as { navigator?: { locks?: LockManager } }).navigator?.locks;
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
