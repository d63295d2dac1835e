/** Step 2.3 of the guide: the scoped webhook that hands the visitor's first message to the Studio Flow, once. */
import type { WebhookInstance } from 'twilio/lib/rest/conversations/v1/service/conversation/webhook';
import type { Config } from './config.private';
import type * as Conversation from './conversation.private';
import type * as Errors from './errors.private';
import type * as Steps from './step.private';
import type { TwilioCalls } from './twilio-client.private';
import type * as Failure from './twilio-failure.private';

const { conversationOf } = require(Runtime.getAssets()['/conversation.js']!.path) as typeof Conversation;
const { twilioCodeOf } = require(Runtime.getAssets()['/errors.js']!.path) as typeof Errors;
const { isTwilioFailure } = require(Runtime.getAssets()['/twilio-failure.js']!.path) as typeof Failure;

const TARGET = 'studio';
/** Source: docs https://www.twilio.com/docs/conversations/conversations-webhooks#onmessageadded */
const MESSAGE_ADDED = 'onMessageAdded';
/** Source: docs https://www.twilio.com/docs/api/errors/50360, .../20404 */
const WEBHOOK_GONE: readonly (number | undefined)[] = [50360, 20404];
/** How long others leave the rest to the call that made the Conversation. It usually takes that a tenth of a second. */
export const TAKEOVER_MS = 2500;

export interface StandingWebhook {
  webhookSid: string;
  /** False if it was there already. */
  created: boolean;
}

/**
 * For the call that made the Conversation: it adds at once, because everybody else leaves it to this one. Where it was
 * so slow that others may have given up waiting, or that a call given up may yet take effect, it looks again.
 */
export async function addFirstWebhook(
  twilio: TwilioCalls,
  config: Config,
  conversationSid: string,
  madeAtMs: number,
): Promise<StandingWebhook> {
  const isTaken = () => twilio.retry.nowMs() - madeAtMs > TAKEOVER_MS;
  if (isTaken()) return ensureWebhook(twilio, config, conversationSid);
  const { webhookSid, doubt } = await add(twilio, config, conversationSid);
  if (doubt?.fate !== 'late' && !isTaken()) return { webhookSid, created: true };
  return keepOne(twilio, config, conversationSid, webhookSid, doubt);
}

/**
 * For everybody else. Twilio takes any number of webhooks up to five, and each would start the Flow; so look, leave it
 * to the call that is about to add it, and only then add one and look once more.
 */
export async function ensureWebhook(
  twilio: TwilioCalls,
  config: Config,
  conversationSid: string,
  { untilMs = 0 } = {},
): Promise<StandingWebhook> {
  const { retry } = twilio;
  const look = () => find(twilio, config, conversationSid);
  const present = await retry.poll(look, untilMs);
  if (present) {
    return { webhookSid: await dropSurplus(twilio, config, conversationSid, present), created: false };
  }
  const { webhookSid, doubt } = await add(twilio, config, conversationSid);
  return keepOne(twilio, config, conversationSid, webhookSid, doubt);
}

async function add(twilio: TwilioCalls, config: Config, conversationSid: string) {
  const { webhooks } = conversationOf(twilio, config, conversationSid);
  const { result, doubt } = await twilio.retry.atLeastOnce(
    async () =>
      (
        await webhooks.create({
          target: TARGET,
          // Flat names on purpose: twilio-node silently drops a nested `configuration` object.
          'configuration.flowSid': config.STUDIO_FLOW_SID,
          'configuration.filters': [MESSAGE_ADDED],
        })
      ).sid,
    async () => (await find(twilio, config, conversationSid))?.[0]!.sid,
  );
  return { webhookSid: result, doubt };
}

/**
 * Looks once more, when no late call can bring a second one any more. With the webhook standing, running out of time is
 * no failure: the next call that looks removes what came later.
 */
async function keepOne(
  twilio: TwilioCalls,
  config: Config,
  conversationSid: string,
  added: string,
  doubt: Steps.Doubt | undefined,
): Promise<StandingWebhook> {
  if (doubt) await twilio.retry.waitOut(doubt);
  const present = await find(twilio, config, conversationSid).catch(tolerate);
  const kept = present && (await dropSurplus(twilio, config, conversationSid, present).catch(tolerate));
  return { webhookSid: kept ?? added, created: true };
}

/** A look that fails in passing changes nothing about the webhook that stands. */
function tolerate(error: unknown): undefined {
  if (!isTwilioFailure(error)) throw error;
}

/** Whoever looks keeps the same one, the oldest, so that of several who look at once none removes the last. */
async function dropSurplus(
  twilio: TwilioCalls,
  config: Config,
  conversationSid: string,
  present: readonly WebhookInstance[],
): Promise<string> {
  const [kept, ...surplus] = [...present].sort(
    (a, b) => a.dateCreated.getTime() - b.dateCreated.getTime() || (a.sid < b.sid ? -1 : 1),
  );
  const { webhooks } = conversationOf(twilio, config, conversationSid);
  for (const { sid } of surplus) {
    await twilio.retry
      .repeat(() => webhooks(sid).remove())
      .catch((error: unknown) => {
        if (!WEBHOOK_GONE.includes(twilioCodeOf(error))) throw error;
      });
  }
  return kept!.sid;
}

/** This Flow's webhooks, or undefined if there is none. */
async function find(
  twilio: TwilioCalls,
  config: Config,
  conversationSid: string,
): Promise<WebhookInstance[] | undefined> {
  const present = await twilio.retry.repeat(() => list(twilio, config, conversationSid));
  return present.length > 0 ? present : undefined;
}

async function list(
  twilio: TwilioCalls,
  config: Config,
  conversationSid: string,
): Promise<WebhookInstance[]> {
  const all = await conversationOf(twilio, config, conversationSid).webhooks.list();
  return all.filter(
    ({ target, configuration }) => target === TARGET && flowOf(configuration) === config.STUDIO_FLOW_SID,
  );
}

function flowOf(configuration: unknown): unknown {
  return (configuration as { flow_sid?: unknown } | null)?.flow_sid;
}
