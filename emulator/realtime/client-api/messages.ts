/** Messages as the SDK sends, edits and removes them. */
import type { Message, MessageMedia } from '../../conversations/model';
import { invalidParameter } from '../../core/errors';
import { created, deleted, ok, textField, type Route, type TunnelRequest } from '../twilsock/tunnel';
import { actorOf, CLIENT_API_PATH, findMessage, type ClientApi } from './paths';
import { permittedConversation } from './permissions';

const LIST = `${CLIENT_API_PATH}/Conversations/:conversation/Messages`;

export function messageRoutes(api: ClientApi): Route[] {
  const { domain, projection, settings } = api;

  function locate(request: TunnelRequest) {
    const found = findMessage(api, request);
    const isOwn = found.message.author === request.session.identity;
    return { ...found, whose: isOwn ? 'Own' : 'Any' } as const;
  }

  /** Only what the sender has uploaded. Guess: that others' Media cannot be sent on. */
  function attachedMedia({ body, session }: TunnelRequest): MessageMedia[] {
    const sids = body['media_sids'] ?? [];
    if (!Array.isArray(sids) || sids.some((sid) => typeof sid !== 'string')) {
      throw invalidParameter('media_sids must be an array of strings');
    }
    const { chatServiceSid, identity } = session;
    return domain.media.attachments(chatServiceSid, sids as string[], ({ author }) => author === identity);
  }

  return [
    {
      method: 'POST',
      path: LIST,
      async handle(request) {
        const { session } = request;
        const contentSid = textField(request, 'content_sid');
        const media = contentSid === undefined ? attachedMedia(request) : [];
        const permissions =
          media.length > 0 ? (['sendMessage', 'sendMediaMessage'] as const) : (['sendMessage'] as const);
        const list = projection.messagesOf(permittedConversation(api, request, ...permissions));
        await session.subscriptions.following(list, settings.holdSendsMs);
        // Look it up again: it may be deleted or closed after the wait.
        const conversation = permittedConversation(api, request, ...permissions);
        const message = domain.messages.add(
          conversation,
          {
            author: session.identity,
            body: textField(request, 'body'),
            subject: textField(request, 'subject'),
            attributes: textField(request, 'attributes'),
            media,
            ...domain.richMedia.of(session.chatServiceSid, session.identity, {
              contentSid,
              contentVariables: textField(request, 'content_variables'),
            }),
          },
          actorOf(request),
        );
        return created(messageJson(message));
      },
    },
    {
      method: 'GET',
      path: `${LIST}/:message`,
      handle: (request) => ok(messageJson(findMessage(api, request).message)),
    },
    {
      method: 'POST',
      path: `${LIST}/:message`,
      handle(request) {
        const { conversation, message, whose } = locate(request);
        const change = {
          body: textField(request, 'body'),
          attributes: textField(request, 'attributes'),
        };
        if (change.body !== undefined) permittedConversation(api, request, `edit${whose}Message`);
        if (change.attributes !== undefined) {
          permittedConversation(api, request, `edit${whose}MessageAttributes`);
        }
        return ok(messageJson(domain.messages.update(conversation, message, change, actorOf(request))));
      },
    },
    {
      method: 'DELETE',
      path: `${LIST}/:message`,
      handle(request) {
        const { conversation, message, whose } = locate(request);
        permittedConversation(api, request, `delete${whose}Message`);
        domain.messages.remove(conversation, message, actorOf(request));
        return deleted();
      },
    },
  ];
}

function messageJson(message: Message): object {
  return {
    sid: message.sid,
    conversation_sid: message.conversationSid,
    index: message.index,
    author: message.author,
    participant_sid: message.participantSid,
    body: message.body,
    attributes: message.attributes,
    date_created: message.dateCreated.toISOString(),
    date_updated: message.dateUpdated.toISOString(),
  };
}
