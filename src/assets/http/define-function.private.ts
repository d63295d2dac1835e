/**
 * The checks of every Function for visitors, in one place: settings, origin, content type, input, caller, own
 * Conversation.
 */
import type { ServerlessFunctionSignature } from '@twilio-labs/serverless-runtime-types/types';
import { optional, type InferOutput, type ObjectEntries, type ObjectSchema } from 'valibot';
import type { OwnConversation, requireOwnConversation } from '../chat/ownership.private';
import type { Config } from '../settings/config.private';
import type { TwilioCalls } from '../twilio/client.private';
import { verifyToken, type Holder, type Pass } from '../visitor/access-token.private';
import { admit, type Credentials } from '../visitor/admission.private';
import {
  createCalls,
  defineHandler,
  requireConfig,
  type Answer,
  type Context,
  type Exchange,
} from './define-handler.private';
import { ChatError, type LogFacts } from './errors.private';
import * as fields from './input.private';
import type { Profile } from './profile.private';
import { isAllowedOrigin, NO_ORIGIN, originsFor, whyOriginRequired, whyRejected } from './origins.private';
import { readRequest } from './request.private';

/** What each kind of access adds to a Function's own parameters. */
const ACCESS = {
  /** Any caller from an allowed origin, without proof; receives nothing of a visitor's. */
  anyone: {},
  /** Any admitted caller; receives a token. */
  newcomer: {
    token: optional(fields.token),
    userToken: optional(fields.token),
    humanCheck: optional(fields.humanCheck),
    platform: optional(fields.platform),
  },
  /** The holder of a valid token. */
  visitor: { token: fields.token },
  /** The same, for a Conversation that belongs to the holder. */
  'own-conversation': { token: fields.token, conversationSid: fields.conversationSid },
};

export type Access = keyof typeof ACCESS;

interface Call<Input> {
  input: Input;
  /** The caller's proven identity, and the token that proves it. */
  pass: Pass;
  /** Data about the caller that the host site has signed. */
  profile: Profile;
  config: Config;
  /** Identifies this call in the log and in an error response. */
  requestId: string;
  /** Created on first use: a Function that only issues tokens never loads it. */
  readonly twilio: TwilioCalls;
  /** Adds facts to the call's log line. */
  note(facts: LogFacts): void;
}

interface Calls<Input> {
  anyone: Omit<Call<Input>, 'pass' | 'profile'>;
  newcomer: Call<Input>;
  visitor: Call<Input>;
  'own-conversation': Call<Input> & { conversation: OwnConversation };
}

interface Declaration<Kind extends Access, Shape extends fields.Shape, Body extends ObjectEntries> {
  access: Kind;
  /** The parameters besides those of the access. Any other parameter is rejected. */
  input: Shape;
  /** The body of a success, for docs/openapi.json and the compiler. No call runs it: schemas cost a start time. */
  answer(): Body;
  /** Limits that have a setting; throws what is wrong. */
  check?(input: InputOf<Kind, Shape>, config: Config): void;
  run(call: Calls<InputOf<Kind, Shape>>[Kind]): Promise<Answer<InferOutput<ObjectSchema<Body, undefined>>>>;
}

type InputOf<Kind extends Access, Shape extends fields.Shape> = fields.Parsed<Shape & (typeof ACCESS)[Kind]>;

/** A handler that shows what it declares: tests attack every Function without a list, and the build describes it. */
export type DefinedFunction = ServerlessFunctionSignature & {
  access: Access;
  shape: fields.Shape;
  answer(): ObjectEntries;
};

export function defineFunction<
  Kind extends Access,
  Shape extends fields.Shape,
  const Body extends ObjectEntries,
>(declaration: Declaration<Kind, Shape, Body>): DefinedFunction {
  const { access } = declaration;
  const shape = { ...declaration.input, ...ACCESS[access] };
  const handler = defineHandler((context, event, exchange) =>
    answer(declaration, shape, context, event, exchange),
  );
  return Object.assign(handler, { access, shape, answer: declaration.answer });
}

/** The checks, cheapest first. No call to Twilio is made before all local checks have passed. */
async function answer<Kind extends Access, Shape extends fields.Shape, Body extends ObjectEntries>(
  { access, check, run }: Declaration<Kind, Shape, Body>,
  shape: fields.Shape,
  context: Context,
  event: object,
  exchange: Exchange,
): Promise<Answer> {
  const { origin, params } = readRequest(event);
  // Before the other settings, so that an allowed page can read the error about those.
  if (origin !== undefined && isAllowedOrigin(origin, originsFor(context))) exchange.allowedOrigin = origin;
  const config = requireConfig(context);
  if (origin !== exchange.allowedOrigin) {
    throw new ChatError('origin_not_allowed', { message: whyRejected(origin!) });
  }
  const input = fields.parseInput(shape, params) as Credentials & { conversationSid?: string };
  check?.(input as never, config);
  const isProven = input.token !== undefined || input.userToken !== undefined;
  // Browsers send the origin with every POST. A request without one comes from an app or another server and must prove
  // its identity.
  if (origin === undefined && !isProven && !config.ALLOWED_ORIGINS.includes(NO_ORIGIN)) {
    throw new ChatError('origin_not_allowed', { message: whyOriginRequired(access === 'newcomer') });
  }

  const caller = access === 'anyone' ? undefined : await callerOf(access, config, input);
  if (access === 'newcomer' && !isProven) exchange.newPass = caller!.pass;
  let twilio: TwilioCalls | undefined;
  const call = {
    input,
    ...caller,
    config,
    requestId: exchange.requestId,
    get twilio() {
      return (twilio ??= createCalls(context, config, exchange));
    },
    note: (facts: LogFacts) => void Object.assign(exchange.facts, facts),
  };
  if (access === 'own-conversation') {
    const conversation = await requireOwn(call.twilio, caller!.pass.identity, input.conversationSid!);
    call.note({ conversationSid: conversation.conversationSid });
    Object.assign(call, { conversation });
  }
  return run(call as never);
}

async function callerOf(access: Access, config: Config, input: Credentials): Promise<Holder> {
  return access === 'newcomer' ? admit(config, input) : verifyToken(config, input.token!);
}

function requireOwn(...args: Parameters<typeof requireOwnConversation>) {
  const { requireOwnConversation } =
    require('../chat/ownership.private') as typeof import('../chat/ownership.private');
  return requireOwnConversation(...args);
}
