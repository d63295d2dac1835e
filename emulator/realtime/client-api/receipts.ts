/** Delivery receipts as the SDK reads them. Source: sdk @twilio/conversations/builds/lib.js (DetailedDeliveryReceipt) */
import { receiptFields } from '../../conversations/delivery-receipts';
import type { Route } from '../twilsock/tunnel';
import { okPage } from './paging';
import { CLIENT_API_PATH, findMessage, type ClientApi } from './paths';

export function receiptRoutes(api: ClientApi): Route[] {
  return [
    {
      method: 'GET',
      path: `${CLIENT_API_PATH}/Conversations/:conversation/Messages/:message/Receipts`,
      handle(request) {
        const all = api.domain.receipts.ofMessage(findMessage(api, request).message.sid);
        return okPage(request, 'delivery_receipts', all, (receipt) =>
          receiptFields(receipt, (date) => date.toISOString()),
        );
      },
    },
  ];
}
