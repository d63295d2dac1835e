/** Transfers in the event bridge's tunnel. Source: sdk @twilio/flex-sdk (cbm) */
import { notFound } from '../../core/errors';
import type { BridgeRequest, BridgeRoute } from '../../taskrouter/event-bridge/request';
import type { InteractionChannel } from '../model';
import { transferJson, type InteractionsApi } from './json';
import { channelOf } from './paths';

const TRANSFERS = 'v1/Instances/:instanceSid/Interactions/:interactionSid/Channels/:channelSid/Transfers';

export function transferRoutes(api: InteractionsApi): BridgeRoute[] {
  const { transfers } = api.flex;
  const channel = (request: BridgeRequest): InteractionChannel => {
    const { instanceSid } = request.path;
    if (instanceSid !== api.instanceSid) throw notFound(`/v1/Instances/${instanceSid}`);
    return channelOf(request, api);
  };
  return [
    // An array, not a page.
    {
      method: 'GET',
      path: TRANSFERS,
      handle: (request) => transfers.ofChannel(channel(request).sid).map((one) => transferJson(one, api)),
    },
    {
      method: 'POST',
      path: TRANSFERS,
      handle(request) {
        const { form } = request;
        const transfer = transfers.create(channel(request), {
          type: form.string('type'),
          from: form.string('from'),
          to: form.required('to'),
          noteSid: form.string('noteSid'),
          summarySid: form.string('summarySid'),
        });
        return transferJson(transfer, api);
      },
    },
  ];
}
