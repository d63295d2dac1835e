/** The first call of every client: where everything is. Source: sdk @twilio/conversations/builds/lib.js (Configuration) */
import { userNames } from '../sync-data';
import { ok, type Route } from '../tunnel';
import { CLIENT_API_PATH, CLIENT_API_URL, type ClientApi } from './context';

const API = `${CLIENT_API_URL}${CLIENT_API_PATH}`;
const EMAIL_MIME_TYPES = ['text/plain', 'text/html'];

export function configurationRoutes({ account }: ClientApi): Route[] {
  return [
    {
      method: 'GET',
      path: `${CLIENT_API_PATH}/Configuration`,
      handle({ session }) {
        const { identity, chatServiceSid, origin } = session;
        const user = `${API}/Users/${encodeURIComponent(identity)}`;
        // Media goes over plain HTTP, past the tunnel: absolute, or it would leave this machine.
        const media = `${origin}/mcs.us1.twilio.com/v1/Services/${chatServiceSid}`;
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
            media_attachments_count_limit: 10,
            media_attachment_size_limit_in_mb: 50,
            media_attachments_total_size_limit_in_mb: 100,
            email_histories_allowed_mime_types: EMAIL_MIME_TYPES,
            email_bodies_allowed_mime_types: EMAIL_MIME_TYPES,
            reachability_enabled: true,
            user_infos_to_subscribe: 100,
            http_cache_interval: 'PT5S',
            consumption_report_interval: 'PT5S',
          },
        });
      },
    },
  ];
}
