/** /Conversations/{CH}/Messages. Source: openapi conversations_v1 */
import type { FastifyInstance } from 'fastify';
import { invalidParameter } from '../../core/errors';
import type { Form } from '../../core/form';
import { queryOf } from '../../core/http-api';
import { serveResources } from '../../core/resources';
import { reversed, type Pageable } from '../../core/sorted';
import { isoSeconds } from '../../core/wire';
import type { MessageChange } from '../messages';
import type { Message } from '../model';
import { listedMedia } from '../rich-media';
import { actorOf, parentOf, refuseEmpty, scopeOf, type ConversationsApi, type Scope } from './paths';

export function messageRoutes(app: FastifyInstance, api: ConversationsApi): void {
  const { messages, media, richMedia } = api.domain;

  serveResources<Message>(app, {
    path: '/Conversations/:conversationSid/Messages',
    sid: 'messageSid',
    key: 'messages',
    maxPageSize: 100,
    list: (request) => ordered(messages.ofConversation(parentOf(request, api).sid), queryOf(request)),
    // Guess: REST answers 20404 if the path names no Message; the dictionary has 50500 for it.
    find: (sid, request) => messages.find(parentOf(request, api).sid, sid),
    create: (form, request) => {
      const conversation = parentOf(request, api);
      const { chatServiceSid } = conversation;
      const rich = richMedia.of(chatServiceSid, form.string('Author') ?? 'system', {
        contentSid: form.string('ContentSid'),
        contentVariables: form.string('ContentVariables'),
      });
      // With a template, the Message's own Media are ignored.
      const attached = rich.media ?? media.attachments(chatServiceSid, form.list('MediaSid'));
      return messages.add(conversation, { ...changeOf(form), media: attached, ...rich }, actorOf(request));
    },
    update: (message, form, request) => {
      const change = changeOf(form);
      refuseEmpty(change);
      messages.update(parentOf(request, api), message, change, actorOf(request));
    },
    remove: (message, request) => messages.remove(parentOf(request, api), message, actorOf(request)),
    toJson: (message, request) => toMessage(message, scopeOf(request, api), api),
  });
}

function changeOf(form: Form): MessageChange {
  return {
    author: form.string('Author'),
    body: form.string('Body'),
    subject: form.string('Subject'),
    attributes: form.string('Attributes'),
    dateCreated: form.date('DateCreated'),
    dateUpdated: form.date('DateUpdated'),
  };
}

function toMessage(message: Message, scope: Scope, { accountSid }: ConversationsApi): object {
  const media = listedMedia(message);
  const url = `${scope.url}/Conversations/${message.conversationSid}/Messages/${message.sid}`;
  return {
    sid: message.sid,
    account_sid: accountSid,
    ...scope.serviceField,
    conversation_sid: message.conversationSid,
    index: message.index,
    author: message.author,
    body: message.body,
    media: media.length === 0 ? null : media.map(toMedia),
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
function ordered(oldestFirst: readonly Message[], query: Form): Pageable<Message> {
  const order = query.string('Order')?.toLowerCase() ?? 'asc';
  if (order !== 'asc' && order !== 'desc') throw invalidParameter('Order must be asc or desc');
  return order === 'asc' ? oldestFirst : reversed(oldestFirst);
}
