/** Recipients of Messages, as the SDK requests them. Source: sdk @twilio/conversations/builds/lib.js (MessageRecipientsClient) */
import { TwilioError } from '../../core/errors';
import type { Route } from '../twilsock/tunnel';
import { okPage } from './paging';
import { CLIENT_API_PATH, joinedConversation, type ClientApi } from './paths';

export function messageRecipientRoutes(api: ClientApi): Route[] {
  return [
    {
      method: 'GET',
      path: `${CLIENT_API_PATH}/Conversations/:conversation/MessageRecipients`,
      handle(request) {
        const { sid } = joinedConversation(api, request);
        const messageSid = request.query.get('MessageSid');
        if (messageSid !== null && !api.domain.messages.find(sid, messageSid)) {
          // Source: docs https://www.twilio.com/docs/api/errors/50500
          throw new TwilioError(404, 50500, 'Message not found');
        }
        // Guess: the SDK lists recipients of e-mails only, which the emulator does not have.
        return okPage(request, 'message_recipients', [], () => ({}));
      },
    },
  ];
}
