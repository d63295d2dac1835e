/** Shared by the Functions that Twilio calls: signature, parameters, and an answer that Twilio understands. */
import type { ServerlessFunctionSignature } from '@twilio-labs/serverless-runtime-types/types';
import type { TwilioCalls } from '../twilio/client.private';
import { createCalls, defineHandler, requireConfig } from './define-handler.private';
import type { LogFacts } from './errors.private';
import { readRequest } from './request.private';
import { requireSignature } from './signature.private';

export interface WebhookCall {
  /** The event as Twilio sends it. Fields differ between Twilio's releases, so every field is optional. */
  params: Readonly<Record<string, string | undefined>>;
  twilio: TwilioCalls;
  note(facts: LogFacts): void;
}

/** `handle` may run twice for one event, and events may arrive in any order, so it reads Twilio's state and acts on that. */
export function defineWebhook(handle: (call: WebhookCall) => Promise<void>): ServerlessFunctionSignature {
  return defineHandler(async (context, event, exchange) => {
    const config = requireConfig(context);
    const { params, signature, host } = readRequest(event);
    const { AUTH_TOKEN } = config;
    requireSignature(
      { AUTH_TOKEN, domainName: context.DOMAIN_NAME, path: context.PATH },
      { signature, host, params },
    );
    await handle({
      params: Object.fromEntries(
        Object.entries(params).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      ),
      twilio: createCalls(context, config, exchange),
      note: (facts) => void Object.assign(exchange.facts, facts),
    });
    return { status: 200, body: {} };
  });
}
