/**
 * Pre-event webhooks: the PreWebhookUrl of the Service, or of the account, is called before a change is made, and may
 * modify or refuse it.
 * Source: docs https://www.twilio.com/docs/conversations/conversations-webhooks
 */
import type { Account } from '../../core/account';
import type { Clock } from '../../core/clock';
import { TwilioError } from '../../core/errors';
import { askWebhook } from '../../core/webhook-request';
import {
  MODIFIABLE,
  type AskFirst,
  type EventFields,
  type Modifications,
  type PreEvent,
} from '../before-change';
import type { Actor } from '../model';
import type { ServiceWebhooks } from './service-webhooks';
import { sourceOf } from './payload';

interface PreEventsOptions {
  serviceWebhooks: ServiceWebhooks;
  account: Account;
  clock: Clock;
  stopped: AbortSignal;
  emulatorUrl?: string;
}

export function createAskFirst({
  serviceWebhooks,
  account,
  clock,
  stopped,
  emulatorUrl,
}: PreEventsOptions): AskFirst {
  const ask = async (
    { eventType, serviceSid, actor, fields }: PreEvent,
    url: string,
    method: 'GET' | 'POST',
  ): Promise<Modifications> => {
    const payload = withoutBlanks({
      AccountSid: account.accountSid,
      EventType: eventType,
      Source: sourceOf(actor),
      ClientIdentity: actor.source === 'SDK' ? actor.identity : null,
      ChatServiceSid: serviceSid,
      ...fields(),
    });
    const sending = { authToken: account.authToken, clock, emulatorUrl, stopped };
    const { result, body } = await askWebhook({ url, method }, payload, sending);
    if (result.outcome === 'failed' && result.status !== undefined && result.status >= 400) {
      // Guess: Twilio's code and status; the documentation says only that the change is rejected.
      throw new TwilioError(403, 20403, `${eventType} was rejected by the pre-event webhook`);
    }
    return modifications(body, MODIFIABLE[eventType]);
  };
  return (event) => {
    const { method, filters, preWebhookUrl: url } = serviceWebhooks.inForce(event.serviceSid);
    const isCalled = url && filters.includes(event.eventType) && isAsked(event.actor);
    return isCalled ? ask(event, url, method) : undefined;
  };
}

/** Guess: REST changes trigger one only with `X-Twilio-Webhook-Enabled: true`, as for other webhooks; Twilio's own changes never do. */
function isAsked(actor: Actor): boolean {
  return actor.source === 'SDK' || (actor.source === 'API' && actor.webhookEnabled);
}

/** Guess: an answer is ignored unless it is a JSON object, and so is a value that is not a string. */
function modifications(body: string, names: readonly string[]): Modifications {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    return {};
  }
  const given = Object.entries(Object(answer) as object).filter(
    ([name, value]) => names.includes(name) && typeof value === 'string',
  );
  return Object.fromEntries(given) as Modifications;
}

function withoutBlanks(fields: EventFields): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) =>
      value === null || value === undefined ? [] : [[key, String(value)]],
    ),
  );
}
