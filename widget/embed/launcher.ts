/** `chat.js`, the one line on a site's page. */
import type { ChatSettings } from './settings';
import type { FlexChat, QueuedCall } from './flex-chat';
import { mount } from './mount';

declare global {
  interface Window {
    /** Before the script is there: calls that wait for it. */
    FlexChat?: FlexChat | QueuedCall[];
    FlexChatSettings?: ChatSettings;
  }
}

// A module script is not told which element it comes from.
const script = (document.currentScript ??
  [...document.scripts].findLast(({ src }) => /\/chat\.js\b/.test(src))) as HTMLScriptElement | undefined;

// Not the page's own element of that name, which the browser gives out under it, too.
if (!(window.FlexChat && 'isOpen' in window.FlexChat)) {
  mount({ ...script?.dataset, ...window.FlexChatSettings }, script?.src ?? '', script?.nonce);
}
