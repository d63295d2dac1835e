/** Studio's limits. */

/** Source: docs https://www.twilio.com/docs/studio/rest-api/v2/schemas */
export const MAX_STATES = 1000;
/** Of one execution. Source: docs https://www.twilio.com/docs/studio/subflows (steps of Subflows count, too) */
export const MAX_STEPS = 1000;
/** Source: docs https://www.twilio.com/docs/studio/widget-library/send-flex */
export const MAX_TASK_ATTRIBUTES_CHARS = 1024;
