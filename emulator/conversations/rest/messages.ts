/** /Conversations/{CH}/Messages. Source: openapi conversations_v1 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { invalidParameter } from '../../core/errors';
import { refuseUnbuilt, type Form } from '../../core/form';
import { formOf, found, pageOf, param, queryOf } from '../../core/http-api';
import { isoSeconds, toPage } from '../../core/wire';
import type { Conversation, Message } from '../model';
import { actorOf, parentOf, refuseEmpty, scopeOf, type ConversationsApi, type Scope } from './paths';

const MAX_PAGE_SIZE = 100;

export function messageRoutes(app: FastifyInstance, api: ConversationsApi): void {
  const { messages, media } = api.domain;

  // Guess: REST answers 20404 where the path names no Message; 50500 is what the dictionary has for it.
  const located = (request: FastifyRequest) => {
    const scope = scopeOf(request, api);
    const conversation = parentOf(request, scope, api);
    const message = messages.find(conversation.sid, param(request, 'messageSid'));
    return { scope, conversation, message: found(message, request) };
  };

  app.post('/Conversations/:conversationSid/Messages', (request, reply) => {
    const scope = scopeOf(request, api);
    const conversation = parentOf(request, scope, api);
    const form = formOf(request);
    // Differs: there are no Content templates.
    refuseUnbuilt(form, 'ContentSid', 'ContentVariables');
    const wanted = {
      author: form.string('Author'),
      body: form.string('Body'),
      subject: form.string('Subject'),
      attributes: form.string('Attributes'),
      media: media.attachments(scope.serviceSid, form.list('MediaSid')),
      dateCreated: form.date('DateCreated'),
      dateUpdated: form.date('DateUpdated'),
    };
    const message = messages.add(conversation, wanted, actorOf(request));
    reply.code(201).send(toMessage(message, conversation, scope, api));
  });

  app.get('/Conversations/:conversationSid/Messages', (request, reply) => {
    const scope = scopeOf(request, api);
    const conversation = parentOf(request, scope, api);
    const toJson = (message: Message): object => toMessage(message, conversation, scope, api);
    const all = ordered(messages.ofConversation(conversation.sid), queryOf(request));
    reply.send(toPage('messages', all, toJson, pageOf(request, MAX_PAGE_SIZE)));
  });

  app.get('/Conversations/:conversationSid/Messages/:messageSid', (request, reply) => {
    const { scope, conversation, message } = located(request);
    reply.send(toMessage(message, conversation, scope, api));
  });

  app.post('/Conversations/:conversationSid/Messages/:messageSid', (request, reply) => {
    const { scope, conversation, message } = located(request);
    const form = formOf(request);
    const change = {
      author: form.string('Author'),
      body: form.string('Body'),
      subject: form.string('Subject'),
      attributes: form.string('Attributes'),
      dateCreated: form.date('DateCreated'),
      dateUpdated: form.date('DateUpdated'),
    };
    refuseEmpty(change);
    messages.update(conversation, message, change, actorOf(request));
    reply.send(toMessage(message, conversation, scope, api));
  });

  app.delete('/Conversations/:conversationSid/Messages/:messageSid', (request, reply) => {
    const { conversation, message } = located(request);
    messages.remove(conversation, message, actorOf(request));
    reply.code(204).send();
  });
}

function toMessage(
  message: Message,
  conversation: Conversation,
  scope: Scope,
  { accountSid }: ConversationsApi,
): object {
  const url = `${scope.url}/Conversations/${conversation.sid}/Messages/${message.sid}`;
  return {
    sid: message.sid,
    account_sid: accountSid,
    ...scope.serviceField,
    conversation_sid: conversation.sid,
    index: message.index,
    author: message.author,
    body: message.body,
    media: message.media.length === 0 ? null : message.media.map(toMedia),
    attributes: message.attributes,
    participant_sid: message.participantSid,
    date_created: isoSeconds(message.dateCreated),
    date_updated: isoSeconds(message.dateUpdated),
    delivery: message.delivery,
    content_sid: message.contentSid,
    url,
    links: { delivery_receipts: `${url}/Receipts`, channel_metadata: `${url}/ChannelMetadata` },
  };
}

function toMedia({ sid, size, contentType, filename }: Message['media'][number]): object {
  return { sid, size, content_type: contentType, filename };
}

/** Any case is taken. Source: openapi (example readLastMessage_ienumOrderMixedCaseDesc) */
function ordered(oldestFirst: Message[], query: Form): Message[] {
  const order = query.string('Order')?.toLowerCase() ?? 'asc';
  if (order !== 'asc' && order !== 'desc') throw invalidParameter('Order must be asc or desc');
  return order === 'asc' ? oldestFirst : oldestFirst.reverse();
}
