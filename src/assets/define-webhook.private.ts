/** What the Functions share that Twilio calls: the signature, the parameters, and an answer that Twilio understands. */
import type { ServerlessFunctionSignature } from '@twilio-labs/serverless-runtime-types/types';
import type * as ConfigAsset from './config.private';
import type * as Define from './define-handler.private';
import type * as Errors from './errors.private';
import type * as Request from './request.private';
import type * as Retrying from './retry.private';
import type * as Signature from './signature.private';
import type { TwilioCalls } from './twilio-client.private';

const { loadConfig } = require(Runtime.getAssets()['/config.js']!.path) as typeof ConfigAsset;
const { createCalls, defineHandler } = require(
  Runtime.getAssets()['/define-handler.js']!.path,
) as typeof Define;
const { readRequest } = require(Runtime.getAssets()['/request.js']!.path) as typeof Request;
const { Retry } = require(Runtime.getAssets()['/retry.js']!.path) as typeof Retrying;
const { requireSignature } = require(Runtime.getAssets()['/signature.js']!.path) as typeof Signature;

export interface WebhookCall {
  /** What Twilio says happened. Fields come and go between Twilio's releases, so none is relied on. */
  params: Readonly<Record<string, string | undefined>>;
  config: ConfigAsset.Config;
  twilio: TwilioCalls;
  note(facts: Errors.LogFacts): void;
}

/** `hear` may run twice for one event, and events may come in any order: it looks at Twilio's state and acts on that. */
export function defineWebhook(hear: (call: WebhookCall) => Promise<void>): ServerlessFunctionSignature {
  return defineHandler(async (context, event, exchange) => {
    const retry = new Retry();
    const config = loadConfig(context);
    const { params, signature, host } = readRequest(event);
    const { AUTH_TOKEN } = config;
    requireSignature(
      { AUTH_TOKEN, domainName: context.DOMAIN_NAME, path: context.PATH },
      { signature, host, params },
    );
    await hear({
      params: Object.fromEntries(
        Object.entries(params).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      ),
      config,
      twilio: createCalls(context, config, retry),
      note: (facts) => void Object.assign(exchange.facts, facts),
    });
    return { status: 200, body: {} };
  });
}
