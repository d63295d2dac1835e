/** What the launcher and the files that it loads on demand agree on. Types only: neither knows the other's code. */
import type { Text } from '../text/text';
import type { ContentReader } from '../transport/contents';
import type { DrawContent } from '../view/transcript/rich/rich-view';
import type { ViewOptions } from '../view/options';

/** What is loaded when the first rich message comes: `chat-rich.js`. */
export interface RichPart {
  readContent: ContentReader;
  drawContent: DrawContent;
  css: string;
}

export interface PanelSettings {
  functionsUrl: string;
  remember: 'site' | 'tab' | 'none';
  /** JSON: what `createChat` takes under this name. */
  attachments?: string | undefined;
  userToken?: (() => string | Promise<string>) | undefined;
  view: ViewOptions;
}

export interface PanelPlace {
  root: ShadowRoot;
  settings: PanelSettings;
  /** English if none was loaded. */
  text: Text | undefined;
  loadRich(): Promise<RichPart>;
  /** As if the visitor had pressed the button. */
  onOpen(): void;
  onClose(): void;
  onUnread(count: number, label: string): void;
}

export interface Panel {
  show(takesFocus: boolean): void;
  hide(): void;
  /** Forgets the visitor. */
  reset(): void;
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
