/** `chat.js`, the one line on a site's page. */
import { mount } from './mount';

// A module script is not told which element it comes from.
const script = (document.currentScript ??
  [...document.scripts].findLast(({ src }) => /\/chat\.js\b/.test(src))) as HTMLScriptElement | undefined;

mount({ ...script?.dataset, ...window.FlexChatSettings }, script?.src ?? '', script?.nonce);
