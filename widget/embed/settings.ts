/** All settings of a site. The tables of docs/widget.md are generated from this file: a line comment begins a table. */
import type { AttachmentLimits } from '../state/model';
import type { Words } from '../text/words';
import type { PreChatField } from '../view/options';

/** `window.FlexChatSettings`. On the script element each is a data attribute: `launcherLabel` is `data-launcher-label`. */
export interface ChatSettings {
  // Address, language and theme

  /** The address of the Functions, if it differs from the script's */
  functionsUrl?: string;
  /** {languages}, or one of your own (`texts`). Default: the page’s language, then the visitor’s, then English */
  lang?: string;
  /** Light or dark. Default: `auto`, the visitor's system setting */
  theme?: 'light' | 'dark' | 'auto';
  // The button and the panel

  /** Corner of the button. Default: `end`, lower right where text runs from left to right. `start`: the other side */
  side?: 'start' | 'end';
  /** The panel is open when the page loads, unless the visitor has closed it */
  open?: boolean;
  /** `hidden`: no button; only your page opens the chat */
  launcher?: 'hidden' | 'shown';
  /** Text beside the button's icon */
  launcherLabel?: string;
  /** URL of an image that replaces the speech bubble */
  launcherIcon?: string;
  /** An invitation beside the button, until it is clicked or dismissed */
  teaser?: string;
  /** Seconds until the teaser appears. Default: 5 */
  teaserAfter?: number;
  /** Embeds the chat into your page: a selector of the element that it fills (or the element) */
  container?: string | Element;
  // Texts

  /** Name of the chat, in the header of the panel */
  title?: string;
  /** First line of an empty chat */
  greeting?: string;
  /** The text below the greeting */
  introduction?: string;
  /** All other texts, by language: `{ "en": { "send": "Go" } }`, or a whole language. See [below](#words) */
  texts?: Record<string, Words>;
  // What the agent gets

  /** The visitor's name, if you know it; the chat then does not ask for it */
  name?: string;
  /** Questions before the chat. See [below](#questions) */
  fields?: PreChatField[];
  /** Text that the visitor must agree to before the first message; `[words](https://…)` is a link */
  consent?: string;
  /** Data that the agent gets with the Task. See [below](#context) */
  context?: Record<string, string>;
  /** `none`: the page's URL, title, referrer and language are not sent */
  visit?: 'page' | 'none';
  // During and after the chat

  /** Asks for a [rating](http-api.md#post-rate-chat) after the chat. The value is your question; empty: the default question. Not set: no survey */
  survey?: string;
  /** Shows whether agents are available, and takes a message when no chat is possible. `closed`: no chat is possible now. See [below](#availability-and-left-messages) */
  availability?: boolean | 'closed';
  /** Limits for attachments. `false`: no attachments. See [below](#files) */
  attachments?: false | Partial<AttachmentLimits>;
  /** A short tone for an answer that the visitor does not see. See [below](#sound-and-notifications) */
  sound?: boolean;
  /** Offers system notifications for answers. `content`: with the text of the message. See [below](#sound-and-notifications) */
  notifications?: boolean | 'plain' | 'content';
  // The visitor

  /** The JWT of a signed-in user ([how to sign it](security.md#signed-in-users-what-the-host-site-does)), or a function that fetches one. Prefer `identify`: the JWT expires within minutes */
  userToken?: string | (() => string | Promise<string>);
  /** The human check (CAPTCHA) that the Functions require: the service on your page, or a function that gets a token. See [below](#human-check) */
  humanCheck?: 'turnstile' | 'hcaptcha' | 'recaptcha' | (() => string | Promise<string>);
  /** `tab`: the chat ends with the tab. `none`: with the page. Default: all tabs share it until the session ends */
  remember?: 'site' | 'tab' | 'none';
}
