/** The records of push notifications: Credentials, devices, rules, and the notifications that were sent. */

/** Source: openapi conversations_v1 (credential_enum_push_type) */
export const PUSH_TYPES = ['apn', 'gcm', 'fcm'] as const;
export type PushType = (typeof PUSH_TYPES)[number];

/** Source: openapi conversations_v1 (service_binding_enum_binding_type) */
export const BINDING_TYPES = [...PUSH_TYPES, 'twilsock'] as const;

/** Source: openapi conversations_v1 (message_types of a Binding, and the parts of its configuration) */
export const PUSH_EVENTS = ['new_message', 'added_to_conversation', 'removed_from_conversation'] as const;
export type PushEvent = (typeof PUSH_EVENTS)[number];

/** Of an app at Apple or Google. Its keys are not kept: nothing leaves this machine. */
export interface Credential {
  sid: string;
  type: PushType;
  friendlyName: string | null;
  sandbox: boolean;
  dateCreated: Date;
  dateUpdated: Date;
}

/** A device of a User. */
export interface Binding {
  sid: string;
  chatServiceSid: string;
  identity: string;
  type: PushType;
  /** The device token that Apple or Google gave the app. */
  endpoint: string;
  credentialSid: string;
  events: PushEvent[];
  dateCreated: Date;
  dateUpdated: Date;
}

export interface EventConfiguration {
  enabled: boolean;
  template: string;
  sound: string | null;
}

export interface NotificationConfiguration {
  logEnabled: boolean;
  newMessage: EventConfiguration & { badgeCountEnabled: boolean };
  /** A message with Media, instead of `newMessage`. */
  withMedia: Omit<EventConfiguration, 'sound'>;
  addedToConversation: EventConfiguration;
  removedFromConversation: EventConfiguration;
}

/** One notification to one device. */
export interface Push {
  at: Date;
  event: PushEvent;
  identity: string;
  chatServiceSid: string;
  conversationSid: string;
  bindingSid: string;
  type: PushType;
  endpoint: string;
  credentialSid: string;
  text: string;
  sound: string | null;
  /** Null: the badge stays. */
  badge: number | null;
  /** What the app receives. */
  payload: object;
}
