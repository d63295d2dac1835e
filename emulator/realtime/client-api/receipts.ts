/** Delivery receipts as the SDK reads them, page by page. Source: sdk @twilio/conversations/builds/lib.js (DetailedDeliveryReceipt) */
import type { DeliveryReceipt } from '../../conversations/model';
import { ok, type Route } from '../twilsock/tunnel';
import { CLIENT_API_PATH, findMessage, type ClientApi } from './paths';

/** Guess: the page size of the REST API. The SDK follows next_token to the end. */
const PAGE_SIZE = 50;

export function receiptRoutes(api: ClientApi): Route[] {
  return [
    {
      method: 'GET',
      path: `${CLIENT_API_PATH}/Conversations/:conversation/Messages/:message/Receipts`,
      handle(request) {
        const all = api.domain.receipts.ofMessage(findMessage(api, request).message.sid);
        const start = Number(request.query.get('PageToken') ?? 0);
        const end = start + PAGE_SIZE;
        return ok({
          delivery_receipts: all.slice(start, end).map(receiptJson),
          meta: { next_token: end < all.length ? String(end) : null, previous_token: null },
        });
      },
    },
  ];
}

function receiptJson(receipt: DeliveryReceipt): object {
  return {
    sid: receipt.sid,
    conversation_sid: receipt.conversationSid,
    message_sid: receipt.messageSid,
    participant_sid: receipt.participantSid,
    channel_message_sid: receipt.channelMessageSid,
    status: receipt.status,
    error_code: receipt.errorCode,
    date_created: receipt.dateCreated.toISOString(),
    date_updated: receipt.dateUpdated.toISOString(),
  };
}
