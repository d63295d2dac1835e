/** /Conversations and /ConversationWithParticipants. Source: openapi conversations_v1 */
import type { FastifyInstance } from 'fastify';
import { invalidParameter, notServed } from '../../core/errors';
import { refuseUnbuilt, type Form } from '../../core/form';
import { formOf, queryOf } from '../../core/http-api';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import type { ConversationChange } from '../conversations';
import { MAX_PARTICIPANTS_ON_CREATE } from '../limits';
import { CONVERSATION_STATES, type Conversation, type ConversationTimers } from '../model';
import { actorOf, refuseEmpty, scopeOf, type ConversationsApi, type Scope } from './paths';

export function conversationRoutes(app: FastifyInstance, api: ConversationsApi): void {
  const { domain } = api;
  const { conversations } = domain;

  serveResources<Conversation>(app, {
    path: '/Conversations',
    sid: 'conversationSid',
    key: 'conversations',
    maxPageSize: 100,
    list: (request) => listed(conversations.list(scopeOf(request, api).serviceSid), queryOf(request)),
    find: (sid, request) => conversations.find(scopeOf(request, api).serviceSid, sid),
    create: (form, request) =>
      conversations.create(scopeOf(request, api).serviceSid, changeOf(form), actorOf(request)),
    update: (conversation, form, request) => {
      const change = changeOf(form);
      refuseEmpty(change, 50347);
      conversations.update(conversation, change, actorOf(request));
    },
    remove: (conversation, request) => domain.deleteConversation(conversation, actorOf(request)),
    toJson: (conversation, request) => toConversation(conversation, scopeOf(request, api), api),
  });

  /**
   * 201 without participants, 202 with. Source: openapi
   * Differs: Twilio adds the Participants later and shows `initializing` until then; here they join at once.
   */
  app.post('/ConversationWithParticipants', (request, reply) => {
    const scope = scopeOf(request, api);
    const form = formOf(request);
    const people = form.list('Participant').map(participantOf);
    if (people.length > MAX_PARTICIPANTS_ON_CREATE) {
      throw invalidParameter(`At most ${MAX_PARTICIPANTS_ON_CREATE} Participants can be given`);
    }
    const actor = actorOf(request);
    const conversation = conversations.create(scope.serviceSid, changeOf(form), actor);
    try {
      for (const identity of people) domain.participants.add(conversation, { identity }, actor);
    } catch (error) {
      // All or nothing: a refused request leaves no Conversation behind.
      domain.deleteConversation(conversation, { source: 'API', webhookEnabled: false });
      throw error;
    }
    const { links, ...rest } = toConversation(conversation, scope, api);
    const { export: _export, ...ownLinks } = links;
    reply.code(people.length > 0 ? 202 : 201).send({ ...rest, links: ownLinks });
  });
}

function toConversation(conversation: Conversation, scope: Scope, { accountSid }: ConversationsApi) {
  const url = `${scope.url}/Conversations/${conversation.sid}`;
  return {
    sid: conversation.sid,
    account_sid: accountSid,
    chat_service_sid: conversation.chatServiceSid,
    messaging_service_sid: conversation.messagingServiceSid,
    friendly_name: conversation.friendlyName,
    unique_name: conversation.uniqueName,
    attributes: conversation.attributes,
    state: conversation.state,
    date_created: isoSeconds(conversation.dateCreated),
    date_updated: isoSeconds(conversation.dateUpdated),
    timers: toTimers(conversation.timers),
    bindings: {},
    url,
    links: {
      participants: `${url}/Participants`,
      messages: `${url}/Messages`,
      webhooks: `${url}/Webhooks`,
      export: `${url}/Export`,
    },
  };
}

/** When the timers are due; one that does not run is left out. Source: openapi (examples) */
export function toTimers({ dateInactive, dateClosed }: ConversationTimers): object {
  return {
    ...(dateInactive && { date_inactive: isoSeconds(dateInactive) }),
    ...(dateClosed && { date_closed: isoSeconds(dateClosed) }),
  };
}

function changeOf(form: Form): ConversationChange {
  refuseUnbuilt(form, 'Bindings.Email.Address', 'Bindings.Email.Name');
  return {
    friendlyName: form.string('FriendlyName'),
    uniqueName: form.string('UniqueName'),
    attributes: form.string('Attributes'),
    messagingServiceSid: form.string('MessagingServiceSid'),
    state: form.string('State'),
    timerInactive: form.string('Timers.Inactive'),
    timerClosed: form.string('Timers.Closed'),
    dateCreated: form.date('DateCreated'),
    dateUpdated: form.date('DateUpdated'),
  };
}

/** StartDate and EndDate are about creation; a plain EndDate means its whole day. Source: openapi (descriptions) */
function listed(all: Conversation[], query: Form): Conversation[] {
  query.oneOf('State', CONVERSATION_STATES);
  const start = query.date('StartDate');
  const endText = query.string('EndDate');
  const end = query.date('EndDate');
  if (end && /^\d{4}-\d{2}-\d{2}$/.test(endText ?? '')) end.setUTCHours(23, 59, 59, 999);
  return all.filter(
    (one) =>
      query.admits('State', one.state) &&
      (!start || one.dateCreated >= start) &&
      (!end || one.dateCreated <= end),
  );
}

/** `{"identity": "ada"}`. People by address are not built. */
function participantOf(json: string): string {
  let wanted: { identity?: unknown };
  try {
    wanted = JSON.parse(json) as { identity?: unknown };
  } catch {
    throw invalidParameter('Participant is not valid JSON');
  }
  if (typeof wanted?.identity !== 'string') {
    throw notServed('Participant without an identity');
  }
  return wanted.identity;
}
