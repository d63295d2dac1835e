/** What the Content API keeps: templates, each with one content for every type that it can be sent as. */

/** For example `twilio/quick-reply`. */
type ContentTypeName = string;

export interface Content {
  sid: string;
  friendlyName: string | null;
  language: string;
  /** The default for `{{name}}` if a message gives no value. */
  variables: Record<string, string>;
  types: Record<ContentTypeName, object>;
  dateCreated: Date;
  dateUpdated: Date;
}

/** A template, rendered for one message. */
export interface RenderedContent {
  type: ContentTypeName;
  /** The type's fields, with the variables filled in. */
  data: object;
}
