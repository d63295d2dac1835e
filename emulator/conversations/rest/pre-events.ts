/** The REST requests that are pre-events: the webhook is called before rates are counted, and its modification goes into the request's form. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { formOf } from '../../core/http-api';
import type { PreEventType } from '../before-change';
import { actorOf, scopeOf, type ConversationsApi } from './paths';

const CONVERSATION = '/Conversations/:conversationSid';

const EVENTS: Record<string, PreEventType> = {
  'POST /Conversations': 'onConversationAdd',
  'POST /ConversationWithParticipants': 'onConversationAdd',
  [`POST ${CONVERSATION}`]: 'onConversationUpdate',
  [`DELETE ${CONVERSATION}`]: 'onConversationRemove',
  [`POST ${CONVERSATION}/Messages`]: 'onMessageAdd',
  [`POST ${CONVERSATION}/Messages/:messageSid`]: 'onMessageUpdate',
  [`DELETE ${CONVERSATION}/Messages/:messageSid`]: 'onMessageRemove',
  [`POST ${CONVERSATION}/Participants`]: 'onParticipantAdd',
  [`POST ${CONVERSATION}/Participants/:participantSid`]: 'onParticipantUpdate',
  [`DELETE ${CONVERSATION}/Participants/:participantSid`]: 'onParticipantRemove',
};

const FORM_NAMES: Record<string, string> = {
  friendly_name: 'FriendlyName',
  body: 'Body',
  author: 'Author',
  attributes: 'Attributes',
};

export function askBeforeChanges(app: FastifyInstance, prefix: string, api: ConversationsApi): void {
  app.addHook('preHandler', async (request) => {
    const route = request.routeOptions.url?.slice(prefix.length);
    const eventType = EVENTS[`${request.method} ${route}`];
    if (eventType === undefined) return;
    const modified = await api.domain.beforeChange({
      eventType,
      serviceSid: scopeOf(request, api).serviceSid,
      actor: actorOf(request),
      fields: fieldsOf(request, api),
    });
    if (!(request.body instanceof URLSearchParams)) return;
    for (const [name, value] of Object.entries(modified)) request.body.set(FORM_NAMES[name]!, value);
  });
}

/** The current values, merged with those of the request. */
function fieldsOf(request: FastifyRequest, api: ConversationsApi): Record<string, string | null | undefined> {
  const { conversationSid, messageSid, participantSid } = request.params as Record<
    string,
    string | undefined
  >;
  const { serviceSid } = scopeOf(request, api);
  const { conversations, messages, participants } = api.domain;
  const conversation = conversationSid ? conversations.find(serviceSid, conversationSid) : undefined;
  const message = conversation && messageSid ? messages.find(conversation.sid, messageSid) : undefined;
  const participant =
    conversation && participantSid ? participants.find(conversation.sid, participantSid) : undefined;
  const form = formOf(request);
  return {
    ConversationSid: conversation?.sid,
    MessagingServiceSid: conversation?.messagingServiceSid,
    MessageSid: message?.sid,
    ParticipantSid: participant?.sid ?? message?.participantSid,
    Body: message?.body,
    Author: message?.author,
    Identity: participant?.identity,
    ...(!message && !participant && { FriendlyName: conversation?.friendlyName }),
    ...Object.fromEntries(form.keys().map((key) => [key, form.string(key)])),
  };
}
