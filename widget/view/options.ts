/** What a site can set about how the chat looks and what it asks. */

/** A question before the chat. The answers reach the agent's task under their names. */
export interface PreChatField {
  /** A plain word: letters, digits and _. */
  name: string;
  /** What the visitor reads. Without one the field is not shown, and its value is passed on unchanged. */
  label?: string;
  type?: 'text' | 'email' | 'tel' | 'select';
  /** With `select`. */
  options?: string[];
  required?: boolean;
  /** Known beforehand. */
  value?: string;
}

export interface ViewOptions {
  /** Instead of the language's own words. */
  title?: string | undefined;
  greeting?: string | undefined;
  introduction?: string | undefined;
  /** The visitor's name, where the site knows it: it is not asked for then. */
  name?: string | undefined;
  fields?: PreChatField[] | undefined;
  /** Asked when the chat is over. Empty: in the language's own words. Not asked where it is missing. */
  survey?: string | undefined;
  /** A short tone for answers that nobody looks at. */
  sound?: boolean | undefined;
  /** Lets the visitor have the system tell of them: that there is one (`plain`), or what it says (`content`). */
  notifications?: 'plain' | 'content' | undefined;
}
