/** Typing: sent to the other Participants' sessions and not stored. */
import { TwilioError } from '../../core/errors';
import { ok, textField, type Route } from '../twilsock/tunnel';
import { CLIENT_API_PATH, joinedConversation, type ClientApi } from './paths';

export function typingRoutes(api: ClientApi): Route[] {
  const { domain, settings, sessions } = api;
  return [
    {
      method: 'POST',
      path: `${CLIENT_API_PATH}/Typing`,
      handle(request) {
        const { identity, chatServiceSid } = request.session;
        const conversationSid = textField(request, 'ChannelSid');
        if (!conversationSid) throw new TwilioError(404, 50350, 'Conversation not found');
        const params = { conversation: conversationSid };
        const conversation = joinedConversation(api, { ...request, params });
        const typing_timeout = settings.typingTimeoutSeconds;
        for (const { identity: other } of domain.participants.ofConversation(conversation.sid)) {
          if (other === null || other === identity) continue;
          for (const session of sessions(other)) {
            if (session.chatServiceSid !== chatServiceSid) continue;
            session.notify('twilio.ipmsg.typing_indicator', {
              channel_sid: conversation.sid,
              identity,
              typing_timeout,
            });
          }
        }
        return ok({ typing_timeout });
      },
    },
  ];
}
