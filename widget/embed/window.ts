/** Types for a page's own TypeScript: `window.FlexChat`, `window.FlexChatSettings` and the events. */
import type { ChatEvents, FlexChat, QueuedCall } from './flex-chat';
import type { ChatSettings } from './settings';

export type { ChatEvents, FlexChat, QueuedCall } from './flex-chat';
export type { ChatSettings } from './settings';
export type { PreChatField } from '../view/options';
export type { Text } from '../text/text';
export type { Words } from '../text/words';

export type ChatEventMap = {
  [Name in keyof ChatEvents as `flexchat:${Name}`]: CustomEvent<ChatEvents[Name]>;
};

declare global {
  interface Window {
    /** Before the script has loaded: a list of calls. */
    FlexChat?: FlexChat | QueuedCall[];
    FlexChatSettings?: ChatSettings;
  }
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- a map can only be added to like this
  interface WindowEventMap extends ChatEventMap {}
}
