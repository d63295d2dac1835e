/**
 * Unique names of the Conversations that the Functions create. Each ends with a MAC, so no one else can reserve a name
 * in advance, and the name proves that the Functions created the Conversation.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Config } from '../settings/config.private';

type Secret = Pick<Config, 'TWILIO_API_KEY_SECRET'>;

/** 128 bits. */
const MAC_CHARS = 22;
const CHAT = /^chat-((?:visitor|user)-[A-Za-z0-9_-]+)-([1-9]\d{0,8})-[A-Za-z0-9_-]{22}$/;

const DUE = /^transcript-(CH[0-9a-f]{32})-([1-9]\d?)-[A-Za-z0-9_-]{22}$/;

/** An identity's first Conversation has number 1. Each Conversation after a closed one has the next number. */
export function chatName(secret: Secret, identity: string, number: number): string {
  return withMac(secret, `chat-${identity}-${number}`);
}

/**
 * Whether the Functions created this name. Other channels of the same Flex account, such as SMS and WhatsApp, also have
 * Conversations.
 */
export function isChatName(secret: Secret, uniqueName: string | null): boolean {
  return ownerIn(secret, uniqueName) !== undefined;
}

/** The identity in a name that the Functions created, else undefined. */
export function ownerIn(secret: Secret, uniqueName: string | null): string | undefined {
  const [, identity, number] = CHAT.exec(uniqueName ?? '') ?? [];
  if (uniqueName === null || identity === undefined) return undefined;
  return isEqual(chatName(secret, identity, Number(number)), uniqueName) ? identity : undefined;
}

/** The number in a name that the Functions created for this identity, else undefined. */
export function numberIn(secret: Secret, identity: string, uniqueName: string | null): number | undefined {
  const [, owner, number] = CHAT.exec(uniqueName ?? '') ?? [];
  return owner === identity && isChatName(secret, uniqueName) ? Number(number) : undefined;
}

/** The name of the record that holds a Conversation's rating. */
export function ratingName(secret: Secret, conversationSid: string): string {
  return withMac(secret, `rating-${conversationSid}`);
}

/** The name of the record that names the user who has claimed a Conversation. */
export function claimName(secret: Secret, conversationSid: string): string {
  return withMac(secret, `claim-${conversationSid}`);
}

/** The name of a record about a Conversation's transcript: that it is settled, or that a try is due after so many tries. */
export function transcriptName(secret: Secret, conversationSid: string, what: 'settled' | number): string {
  return withMac(secret, `transcript-${conversationSid}-${what}`);
}

/** The Conversation and the number of tries in a name of the latter kind. */
export function triesIn(
  secret: Secret,
  uniqueName: string | null,
): { conversationSid: string; tries: number } | undefined {
  const [, conversationSid, number] = DUE.exec(uniqueName ?? '') ?? [];
  if (uniqueName === null || conversationSid === undefined) return undefined;
  const tries = Number(number);
  const isOurs = isEqual(transcriptName(secret, conversationSid, tries), uniqueName);
  return isOurs ? { conversationSid, tries } : undefined;
}

/** The name of the record of the messages that an identity has left. */
export function leftMessagesName(secret: Secret, identity: string, number: number): string {
  return withMac(secret, `left-${identity}-${number}`);
}

/** The label separates this use of the secret from the others: signing tokens and deriving identities. */
function withMac({ TWILIO_API_KEY_SECRET: secret }: Secret, name: string): string {
  const mac = createHmac('sha256', secret).update('conversation-name\n').update(name).digest('base64url');
  return `${name}-${mac.slice(0, MAC_CHARS)}`;
}

function isEqual(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
