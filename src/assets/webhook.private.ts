/** Step 2.3 of the guide: the scoped webhook that hands the visitor's first message to the Studio Flow, once. */
import type { Twilio } from 'twilio';
import type { Config } from './config.private';
import type * as Conversation from './conversation.private';

const { conversationOf } = require(Runtime.getAssets()['/conversation.js']!.path) as typeof Conversation;

const TARGET = 'studio';
/** Source: docs https://www.twilio.com/docs/conversations/conversations-webhooks#onmessageadded */
const MESSAGE_ADDED = 'onMessageAdded';

/** Adds it without looking: only right for a Conversation that was made just now. */
export async function addWebhook(twilio: Twilio, config: Config, conversationSid: string): Promise<string> {
  const webhook = await conversationOf(twilio, config, conversationSid).webhooks.create({
    target: TARGET,
    // Flat names on purpose: twilio-node silently drops a nested `configuration` object.
    'configuration.flowSid': config.STUDIO_FLOW_SID,
    'configuration.filters': [MESSAGE_ADDED],
  });
  return webhook.sid;
}

/** The webhook of this Flow, or undefined. A second one would start the Flow twice and make two tasks. */
export async function findWebhook(
  twilio: Twilio,
  config: Config,
  conversationSid: string,
): Promise<string | undefined> {
  const webhooks = await conversationOf(twilio, config, conversationSid).webhooks.list();
  return webhooks.find(
    ({ target, configuration }) => target === TARGET && flowOf(configuration) === config.STUDIO_FLOW_SID,
  )?.sid;
}

function flowOf(configuration: unknown): unknown {
  return (configuration as { flow_sid?: unknown } | null)?.flow_sid;
}
