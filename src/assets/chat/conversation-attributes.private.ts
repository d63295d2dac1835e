/** The attributes that the Functions write into a Conversation: facts for the agent, and marks for later starts. */
import { ChatError } from '../http/errors.private';
import type { Profile } from '../http/profile.private';

/** Source: docs https://www.twilio.com/docs/conversations-classic/conversations-limits */
const MAX_ATTRIBUTES_BYTES = 16 * 1024;

export interface ChatDetails {
  friendlyName?: string | undefined;
  /** Unverified, from the browser. */
  preChat?: Record<string, string> | undefined;
  /** Signed by the host site. */
  verified?: Record<string, string> | undefined;
}

/** Signed values override the browser's. */
export function chatDetails(
  browser: { friendlyName?: string | undefined; preChat?: Record<string, string> | undefined },
  signed: Profile,
): ChatDetails {
  const verified = {
    ...(signed.friendlyName !== undefined && { friendlyName: signed.friendlyName }),
    ...signed.preChat,
  };
  return {
    friendlyName: signed.friendlyName ?? browser.friendlyName,
    preChat: signed.isPartial ? undefined : browser.preChat,
    verified: Object.keys(verified).length > 0 ? verified : undefined,
  };
}

export interface Marks {
  /** Set by the call that created the Conversation. */
  startId?: string | undefined;
  /** Whether that call also adds the Participant, the webhook and the first message; the single steps do not. */
  isWholeStart: boolean;
  /** The `messageId` of the first message in that call. */
  firstMessageId?: string | undefined;
  /** Whether a single step has added the visitor as a Participant. A whole start always does. */
  wasAdded?: boolean | undefined;
}

/**
 * `pre_engagement_data` is where Flex and Studio look for pre-chat answers; it also contains the signed data, which
 * wins. `verified_data` contains signed data only.
 */
export function toAttributes({ friendlyName, preChat, verified }: ChatDetails, marks: Marks): string {
  return checkedLength({
    pre_engagement_data: { ...(friendlyName === undefined ? {} : { friendlyName }), ...preChat, ...verified },
    ...(verified === undefined ? {} : { verified_data: verified }),
    start_id: marks.startId,
    start_kind: marks.isWholeStart ? 'whole' : 'step',
    first_message_id: marks.firstMessageId,
  });
}

/**
 * After the visitor has signed in: the signed data wins over the browser's. `earlier_identity` is the author of the
 * visitor's messages before.
 */
export function claimedAttributes(attributes: string, { verified }: ChatDetails, visitor: string): string {
  const present = parse(attributes);
  const answers = present['pre_engagement_data'];
  return checkedLength({
    ...present,
    pre_engagement_data: { ...(typeof answers === 'object' ? answers : {}), ...verified },
    ...(verified === undefined ? {} : { verified_data: verified }),
    earlier_identity: visitor,
  });
}

function checkedLength(data: object): string {
  const attributes = JSON.stringify(data);
  if (Buffer.byteLength(attributes) > MAX_ATTRIBUTES_BYTES) {
    throw new ChatError('invalid_request', {
      message: `preChat and friendlyName must stay within ${MAX_ATTRIBUTES_BYTES} bytes together`,
    });
  }
  return attributes;
}

/** What is known about the visitor; without what is not a flat object of texts. */
export function dataIn(attributes: string): Pick<ChatDetails, 'preChat' | 'verified'> {
  const { pre_engagement_data: preChat, verified_data: verified } = parse(attributes);
  return { preChat: textsOf(preChat), verified: textsOf(verified) };
}

/** The same attributes with the mark that a single step has added the visitor. */
export function withAddedMark(attributes: string): string {
  return JSON.stringify({ ...parse(attributes), participant_added: true });
}

/**
 * Other clients may have changed the attributes, so marks decide only how long to wait, and whether a visitor without a
 * Participant was removed. `npm run doctor` reports a Role that lets visitors change them.
 */
export function marksIn(attributes: string): Marks {
  const {
    start_id: startId,
    start_kind: kind,
    first_message_id: firstMessageId,
    ...rest
  } = parse(attributes);
  return {
    startId: textOf(startId),
    isWholeStart: kind === 'whole',
    firstMessageId: textOf(firstMessageId),
    wasAdded: rest['participant_added'] === true,
  };
}

function parse(attributes: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(attributes);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function textsOf(value: unknown): Record<string, string> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const texts = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return texts.length > 0 ? Object.fromEntries(texts) : undefined;
}
