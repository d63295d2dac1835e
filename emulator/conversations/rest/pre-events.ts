/** The REST requests that are pre-events: a webhook can refuse them, and its modifications go into a copy of the request's form. */
import type { FastifyInstance, FastifyRequest, preHandlerHookHandler } from 'fastify';
import { formOf } from '../../core/http-api';
import type { EventFields, Modifications, PreEventType } from '../before-change';
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
  app.addHook('onRoute', (route) => {
    const eventType = EVENTS[`${String(route.method)} ${route.url.slice(prefix.length)}`];
    if (eventType) route.preHandler = askFirst(eventType, api);
  });
}

function askFirst(eventType: PreEventType, api: ConversationsApi): preHandlerHookHandler {
  return (request, _reply, done) => {
    const modifications = api.domain.beforeChange({
      eventType,
      serviceSid: scopeOf(request, api).serviceSid,
      actor: actorOf(request),
      fields: () => fieldsOf(request, api),
    });
    if (!modifications) return done();
    modifications.then((modified) => modify(request, modified)).then(() => done(), done);
  };
}

function modify(request: FastifyRequest, modified: Modifications): void {
  if (!(request.body instanceof URLSearchParams)) return;
  const form = new URLSearchParams(request.body);
  for (const [name, value] of Object.entries(modified)) form.set(FORM_NAMES[name]!, value);
  request.body = form;
}

/** The current values, merged with those of the request. */
function fieldsOf(request: FastifyRequest, api: ConversationsApi): EventFields {
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
