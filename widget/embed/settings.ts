/** Everything that a site can set. docs/widget.md has it as tables, which are made from this file. */
import type { AttachmentLimits } from '../state/model';
import type { Words } from '../text/words';
import type { PreChatField } from '../view/options';

/** `window.FlexChatSettings`. On the script element each is a data attribute: `launcherLabel` is `data-launcher-label`. */
export interface ChatSettings {
  /** Where the Functions are, if not where the script is */
  functionsUrl?: string;
  /** {languages}, or one of your own (`texts`). Otherwise the page’s language, then the visitor’s, then English */
  lang?: string;
  /** Otherwise as the visitor's system has it */
  theme?: 'light' | 'dark' | 'auto';
  /** `start`: the other corner */
  side?: 'start' | 'end';
  /** The panel is open from the beginning, unless the visitor has closed it */
  open?: boolean;
  /** `hidden`: no button; only your page opens the chat */
  launcher?: 'hidden' | 'shown';
  /** Words beside the button's picture */
  launcherLabel?: string;
  /** Address of a picture, instead of the speech bubble */
  launcherIcon?: string;
  /** A line beside the button that invites the visitor, until it is clicked or sent away */
  teaser?: string;
  /** Seconds until the teaser comes; 5 if not set */
  teaserAfter?: number;
  /** The chat is part of your page: a selector of the element that it fills (or the element) */
  container?: string | Element;
  /** Instead of the language's own words */
  title?: string;
  /** As above */
  greeting?: string;
  /** As above */
  introduction?: string;
  /** Every other word, by language: `{ "en": { "send": "Go" } }`, or a whole language. See [below](#words) */
  texts?: Record<string, Words>;
  /** The visitor's name, where you know it; it is not asked for then */
  name?: string;
  /** Questions before the chat. See [below](#questions) */
  fields?: PreChatField[];
  /** Text that the visitor must agree to before the first message; `[words](https://…)` is a link */
  consent?: string;
  /** What the agent gets to know with the Task. See [below](#context) */
  context?: Record<string, string>;
  /** `none`: the page's address, title, referrer and language are not passed on */
  visit?: 'page' | 'none';
  /** Asks one question when the chat is over, answered from 1 to 5 and in words: yours, or ours if it is empty. Not asked without it. Where the answers are: [http-api.md](http-api.md#post-rate-chat) */
  survey?: string;
  /** What may be attached. `false`: nothing. See [below](#files) */
  attachments?: false | Partial<AttachmentLimits>;
  /** A short tone for an answer while the panel is closed or the page is hidden, once in all tabs, and a button that mutes it. Silent until the visitor has touched the page */
  sound?: boolean;
  /** Offers, in the chat, to show system notifications for answers while no tab of the site is in front. `content`: with the text of the message; otherwise without it */
  notifications?: boolean | 'plain' | 'content';
  /** The JWT of a user that you know ([how to sign it](security.md)), or a function that fetches one. It lives for minutes: as an attribute rather use `identify` */
  userToken?: string | (() => string | Promise<string>);
  /** The human check that the Functions ask for: its service, whose widget is on your page, or a function that gets a token. See [below](#human-check) */
  humanCheck?: 'turnstile' | 'hcaptcha' | 'recaptcha' | (() => string | Promise<string>);
  /** `tab`: the chat is gone with the tab. `none`: with the page. Otherwise all tabs share it until the session ends */
  remember?: 'site' | 'tab' | 'none';
}
