/** Media as the SDK's media client reads it. Source: sdk @twilio/mcs-client/dist/media.js */
import { MEDIA_HOST, TEMPORARY_LINK_HOST } from '../hosts';
import type { Media } from '../library';

export function mediaJson(
  media: Media,
  signature: URLSearchParams,
  addressOf: (host: string) => string,
): object {
  const url = `${addressOf(MEDIA_HOST)}/v1/Services/${media.chatServiceSid}/Media/${media.sid}`;
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
    // Absolute: the SDK follows them past the tunnel.
    links: {
      content: `${url}/Content`,
      content_direct_temporary: `${addressOf(TEMPORARY_LINK_HOST)}/${media.sid}?${signature}`,
    },
  };
}
