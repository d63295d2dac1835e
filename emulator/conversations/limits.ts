/** Conversations' limits. Source: docs https://www.twilio.com/docs/conversations-classic/conversations-limits, where nothing else is said. */

export const MAX_NAME_CHARS = 256;
export const MAX_CONVERSATION_ATTRIBUTES_BYTES = 16 * 1024;
export const MAX_MESSAGE_ATTRIBUTES_BYTES = 4 * 1024;
export const MAX_PARTICIPANT_ATTRIBUTES_BYTES = 4 * 1024;
/** For chat participants; SMS and WhatsApp take 1,600. */
export const MAX_MESSAGE_BODY_BYTES = 32 * 1024;
/** Source: docs https://www.twilio.com/docs/api/errors/50361 */
export const MAX_SCOPED_WEBHOOKS = 5;
/** Source: docs https://www.twilio.com/docs/api/errors/50417 (the default; an account can raise it to 1,000) */
export const MAX_PARTICIPANTS = 100;
/** Those by address, who are not on chat. */
export const MAX_NON_CHAT_PARTICIPANTS = 50;
/** Of ConversationWithParticipants. Source: openapi (description of Participant) */
export const MAX_PARTICIPANTS_ON_CREATE = 10;
/** Source: docs https://www.twilio.com/docs/api/errors/50214 */
export const MAX_CONVERSATIONS_PER_IDENTITY = 1000;
/** Source: docs https://www.twilio.com/docs/api/errors/50372 */
export const MAX_WEBHOOK_URL_CHARS = 512;
/** Source: docs https://www.twilio.com/docs/api/errors/50362, https://www.twilio.com/docs/api/errors/50366 */
export const MAX_TRIGGERS = 5;
export const MAX_TRIGGER_CHARS = 248;
/** Source: docs https://www.twilio.com/docs/api/errors/50375, https://www.twilio.com/docs/api/errors/50376 */
export const MIN_INACTIVE_TIMER_MS = 60_000;
export const MIN_CLOSED_TIMER_MS = 600_000;
