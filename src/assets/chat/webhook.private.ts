/** Step 2.3 of the guide: the scoped webhook that hands the visitor's first message to the Studio Flow, once. */
import type { WebhookInstance } from 'twilio/lib/rest/conversations/v1/service/conversation/webhook';
import { twilioCodeOf } from '../http/errors.private';
import type { TwilioCalls } from '../twilio/client.private';
import { isTwilioFailure } from '../twilio/failure.private';
import type { Doubt } from '../twilio/attempts.private';
import { conversationOf } from './conversation.private';

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
  conversationSid: string,
  madeAtMs: number,
): Promise<StandingWebhook> {
  const isTaken = () => twilio.retry.nowMs() - madeAtMs > TAKEOVER_MS;
  if (isTaken()) return ensureWebhook(twilio, conversationSid);
  const { webhookSid, doubt } = await add(twilio, conversationSid);
  if (doubt?.outcome !== 'late' && !isTaken()) return { webhookSid, created: true };
  return keepOne(twilio, conversationSid, webhookSid, doubt);
}

/**
 * For everybody else. Twilio takes any number of webhooks up to five, and each would start the Flow; so look, leave it
 * to the call that is about to add it, and only then add one and look once more.
 */
export async function ensureWebhook(
  twilio: TwilioCalls,
  conversationSid: string,
  { untilMs = 0 } = {},
): Promise<StandingWebhook> {
  const { retry } = twilio;
  const look = () => find(twilio, conversationSid);
  const present = await retry.poll(look, untilMs);
  if (present) {
    return { webhookSid: await dropSurplus(twilio, conversationSid, present), created: false };
  }
  const { webhookSid, doubt } = await add(twilio, conversationSid);
  return keepOne(twilio, conversationSid, webhookSid, doubt);
}

async function add(twilio: TwilioCalls, conversationSid: string) {
  const { webhooks } = conversationOf(twilio, conversationSid);
  const { result, doubt } = await twilio.retry.atLeastOnce(
    async () =>
      (
        await webhooks.create({
          target: TARGET,
          // Flat names on purpose: twilio-node silently drops a nested `configuration` object.
          'configuration.flowSid': twilio.config.STUDIO_FLOW_SID,
          'configuration.filters': [MESSAGE_ADDED],
        })
      ).sid,
    async () => (await find(twilio, conversationSid))?.[0]!.sid,
  );
  return { webhookSid: result, doubt };
}

/**
 * Looks once more, when no late call can bring a second one any more. With the webhook standing, running out of time is
 * no failure: the next call that looks removes what came later.
 */
async function keepOne(
  twilio: TwilioCalls,
  conversationSid: string,
  added: string,
  doubt: Doubt | undefined,
): Promise<StandingWebhook> {
  if (doubt) await twilio.retry.waitOut(doubt);
  const present = await find(twilio, conversationSid).catch(tolerate);
  const kept = present && (await dropSurplus(twilio, conversationSid, present).catch(tolerate));
  return { webhookSid: kept ?? added, created: true };
}

/** A look that fails in passing changes nothing about the webhook that stands. */
function tolerate(error: unknown): undefined {
  if (!isTwilioFailure(error)) throw error;
}

/** Whoever looks keeps the same one, the oldest, so that of several who look at once none removes the last. */
async function dropSurplus(
  twilio: TwilioCalls,
  conversationSid: string,
  present: readonly WebhookInstance[],
): Promise<string> {
  const [kept, ...surplus] = [...present].sort(
    (a, b) => a.dateCreated.getTime() - b.dateCreated.getTime() || (a.sid < b.sid ? -1 : 1),
  );
  const { webhooks } = conversationOf(twilio, conversationSid);
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
async function find(twilio: TwilioCalls, conversationSid: string): Promise<WebhookInstance[] | undefined> {
  const present = await twilio.retry.repeat(() => list(twilio, conversationSid));
  return present.length > 0 ? present : undefined;
}

async function list(twilio: TwilioCalls, conversationSid: string): Promise<WebhookInstance[]> {
  const all = await conversationOf(twilio, conversationSid).webhooks.list();
  return all.filter(
    ({ target, configuration }) =>
      target === TARGET && flowOf(configuration) === twilio.config.STUDIO_FLOW_SID,
  );
}

function flowOf(configuration: unknown): unknown {
  return (configuration as { flow_sid?: unknown } | null)?.flow_sid;
}
