/** Flex's limits and the error codes for exceeding them. */

/** Requests to one endpoint. Source: docs https://www.twilio.com/docs/flex/developer/conversations/limits */
export const INTERACTION_REQUESTS_PER_SECOND = 20;
/** A Conversation has one open Interaction. Source: docs https://www.twilio.com/docs/api/errors/45353 */
export const DUPLICATE_CHANNEL = 45353;
