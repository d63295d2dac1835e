/** What Messages carry at most. Guess: the numbers; Twilio sends its own with the configuration that each client fetches. */

export const MAX_ATTACHMENTS = 10;
export const MAX_ATTACHMENT_MB = 50;
export const MAX_ATTACHMENTS_TOTAL_MB = 100;
export const BYTES_PER_MB = 1024 * 1024;
