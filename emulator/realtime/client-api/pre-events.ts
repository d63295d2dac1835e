/** Which of the SDK's requests is which pre-event. Differs: a webhook cannot change the author of what the SDK sends. */
import type { PreEventType } from '../../conversations/before-change';
import type { Route, TunnelRequest } from '../twilsock/tunnel';
import { actorOf, CLIENT_API_PATH, type ClientApi } from './paths';

const LIST = `${CLIENT_API_PATH}/Conversations`;
const CONVERSATION = `${LIST}/:conversation`;

const EVENTS: Record<string, PreEventType> = {
  [`POST ${LIST}`]: 'onConversationAdd',
  [`POST ${CONVERSATION}`]: 'onConversationUpdate',
  [`DELETE ${CONVERSATION}`]: 'onConversationRemove',
  [`POST ${CONVERSATION}/Messages`]: 'onMessageAdd',
  [`POST ${CONVERSATION}/Messages/:message`]: 'onMessageUpdate',
  [`DELETE ${CONVERSATION}/Messages/:message`]: 'onMessageRemove',
  [`POST ${CONVERSATION}/Participants`]: 'onParticipantAdd',
  [`POST ${CONVERSATION}/Participants/:participant`]: 'onParticipantUpdate',
  [`DELETE ${CONVERSATION}/Participants/:participant`]: 'onParticipantRemove',
};

/** The route, with its pre-event webhook called first. */
export function askingFirst(api: ClientApi, route: Route): Route {
  const eventType = EVENTS[`${route.method} ${route.path}`];
  if (eventType === undefined) return route;
  return {
    ...route,
    async handle(request) {
      const modified = await api.domain.beforeChange({
        eventType,
        serviceSid: request.session.chatServiceSid,
        actor: actorOf(request),
        fields: () => fieldsOf(api, request, eventType),
      });
      return route.handle({ ...request, body: { ...request.body, ...modified } });
    },
  };
}

function fieldsOf({ domain }: ClientApi, request: TunnelRequest, eventType: PreEventType) {
  const { session, params, body } = request;
  const conversation = params['conversation']
    ? domain.conversations.find(session.chatServiceSid, params['conversation'])
    : undefined;
  const text = (name: string): string | undefined => {
    const value = body[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    ConversationSid: conversation?.sid,
    MessageSid: params['message'],
    ParticipantSid: params['participant'],
    FriendlyName: text('friendly_name'),
    UniqueName: text('unique_name'),
    Attributes: text('attributes'),
    Identity: text('identity'),
    Body: text('body'),
    Author: eventType === 'onMessageAdd' ? session.identity : undefined,
  };
}
