/** Where Twilio keeps media. Source: sdk @twilio/mcs-client (mediaServiceUrl) */
export const MEDIA_HOST = 'mcs.us1.twilio.com';
/** Guess: of the links that work without credentials for a while. */
export const TEMPORARY_LINK_HOST = 'media.us1.twilio.com';
