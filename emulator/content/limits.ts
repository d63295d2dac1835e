/** The Content API's limits. */

/** Source: docs https://www.twilio.com/docs/content/using-variables-with-content-api */
export const MAX_VARIABLES = 100;
export const MAX_VARIABLE_NAME_CHARS = 16;
export const MAX_VARIABLE_VALUE_CHARS = 1_600;

/** Source: docs https://www.twilio.com/docs/content/twilio-text */
export const MAX_TEXT_CHARS = 1_600;
/** Source: docs https://www.twilio.com/docs/content/twilio-quick-reply, https://www.twilio.com/docs/content/twiliolist-picker */
export const MAX_BODY_CHARS = 1_024;
export const MAX_QUICK_REPLIES = 10;
export const MAX_LIST_ITEMS = 10;
export const MAX_LIST_ITEM_CHARS = 24;
export const MAX_LIST_ITEM_ID_CHARS = 200;
export const MAX_LIST_ITEM_DESCRIPTION_CHARS = 72;
