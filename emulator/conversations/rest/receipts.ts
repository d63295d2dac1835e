/** /Conversations/{CH}/Messages/{IM}/Receipts, read only. Source: openapi conversations_v1 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { found, pageOf, param } from '../../core/http-api';
import { isoSeconds, toPage } from '../../core/wire';
import type { DeliveryReceipt } from '../model';
import { parentOf, scopeOf, type ConversationsApi, type Scope } from './paths';

const MAX_PAGE_SIZE = 50;
const RECEIPTS = '/Conversations/:conversationSid/Messages/:messageSid/Receipts';

export function receiptRoutes(app: FastifyInstance, api: ConversationsApi): void {
  const { messages, receipts } = api.domain;

  const located = (request: FastifyRequest) => {
    const scope = scopeOf(request, api);
    const conversation = parentOf(request, scope, api);
    const message = found(messages.find(conversation.sid, param(request, 'messageSid')), request);
    return { scope, message };
  };

  app.get(RECEIPTS, (request, reply) => {
    const { scope, message } = located(request);
    const toJson = (receipt: DeliveryReceipt): object => toReceipt(receipt, scope, api);
    const all = receipts.ofMessage(message.sid);
    reply.send(toPage('delivery_receipts', all, toJson, pageOf(request, MAX_PAGE_SIZE)));
  });

  app.get(`${RECEIPTS}/:receiptSid`, (request, reply) => {
    const { scope, message } = located(request);
    const receipt = receipts.find(message.sid, param(request, 'receiptSid'));
    reply.send(toReceipt(found(receipt, request), scope, api));
  });
}

function toReceipt(receipt: DeliveryReceipt, scope: Scope, { accountSid }: ConversationsApi): object {
  const message = `${scope.url}/Conversations/${receipt.conversationSid}/Messages/${receipt.messageSid}`;
  return {
    sid: receipt.sid,
    account_sid: accountSid,
    ...scope.serviceField,
    conversation_sid: receipt.conversationSid,
    message_sid: receipt.messageSid,
    participant_sid: receipt.participantSid,
    channel_message_sid: receipt.channelMessageSid,
    status: receipt.status,
    error_code: receipt.errorCode,
    date_created: isoSeconds(receipt.dateCreated),
    date_updated: isoSeconds(receipt.dateUpdated),
    url: `${message}/Receipts/${receipt.sid}`,
  };
}
