/** /Conversations/{CH}/Messages/{IM}/Receipts, read only. Source: openapi conversations_v1 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { found, param } from '../../core/http-api';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import { receiptFields } from '../delivery-receipts';
import type { DeliveryReceipt, Message } from '../model';
import { parentOf, scopeOf, type ConversationsApi, type Scope } from './paths';

export function receiptRoutes(app: FastifyInstance, api: ConversationsApi): void {
  const { messages, receipts } = api.domain;

  const messageOf = (request: FastifyRequest): Message =>
    found(messages.find(parentOf(request, api).sid, param(request, 'messageSid')), request);

  serveResources<DeliveryReceipt>(app, {
    path: '/Conversations/:conversationSid/Messages/:messageSid/Receipts',
    sid: 'receiptSid',
    key: 'delivery_receipts',
    maxPageSize: 50,
    list: (request) => receipts.ofMessage(messageOf(request).sid),
    find: (sid, request) => receipts.find(messageOf(request).sid, sid),
    toJson: (receipt, request) => toReceipt(receipt, scopeOf(request, api), api),
  });
}

function toReceipt(receipt: DeliveryReceipt, scope: Scope, { accountSid }: ConversationsApi): object {
  const message = `${scope.url}/Conversations/${receipt.conversationSid}/Messages/${receipt.messageSid}`;
  return {
    ...receiptFields(receipt, isoSeconds),
    account_sid: accountSid,
    ...scope.serviceField,
    url: `${message}/Receipts/${receipt.sid}`,
  };
}
