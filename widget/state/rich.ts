/** The parts of a rich message: choices, links and pictures. */
export interface Choice {
  id: string;
  title: string;
  /** For items of a list picker; otherwise empty. */
  description: string;
}

/** A link. It does not answer the message. */
export interface ActionLink {
  title: string;
  /** `https:`, `http:` or `tel:`. */
  href: string;
}

export interface RichContent {
  /** `other`: an unknown kind; its text is in the message's `body`. */
  kind: 'text' | 'media' | 'quickReplies' | 'listPicker' | 'card' | 'callToAction' | 'other';
  /** For cards; otherwise empty. The message's `body` has them, too. */
  title: string;
  subtitle: string;
  /** The label of a list picker; otherwise empty. */
  label: string;
  /** URLs of pictures and files. */
  media: readonly string[];
  choices: readonly Choice[];
  links: readonly ActionLink[];
  /** Id of the choice that the visitor has made. The first one counts. */
  chosen: string | null;
}

/** Part of the visitor's answer: the message that it answers, and the choice. */
export interface Answer {
  /** The key of the message with the choices. */
  to: string;
  id: string;
}
