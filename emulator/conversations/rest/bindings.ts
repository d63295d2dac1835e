/** /Services/{IS}/Bindings. The SDK makes them. Source: openapi conversations_v1 */
import type { FastifyInstance } from 'fastify';
import { invalidParameter } from '../../core/errors';
import { queryOf } from '../../core/http-api';
import { serveResources } from '../../core/resources';
import { isoSeconds } from '../../core/wire';
import { BINDING_TYPES, type Binding } from '../push/model';
import { scopeOf, type ConversationsApi } from './paths';

export function bindingRoutes(app: FastifyInstance, api: ConversationsApi): void {
  const { bindings } = api.domain;
  serveResources<Binding>(app, {
    path: '/Services/:serviceSid/Bindings',
    sid: 'bindingSid',
    key: 'bindings',
    maxPageSize: 100,
    list(request) {
      const query = queryOf(request);
      const types = query.list('BindingType');
      const identities = query.list('Identity');
      if (types.some((type) => !BINDING_TYPES.includes(type as never))) {
        throw invalidParameter(`BindingType must be one of ${BINDING_TYPES.join(', ')}`);
      }
      const admits = (wanted: string[], value: string): boolean =>
        wanted.length === 0 || wanted.includes(value);
      // Differs: connected clients are not listed as Bindings of the type twilsock.
      return bindings
        .list(scopeOf(request, api).serviceSid)
        .filter(({ type, identity }) => admits(types, type) && admits(identities, identity));
    },
    find: (sid, request) => bindings.find(scopeOf(request, api).serviceSid, sid),
    remove: (binding) => bindings.delete(binding),
    toJson: (binding, request) => ({
      sid: binding.sid,
      account_sid: api.accountSid,
      chat_service_sid: binding.chatServiceSid,
      credential_sid: binding.credentialSid,
      date_created: isoSeconds(binding.dateCreated),
      date_updated: isoSeconds(binding.dateUpdated),
      // Guess: that it is the device token.
      endpoint: binding.endpoint,
      identity: binding.identity,
      binding_type: binding.type,
      message_types: binding.events,
      url: `${scopeOf(request, api).url}/Bindings/${binding.sid}`,
    }),
  });
}
