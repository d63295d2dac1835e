/** Step 2.3 of the guide: the scoped webhook that hands the visitor's first message to the Studio Flow or to /route-chat, once. */
import type { WebhookInstance } from 'twilio/lib/rest/conversations/v1/service/conversation/webhook';
import { ChatError, twilioCodeOf } from '../http/errors.private';
import { urlAt } from '../http/origins.private';
import type { TwilioCalls } from '../twilio/client.private';
import { isTwilioFailure } from '../twilio/failure.private';
import { lateEffectWithinMs, requireNoLateEffect, throwLate } from '../twilio/late-effects.private';
import type { WaitLimit } from '../twilio/retry.private';
import { isOurIdentity } from '../visitor/identity.private';
import { conversationOf, unless } from './conversation.private';
import { latestMessages } from './message-search.private';
import { nextOpening, requireOperatingHours } from './operating-hours.private';

/** Source: docs https://www.twilio.com/docs/conversations/conversations-webhooks#onmessageadded */
export const MESSAGE_ADDED = 'onMessageAdded';
/** Source: docs https://www.twilio.com/docs/api/errors/50360, .../20404 */
const WEBHOOK_GONE = [50360, 20404];
/** Twilio allows five. Source: docs https://www.twilio.com/docs/api/errors/50361 */
const TOO_MANY_WEBHOOKS = 50361;

export interface StandingWebhook {
  webhookSid: string;
  /** False if it already existed. */
  created: boolean;
}

/**
 * For the call that has just created the Conversation: every other call leaves the webhook to this one. If it goes
 * unanswered for `waitLimitMs`, the caller abandons the Conversation, so this does not look for the webhook.
 */
export async function addFirstWebhook(
  twilio: TwilioCalls,
  conversationSid: string,
  waitLimitMs: number,
): Promise<StandingWebhook> {
  const webhookSid = await add(twilio, conversationSid, { ms: waitLimitMs, searches: false });
  return { webhookSid, created: true };
}

/**
 * For every other call. Twilio accepts several webhooks, and each would start the Flow. So this looks, waits for late
 * effects of an earlier call, and only then adds a webhook and looks once more.
 */
export async function ensureWebhook(twilio: TwilioCalls, conversationSid: string): Promise<StandingWebhook> {
  const { retry } = twilio;
  const effect = `${conversationSid}/webhook`;
  const untilMs = retry.nowMs() + lateEffectWithinMs(effect, retry);
  const present = await retry.poll(() => findWebhooks(twilio, conversationSid), untilMs);
  if (present) return { webhookSid: await keepOldest(twilio, conversationSid, present), created: false };
  requireNoLateEffect(effect, retry);

  await requireAgentReachable(twilio, conversationSid);
  const sentAtMs = retry.nowMs();
  const added = await add(twilio, conversationSid).catch((error: unknown) =>
    throwLate(error, effect, sentAtMs, retry),
  );
  // Another call may have looked at the same time and also added one.
  const standing = await findWebhooks(twilio, conversationSid).catch(tolerate);
  const kept = standing && (await keepOldest(twilio, conversationSid, standing).catch(tolerate));
  return { webhookSid: kept ?? added, created: true };
}

/**
 * A webhook sends a new chat to an agent, so it is not added outside the operating hours. A chat that an agent has
 * answered stays open. The visitor's own messages do not begin a chat, because the SDK accepts them at any hour.
 */
async function requireAgentReachable(twilio: TwilioCalls, conversationSid: string): Promise<void> {
  if (nextOpening(twilio.config, Date.now()) === 'now') return;
  const messages = await latestMessages(twilio, conversationSid);
  if (!messages.some(({ author }) => !isOurIdentity(author))) requireOperatingHours(twilio.config);
}

/**
 * Those that lead to this Flow or to this deployment's /route-chat, or undefined if there is none. Both count under either
 * setting of ROUTING: a chat that began under the other one is not to be routed twice.
 */
export async function findWebhooks(
  twilio: TwilioCalls,
  conversationSid: string,
): Promise<WebhookInstance[] | undefined> {
  const { webhooks } = conversationOf(twilio, conversationSid);
  const present = (await twilio.retry.repeat(() => webhooks.list())).filter(
    ({ target, configuration }) =>
      (target === 'studio' && textIn(configuration, 'flow_sid') === twilio.config.STUDIO_FLOW_SID) ||
      (target === 'webhook' && textIn(configuration, 'url') === routeUrl(twilio)),
  );
  return present.length > 0 ? present : undefined;
}

/** Every call keeps the same webhook, so that simultaneous calls never remove all of them. */
export async function keepOldest(
  twilio: TwilioCalls,
  conversationSid: string,
  present: readonly WebhookInstance[],
): Promise<string> {
  const [kept, ...surplus] = [...present].sort(
    (a, b) => a.dateCreated.getTime() - b.dateCreated.getTime() || (a.sid < b.sid ? -1 : 1),
  );
  for (const { sid } of surplus) await removeWebhook(twilio, conversationSid, sid);
  return kept!.sid;
}

export async function removeWebhook(
  twilio: TwilioCalls,
  conversationSid: string,
  webhookSid: string,
): Promise<void> {
  const webhook = conversationOf(twilio, conversationSid).webhooks(webhookSid);
  await twilio.retry.repeat(() => webhook.remove()).catch(unless(...WEBHOOK_GONE));
}

async function add(twilio: TwilioCalls, conversationSid: string, waitLimit?: WaitLimit): Promise<string> {
  const { webhooks } = conversationOf(twilio, conversationSid);
  const create = async () => {
    const { sid } = await webhooks.create({
      ...destinationOf(twilio),
      'configuration.filters': [MESSAGE_ADDED],
    });
    return sid;
  };
  const findEffect = async () => (await findWebhooks(twilio, conversationSid))?.[0]!.sid;
  return twilio.retry.once(create, findEffect, waitLimit).catch((error: unknown) => {
    if (twilioCodeOf(error) === TOO_MANY_WEBHOOKS) throw new ChatError('conversation_full');
    throw error;
  });
}

/** The webhook exists, so a transient failure of the look is ignored. */
function tolerate(error: unknown): undefined {
  if (!isTwilioFailure(error)) throw error;
}

/** Flat names on purpose: twilio-node silently drops a nested `configuration` object. */
function destinationOf(twilio: TwilioCalls) {
  const { ROUTING, STUDIO_FLOW_SID } = twilio.config;
  return ROUTING === 'studio'
    ? { target: 'studio' as const, 'configuration.flowSid': STUDIO_FLOW_SID }
    : {
        target: 'webhook' as const,
        'configuration.url': routeUrl(twilio),
        'configuration.method': 'post' as const,
      };
}

function routeUrl({ domainName }: TwilioCalls): string {
  return urlAt(domainName, '/route-chat');
}

function textIn(configuration: unknown, name: string): unknown {
  return (configuration as Record<string, unknown> | null)?.[name];
}
