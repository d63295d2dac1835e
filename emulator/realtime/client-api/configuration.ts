/** The first call of every client: the addresses of all services. Source: sdk @twilio/conversations/builds/lib.js (Configuration) */
import {
  MAX_ATTACHMENT_MB,
  MAX_ATTACHMENTS,
  MAX_ATTACHMENTS_TOTAL_MB,
} from '../../conversations/media/limits';
import { REACHABILITY_ENABLED } from '../../conversations/services';
import { userNames } from '../sync/data';
import { ok, type Route } from '../twilsock/tunnel';
import { CLIENT_API_PATH, CLIENT_API_URL, type ClientApi } from './paths';

const API = `${CLIENT_API_URL}${CLIENT_API_PATH}`;
const EMAIL_MIME_TYPES = ['text/plain', 'text/html'];

export function configurationRoutes({ account }: ClientApi): Route[] {
  return [
    {
      method: 'GET',
      path: `${CLIENT_API_PATH}/Configuration`,
      handle({ session }) {
        const { identity, chatServiceSid, mediaUrl } = session;
        const user = `${API}/Users/${encodeURIComponent(identity)}`;
        // Media use plain HTTP, past the tunnel. Absolute, otherwise the request would leave this machine.
        const media = `${mediaUrl}/v1/Services/${chatServiceSid}`;
        const names = userNames(identity);
        return ok({
          account_sid: account.accountSid,
          service_sid: chatServiceSid,
          identity,
          links: {
            my_conversations: `${user}/Conversations`,
            conversations: `${API}/Conversations`,
            users: `${API}/Users`,
            current_user: user,
            typing: `${API}/Typing`,
            media_service: `${media}/Media`,
            media_set_service: `${media}/MediaSet`,
            messages_receipts: `${API}/Conversations/%s/Messages/%s/Receipts`,
          },
          sync_objects: { my_user_info: names.info, my_conversations: names.conversations },
          options: {
            media_attachments_count_limit: MAX_ATTACHMENTS,
            media_attachment_size_limit_in_mb: MAX_ATTACHMENT_MB,
            media_attachments_total_size_limit_in_mb: MAX_ATTACHMENTS_TOTAL_MB,
            email_histories_allowed_mime_types: EMAIL_MIME_TYPES,
            email_bodies_allowed_mime_types: EMAIL_MIME_TYPES,
            reachability_enabled: REACHABILITY_ENABLED,
            user_infos_to_subscribe: 100,
            http_cache_interval: 'PT5S',
            consumption_report_interval: 'PT5S',
          },
        });
      },
    },
  ];
}
