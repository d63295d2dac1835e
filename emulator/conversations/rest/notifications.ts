/** /Services/{IS}/Configuration/Notifications: what a Service pushes. Source: openapi conversations_v1 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Form } from '../../core/form';
import { formOf } from '../../core/http-api';
import type { EventConfiguration } from '../push/model';
import type { NotificationChange } from '../push/notifications';
import { refuseEmpty, scopeOf, type ConversationsApi } from './paths';

const PATH = '/Services/:serviceSid/Configuration/Notifications';

export function notificationRoutes(app: FastifyInstance, api: ConversationsApi): void {
  const { notifications } = api.domain;
  const answer = (request: FastifyRequest): object => {
    const { serviceSid, url } = scopeOf(request, api);
    const { logEnabled, newMessage, withMedia, ...rest } = notifications.of(serviceSid);
    return {
      account_sid: api.accountSid,
      chat_service_sid: serviceSid,
      new_message: {
        ...toEvent(newMessage),
        badge_count_enabled: newMessage.badgeCountEnabled,
        with_media: withMedia,
      },
      added_to_conversation: toEvent(rest.addedToConversation),
      removed_from_conversation: toEvent(rest.removedFromConversation),
      log_enabled: logEnabled,
      url: `${url}/Configuration/Notifications`,
    };
  };
  app.get(PATH, answer);
  app.post(PATH, (request) => {
    const { serviceSid } = scopeOf(request, api);
    notifications.update(serviceSid, changeOf(formOf(request)));
    return answer(request);
  });
}

function toEvent({ enabled, template, sound }: EventConfiguration): object {
  return { enabled, template, sound };
}

function changeOf(form: Form): NotificationChange {
  refuseEmpty(Object.fromEntries(form.keys().map((key) => [key, form.string(key)])));
  const event = (part: string) => ({
    enabled: form.boolean(`${part}.Enabled`),
    template: form.string(`${part}.Template`),
    sound: form.string(`${part}.Sound`),
  });
  const { sound: _none, ...withMedia } = event('NewMessage.WithMedia');
  return {
    logEnabled: form.boolean('LogEnabled'),
    newMessage: { ...event('NewMessage'), badgeCountEnabled: form.boolean('NewMessage.BadgeCountEnabled') },
    withMedia,
    addedToConversation: event('AddedToConversation'),
    removedFromConversation: event('RemovedFromConversation'),
  } as NotificationChange;
}
