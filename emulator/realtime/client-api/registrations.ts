/**
 * Devices for push notifications: `client.setPushRegistrationId` and `removePushRegistrations`.
 * Source: sdk @twilio/notifications/dist/RegistrarConnector.js, which sends this to ers.us1.twilio.com
 */
import type { Device } from '../../conversations/push/bindings';
import { PUSH_EVENTS } from '../../conversations/push/model';
import { invalidParameter, notFound } from '../../core/errors';
import { created, deleted, type Route, type TunnelRequest } from '../twilsock/tunnel';
import type { ClientApi } from './paths';

const PATH = '/v1/registrations';
/** Source: sdk @twilio/conversations/dist/interfaces/notification-types.js */
const PREFIX = 'twilio.conversations.';

export function registrationRoutes({ domain }: ClientApi): Route[] {
  const { bindings } = domain;
  return [
    {
      method: 'POST',
      path: PATH,
      handle(request) {
        const { channel_type: type, message_types: types, data } = request.body;
        const { registration_id: endpoint } = Object(data) as { registration_id?: unknown };
        if (!Array.isArray(types)) throw invalidParameter('message_types must be a list');
        const device = deviceOf(request, type, endpoint);
        // Guess: typing and read positions, which clients also name, are never pushed to a device.
        const events = PUSH_EVENTS.filter((event) => types.includes(`${PREFIX}${event}`));
        const { sid } = bindings.register(device, request.session.pushCredentialSid, events);
        // Guess: that the id is the Binding's SID.
        return created({ id: sid });
      },
    },
    {
      method: 'DELETE',
      path: PATH,
      handle(request) {
        const { binding_type: type, address } = request.body;
        bindings.forget(deviceOf(request, type, address));
        return deleted();
      },
    },
    {
      method: 'DELETE',
      path: `${PATH}/:registration`,
      handle({ session, path, params }) {
        const binding = bindings.find(session.chatServiceSid, params['registration']!);
        if (binding?.identity !== session.identity) throw notFound(path);
        bindings.delete(binding);
        return deleted();
      },
    },
  ];
}

/** Of the requesting client: it names the device, and its token identifies the user. */
function deviceOf({ session }: TunnelRequest, type: unknown, endpoint: unknown): Device {
  const { chatServiceSid, identity } = session;
  if (type !== 'apn' && type !== 'fcm') throw invalidParameter('The type must be apn or fcm');
  if (typeof endpoint !== 'string' || endpoint === '') throw invalidParameter('The device token is missing');
  return { chatServiceSid, identity, type, endpoint };
}
