/** IAM's limits. */

/** Source: openapi iam_v1 */
export const MAX_NAME_CHARS = 64;
/** Of an Access Token. Source: docs https://www.twilio.com/docs/iam/access-tokens (24 hours at most) */
export const MAX_LIFETIME_SECONDS = 86_400;
