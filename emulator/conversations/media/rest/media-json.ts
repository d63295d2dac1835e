/** Media as the SDK's media client reads it. Source: sdk @twilio/mcs-client/dist/media.js */
import type { Media } from '../library';

export function mediaJson(media: Media, origin: string, signature: URLSearchParams): object {
  const url = `${origin}/mcs.us1.twilio.com/v1/Services/${media.chatServiceSid}/Media/${media.sid}`;
  const message = media.messages[0];
  return {
    sid: media.sid,
    service_sid: media.chatServiceSid,
    channel_sid: message?.conversationSid ?? null,
    message_sid: message?.sid ?? null,
    date_created: media.dateCreated.toISOString(),
    date_upload_updated: media.dateCreated.toISOString(),
    date_updated: media.dateUpdated.toISOString(),
    size: media.content.length,
    content_type: media.contentType,
    filename: media.filename,
    author: media.author,
    category: media.category,
    is_multipart_upstream: false,
    url,
    // Absolute, and the emulator's own: the SDK follows them past the tunnel.
    links: {
      content: `${url}/Content`,
      content_direct_temporary: `${origin}/media.us1.twilio.com/${media.sid}?${signature}`,
    },
  };
}
