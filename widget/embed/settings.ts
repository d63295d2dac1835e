/** All settings of a site. The tables of docs/widget.md are generated from this file. */
import type { AttachmentLimits } from '../state/model';
import type { Words } from '../text/words';
import type { PreChatField } from '../view/options';

/** `window.FlexChatSettings`. On the script element each is a data attribute: `launcherLabel` is `data-launcher-label`. */
export interface ChatSettings {
  /** The address of the Functions, if it differs from the script's */
  functionsUrl?: string;
  /** {languages}, or one of your own (`texts`). Default: the page’s language, then the visitor’s, then English */
  lang?: string;
  /** Default: the visitor's system setting */
  theme?: 'light' | 'dark' | 'auto';
  /** `start`: the opposite corner */
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
  /** Replaces the language's own text */
  title?: string;
  /** As above */
  greeting?: string;
  /** As above */
  introduction?: string;
  /** All other texts, by language: `{ "en": { "send": "Go" } }`, or a whole language. See [below](#words) */
  texts?: Record<string, Words>;
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
  /** Asks for a rating from 1 to 5 and a comment after the chat. The value is your question; empty: the default question. No survey if not set. The answers: [http-api.md](http-api.md#post-rate-chat) */
  survey?: string;
  /** Shows whether agents are there and how long visitors wait, at the button and in the panel, and takes a message when no chat is possible. `closed`: no chat is possible now, whatever the Functions say. See [below](#availability-and-left-messages) */
  availability?: boolean | 'closed';
  /** Limits for attachments. `false`: no attachments. See [below](#files) */
  attachments?: false | Partial<AttachmentLimits>;
  /** A short tone for an answer while the panel is closed or the page is hidden, once in all tabs, and a button that mutes it. Silent until the visitor has interacted with the page */
  sound?: boolean;
  /** Offers, in the chat, to show system notifications for answers while no tab of the site is in front. `content`: with the text of the message; otherwise without it */
  notifications?: boolean | 'plain' | 'content';
  /** The JWT of a signed-in user ([how to sign it](security.md)), or a function that fetches one. It expires within minutes: prefer `identify` to the attribute */
  userToken?: string | (() => string | Promise<string>);
  /** The human check that the Functions require: the service whose widget is on your page, or a function that gets a token. See [below](#human-check) */
  humanCheck?: 'turnstile' | 'hcaptcha' | 'recaptcha' | (() => string | Promise<string>);
  /** `tab`: the chat ends with the tab. `none`: with the page. Default: all tabs share it until the session ends */
  remember?: 'site' | 'tab' | 'none';
}
