/** Conversations as the SDK creates, peeks at, changes and deletes them. */
import type { Permission } from '../../conversations/roles';
import { created, deleted, ok, textField, type Route, type TunnelRequest } from '../twilsock/tunnel';
import { actorOf, CLIENT_API_PATH, joinedConversation, visibleConversation, type ClientApi } from './paths';
import { conversationJson } from './conversation-json';
import { permittedConversation, requireServicePermission } from './permissions';

const LIST = `${CLIENT_API_PATH}/Conversations`;

export function conversationRoutes(api: ClientApi): Route[] {
  const { domain } = api;
  return [
    {
      method: 'POST',
      path: LIST,
      // The creator is not a participant until the SDK joins.
      handle(request) {
        requireServicePermission(api, request, 'createConversation');
        const { chatServiceSid } = request.session;
        const conversation = domain.conversations.create(chatServiceSid, changeOf(request), actorOf(request));
        return created(conversationJson(api, conversation, request));
      },
    },
    {
      method: 'GET',
      path: `${LIST}/:conversation`,
      handle(request) {
        return ok(conversationJson(api, visibleConversation(api, request), request));
      },
    },
    {
      method: 'POST',
      path: `${LIST}/:conversation`,
      handle(request) {
        joinedConversation(api, request);
        const change = changeOf(request);
        const conversation = permittedConversation(api, request, ...permissionsFor(change));
        domain.conversations.update(conversation, change, actorOf(request));
        return ok(conversationJson(api, conversation, request));
      },
    },
    {
      method: 'DELETE',
      path: `${LIST}/:conversation`,
      handle(request) {
        domain.deleteConversation(
          permittedConversation(api, request, 'deleteConversation'),
          actorOf(request),
        );
        return deleted();
      },
    },
  ];
}

function changeOf(request: TunnelRequest) {
  return {
    friendlyName: textField(request, 'friendly_name'),
    uniqueName: textField(request, 'unique_name'),
    attributes: textField(request, 'attributes'),
  };
}

function permissionsFor({ friendlyName, uniqueName, attributes }: ReturnType<typeof changeOf>): Permission[] {
  return [
    ...(friendlyName === undefined && uniqueName === undefined ? [] : (['editConversationName'] as const)),
    ...(attributes === undefined ? [] : (['editConversationAttributes'] as const)),
  ];
}
