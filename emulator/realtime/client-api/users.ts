/** Users: every user's name is readable; users can change only their own. */
import type { User } from '../../conversations/model';
import { TwilioError } from '../../core/errors';
import { userNames } from '../sync/data';
import { ok, textField, type Route, type TunnelRequest } from '../twilsock/tunnel';
import { actorOf, CLIENT_API_PATH, type ClientApi } from './paths';
import { requireServicePermission } from './permissions';

const USER = `${CLIENT_API_PATH}/Users/:identity`;

export function userRoutes(api: ClientApi): Route[] {
  const { domain } = api;

  function findUser({ session, params }: TunnelRequest): User {
    const user = domain.users.find(session.chatServiceSid, params['identity']!);
    // Source: docs https://www.twilio.com/docs/api/errors/50200
    if (!user) throw new TwilioError(404, 50200, 'User not found');
    return user;
  }

  return [
    { method: 'GET', path: USER, handle: (request) => ok(userJson(findUser(request))) },
    {
      method: 'POST',
      path: USER,
      handle(request) {
        const user = findUser(request);
        const isOwn = user.identity === request.session.identity;
        requireServicePermission(api, request, isOwn ? 'editOwnUserInfo' : 'editAnyUserInfo');
        const change = {
          friendlyName: textField(request, 'friendly_name'),
          attributes: textField(request, 'attributes'),
        };
        domain.rateLimits.countInService(user.chatServiceSid);
        return ok(userJson(domain.users.update(user, change, actorOf(request))));
      },
    },
  ];
}

function userJson(user: User): object {
  return {
    sid: user.sid,
    identity: user.identity,
    friendly_name: user.friendlyName,
    attributes: user.attributes,
    role_sid: user.roleSid,
    is_online: user.isOnline,
    sync_objects: { user_info_map: userNames(user.identity).info },
  };
}
