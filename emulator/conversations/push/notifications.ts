/**
 * Which events a Service pushes, and with which text.
 * Source: docs https://www.twilio.com/docs/conversations-classic/push-notification-configuration
 */
import type { EventConfiguration, NotificationConfiguration } from './model';

export type NotificationChange = {
  [Part in keyof NotificationConfiguration]?: Partial<NotificationConfiguration[Part]>;
};

/** Guess: the texts and no sound. Source: docs, the same page, for the rest: a new Service pushes nothing. */
function defaults(): NotificationConfiguration {
  const event = (template: string): EventConfiguration => ({ enabled: false, template, sound: null });
  return {
    logEnabled: false,
    newMessage: { ...event('${CONVERSATION};${PARTICIPANT}: ${MESSAGE}'), badgeCountEnabled: false },
    withMedia: {
      enabled: false,
      template: '${CONVERSATION};${PARTICIPANT}: ${MEDIA_COUNT} media: ${MEDIA}',
    },
    addedToConversation: event('You have been added to the conversation ${CONVERSATION} by ${PARTICIPANT}'),
    removedFromConversation: event(
      'You have been removed from the conversation ${CONVERSATION} by ${PARTICIPANT}',
    ),
  };
}

export class Notifications {
  private readonly byService = new Map<string, NotificationConfiguration>();

  of(chatServiceSid: string): NotificationConfiguration {
    const present = this.byService.get(chatServiceSid) ?? defaults();
    this.byService.set(chatServiceSid, present);
    return present;
  }

  update(chatServiceSid: string, { logEnabled, ...events }: NotificationChange): void {
    const configuration = this.of(chatServiceSid);
    if (typeof logEnabled === 'boolean') configuration.logEnabled = logEnabled;
    for (const [name, change] of Object.entries(events)) {
      const given = Object.entries(change).filter(([, value]) => value !== undefined);
      Object.assign(configuration[name as keyof typeof events], Object.fromEntries(given));
    }
  }

  forgetService(chatServiceSid: string): void {
    this.byService.delete(chatServiceSid);
  }
}
