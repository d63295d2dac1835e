/** A site's settings for the view: its texts and questions. */

/** A question before the chat. The answers reach the agent's task under their names. */
export interface PreChatField {
  /** A plain word: letters, digits and _. */
  name: string;
  /** The visible label. A field without a label is hidden, and its value is sent unchanged. */
  label?: string;
  type?: 'text' | 'email' | 'tel' | 'select' | 'checkbox' | 'textarea';
  /** For `select`. */
  options?: string[];
  required?: boolean;
  /** A regular expression that the whole answer must match; `hint` describes it for the visitor. */
  pattern?: string;
  hint?: string;
  /** The initial value; for a checkbox its value when checked, `yes` by default. */
  value?: string;
}

export interface ViewOptions {
  /** Replaces the language's own text. */
  title?: string | undefined;
  greeting?: string | undefined;
  introduction?: string | undefined;
  /** The visitor's name, if the site knows it: the form then does not ask for it. */
  name?: string | undefined;
  fields?: PreChatField[] | undefined;
  /** The text that the visitor must agree to before any question. `[words](https://…)` is a link. */
  consent?: string | undefined;
  /** The question after the chat. Empty: the language's own words. Undefined: no survey. */
  survey?: string | undefined;
  /** A short tone for answers that are not visible. */
  sound?: boolean | undefined;
  /** Offers system notifications for them: without the text (`plain`), or with it (`content`). */
  notifications?: 'plain' | 'content' | undefined;
}
