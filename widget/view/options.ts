/** What a site can set about how the chat looks and what it asks. */

/** A question before the chat. The answers reach the agent's task under their names. */
export interface PreChatField {
  /** A plain word: letters, digits and _. */
  name: string;
  /** What the visitor reads. Without one the field is not shown, and its value is passed on unchanged. */
  label?: string;
  type?: 'text' | 'email' | 'tel' | 'select' | 'checkbox' | 'textarea';
  /** With `select`. */
  options?: string[];
  required?: boolean;
  /** A regular expression that the whole answer must fit, and in `hint` what is wanted, in the visitor's words. */
  pattern?: string;
  hint?: string;
  /** Known beforehand; of a checkbox: what its answer is, `yes` if not set. */
  value?: string;
}

export interface ViewOptions {
  /** Instead of the language's own words. */
  title?: string | undefined;
  greeting?: string | undefined;
  introduction?: string | undefined;
  /** The visitor's name, if the site knows it: the form then does not ask for it. */
  name?: string | undefined;
  fields?: PreChatField[] | undefined;
  /** What the visitor must agree to before anything is asked. `[words](https://…)` is a link. */
  consent?: string | undefined;
  /** The question after the chat. Empty: the language's own words. Undefined: no survey. */
  survey?: string | undefined;
  /** A short tone for answers that are not visible. */
  sound?: boolean | undefined;
  /** Offers system notifications for them: without the text (`plain`), or with it (`content`). */
  notifications?: 'plain' | 'content' | undefined;
}
