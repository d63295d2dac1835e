/** What a message has beside its words: choices to be answered, links to be followed, pictures. */
export interface Choice {
  id: string;
  title: string;
  /** Of a list picker's item; empty elsewhere. */
  description: string;
}

/** Leads elsewhere, and answers nothing. */
export interface ActionLink {
  title: string;
  /** `https:`, `http:` or `tel:`. */
  href: string;
}

export interface RichContent {
  /** `other`: a kind that is not known, whose words are in the message's `body`. */
  kind: 'text' | 'media' | 'quickReplies' | 'listPicker' | 'card' | 'callToAction' | 'other';
  /** Of a card; empty elsewhere. They are in the message's `body`, too. */
  title: string;
  subtitle: string;
  /** What a list picker calls its choices; empty elsewhere. */
  label: string;
  /** Addresses of pictures and files. */
  media: readonly string[];
  choices: readonly Choice[];
  links: readonly ActionLink[];
  /** Id of the choice that the visitor has made. The first one stands. */
  chosen: string | null;
}

/** In the visitor's answer: what it answers, and with which choice. */
export interface Answer {
  /** The key of the message with the choices. */
  to: string;
  id: string;
}
