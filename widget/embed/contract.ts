/** The contract between the launcher and the files that it loads on demand. Types only: neither depends on the other's code. */
import type { ChatState } from '../state/model';
import type { LauncherWords } from '../text/launcher-words';
import type { Text } from '../text/text';
import type { Words } from '../text/words';
import type { ContentReader } from '../transport/contents';
import type { MoreParts } from '../view/more';
import type { ViewOptions } from '../view/options';
import type { OutsideChat } from '../chat/outside-chat';
import type { Away, AwayPlace } from '../view/away/away';
import type { DrawContent } from '../view/transcript/rich/rich-view';
import type { ChatEvents, FlexChat } from './flex-chat';
import type { PanelsPreact } from './panels-preact';
import type { ChatSettings } from './settings';

/** The page's unchecked settings. Data attributes are strings. */
export type RawSettings = Record<string, unknown>;

/** Validated. Invalid settings are left out and have been reported. */
export interface PanelSettings extends Pick<
  ChatSettings,
  'attachments' | 'availability' | 'remember' | 'humanCheck' | 'visit'
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
  functionsUrl: string;
  load<Part>(file: string): Promise<Part>;
}

/** Checks the page's settings, reports errors, and styles the button. */
export type ApplySettings = (place: LauncherPlace) => PanelSettings;

/** `chat-rich.js`, which is loaded with the first rich message. */
export interface RichPart {
  readContent: ContentReader;
  drawContent: DrawContent;
  css: string;
}

/** `chat-more.js`, which is loaded when one of its parts is needed. */
export type CreateMore = (preact: PanelsPreact) => MoreParts & { css: string };
/** `chat-teaser.js`, for pages with the setting `teaser`. */
export type InviteVisitor = (words: string, afterSeconds: number | undefined, place: LauncherPlace) => void;

/** `chat-save.js`, loaded when the visitor saves the chat as a file. */
export type SaveTranscript = (state: ChatState, text: Text) => void;

/** `chat-away.js`, for pages with the setting `availability`. */
export interface AwayPart {
  follow(place: Omit<AwayPlace, 'reception' | 'draft'>, outside: OutsideChat): Away;
  /** Shows at the button whether agents are available. */
  mark(place: LauncherPlace): Promise<void>;
}

export interface PanelPlace {
  root: ShadowRoot;
  functionsUrl: string;
  userToken: string | (() => string | Promise<string>) | undefined;
  language: string;
  settings: PanelSettings;
  /** English if none was loaded. */
  text: Text | undefined;
  /** Loads a file that is beside the panel, once. */
  load<Part>(file: string): Promise<Part>;
  button: HTMLButtonElement;
  /** Embedded in an element of the page: always open. */
  isInline: boolean;
  /** The same as a press of the button. */
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
 * A file that is loaded on demand delivers its exports to the script element that loaded it. Classic scripts, not modules: a
 * module from another origin needs CORS headers, which Twilio does not guarantee for assets.
 */
export interface PartScript<Part> extends HTMLScriptElement {
  take?(part: Part): void;
}
