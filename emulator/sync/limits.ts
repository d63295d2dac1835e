/** Sync's limits. */

/** Source: docs https://www.twilio.com/docs/api/errors/54302 */
export const MAX_UNIQUE_NAME_CHARS = 256;
/** Source: docs https://www.twilio.com/docs/sync/limits */
export const MAX_TTL_SECONDS = 31_536_000;
