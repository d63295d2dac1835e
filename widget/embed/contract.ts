/** What the launcher and the files that it loads on demand agree on. Types only: neither knows the other's code. */
import type { LauncherWords } from '../text/launcher-words';
import type { Text } from '../text/text';
import type { Words } from '../text/words';
import type { ContentReader } from '../transport/contents';
import type { ViewOptions } from '../view/options';
import type { DrawContent } from '../view/transcript/rich/rich-view';
import type { ChatEvents, FlexChat } from './flex-chat';
import type { ChatSettings } from './settings';

/** As the page has them: data attributes are strings, and nothing is checked yet. */
export type RawSettings = Record<string, unknown>;

/** Validated. Invalid settings are left out and have been reported. */
export interface PanelSettings extends Pick<
  ChatSettings,
  'attachments' | 'remember' | 'humanCheck' | 'visit'
> {
  context?: Record<string, string>;
  texts?: Record<string, Words>;
  view: ViewOptions;
}

export interface LauncherPlace {
  raw: RawSettings;
  root: ShadowRoot;
  /** Hidden until its settings are known. */
  button: HTMLButtonElement;
  /** A language that the site brings is added to them. */
  words: Record<string, LauncherWords>;
  speak(language: unknown): void;
  chat: FlexChat;
}

/** Checks what the page has set, says what is wrong, and dresses the button. */
export type ApplySettings = (place: LauncherPlace) => PanelSettings;

/** What is loaded when the first rich message comes: `chat-rich.js`. */
export interface RichPart {
  readContent: ContentReader;
  drawContent: DrawContent;
  css: string;
}

export interface PanelPlace {
  root: ShadowRoot;
  functionsUrl: string;
  userToken: string | (() => string | Promise<string>) | undefined;
  language: string;
  settings: PanelSettings;
  /** English if none was loaded. */
  text: Text | undefined;
  loadRich(): Promise<RichPart>;
  button: HTMLButtonElement;
  /** In an element of the page: always open. */
  isInline: boolean;
  /** As if the visitor had pressed the button. */
  open(): void;
  close(): void;
  emit<Name extends keyof ChatEvents>(name: Name, detail: ChatEvents[Name]): void;
}

export interface Panel {
  show(takesFocus: boolean): void;
  hide(): void;
  /** Forgets the visitor. */
  reset(): void;
  /** `text`: undefined for English and for a language of the site's own. */
  speak(language: string, text: Text | undefined): void;
  setContext(context: Record<string, string>): void;
  setName(name: string): void;
  prefill(text: string): void;
  end(): void;
  destroy(): void;
}

export type MountPanel = (place: PanelPlace) => Panel;

/**
 * A file loaded on demand hands over what it holds to the script element that loaded it. Classic scripts, not modules: a
 * module from another origin needs CORS headers, which Twilio does not promise for assets.
 */
export interface PartScript<Part> extends HTMLScriptElement {
  take?(part: Part): void;
}
