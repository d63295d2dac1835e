/** `chat.js`, the script on a site's page. */
import { mount } from './mount';

// `currentScript` is null in a module script.
const script = (document.currentScript ??
  [...document.scripts].findLast(({ src }) => /\/chat\.js\b/.test(src))) as HTMLScriptElement | undefined;

mount({ ...script?.dataset, ...window.FlexChatSettings }, script?.src ?? '', script?.nonce);
