/** Where Twilio keeps media. Source: sdk @twilio/mcs-client (mediaServiceUrl) */
export const MEDIA_HOST = 'mcs.us1.twilio.com';
/** Guess: the host of temporary links, which work without credentials. */
export const TEMPORARY_LINK_HOST = 'media.us1.twilio.com';
