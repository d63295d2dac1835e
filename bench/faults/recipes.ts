/** Two ways to start a chat: this project's, and the guide's three calls as documented. */
import { randomUUID } from 'node:crypto';
import type { Emulator } from '../../emulator/emulator';
import { twilioClient } from '../../test/support/emulator';
import { post, type FunctionsServer, type Reply } from '../../test/support/functions-server';

/** The state of a visitor's page. */
export interface Visitor {
  token?: string;
  messageId: string;
  conversationSid?: string;
}

export interface Outcome {
  ok: boolean;
  /** This project's error code, or the message of the recipe's error. */
  code: string;
  conversationSid?: string;
  /** Present if the same request may be repeated: the earliest time for it. */
  retryAfterMs?: number;
}

export interface Recipe {
  name: string;
  /** Whether a start sends the visitor's first message. */
  sends: boolean;
  /** Whether a second start should find the first one's Conversation. */
  resumes: boolean;
  /** Runs before the faults begin. */
  prepare?(visitor: Visitor): Promise<void>;
  start(visitor: Visitor): Promise<Outcome>;
}

/** Without a Retry-After. A page waits a little before it retries. */
const RETRY_MS = 1000;

interface StartAnswer {
  token?: string;
  conversationSid?: string;
  error?: { code?: string; retryable?: boolean };
}

function toOutcome({ status, headers, body }: Reply<StartAnswer>): Outcome {
  if (status < 300) return { ok: true, code: 'ok', conversationSid: body.conversationSid! };
  const code = body.error?.code ?? `unreadable ${status}`;
  const seconds = headers.get('retry-after');
  const retryAfterMs = seconds === null ? RETRY_MS : Number(seconds) * 1000;
  return { ok: false, code, ...(body.error?.retryable && { retryAfterMs }) };
}

/** POST /start-chat, over HTTP. The visitor keeps the token of any response. */
export function ourRecipe(functions: FunctionsServer, { withMessage }: { withMessage: boolean }): Recipe {
  return {
    name: withMessage ? 'start-chat + message' : 'start-chat',
    sends: withMessage,
    resumes: true,
    async start(visitor) {
      const reply = await post<StartAnswer>(functions, '/start-chat', {
        ...(visitor.token && { token: visitor.token }),
        ...(withMessage && { message: 'hello', messageId: visitor.messageId }),
      });
      if (reply.body.token) visitor.token = reply.body.token;
      return toOutcome(reply);
    },
  };
}

/** One of the single steps, on a chat that lacks only this step. */
export function stepRecipe(functions: FunctionsServer, path: '/add-webhook' | '/send-message'): Recipe {
  const call = <Body>(step: string, params: object) => post<Body>(functions, step, params);
  return {
    name: path,
    sends: path === '/send-message',
    resumes: false,
    async prepare(visitor) {
      const { token } = (await call<{ token: string }>('/token', {})).body;
      const { conversationSid } = (await call<{ conversationSid: string }>('/create-conversation', { token }))
        .body;
      await call('/add-participant', { token, conversationSid });
      if (path === '/send-message') {
        await call('/add-webhook', { token, conversationSid });
        await call(path, { token, conversationSid, body: 'first', messageId: `${visitor.messageId}-first` });
      }
      Object.assign(visitor, { token, conversationSid });
    },
    async start({ token, conversationSid, messageId }) {
      const words = path === '/send-message' ? { body: 'hello', messageId } : {};
      const outcome = toOutcome(await call<StartAnswer>(path, { token, conversationSid, ...words }));
      return { ...outcome, ...(conversationSid && { conversationSid }) };
    },
  };
}

/** The platform ends a Function after 10 s. Source: docs https://www.twilio.com/docs/serverless/functions-assets/functions */
const PLATFORM_TIMEOUT_MS = 10_000;

/** Create, participant, webhook, then the message: plain calls as in the guide. A failure ends the start. */
export function naiveRecipe(emulator: Emulator): Recipe {
  const twilio = twilioClient(emulator, { timeout: PLATFORM_TIMEOUT_MS });
  const { conversations } = twilio.conversations.v1.services(emulator.account.conversationsServiceSid);
  return {
    name: 'three plain calls + message',
    sends: true,
    resumes: false,
    async start({ messageId }) {
      try {
        const { sid } = await conversations.create();
        const conversation = conversations(sid);
        const identity = randomUUID();
        await conversation.participants.create({ identity });
        await conversation.webhooks.create({
          target: 'studio',
          'configuration.flowSid': emulator.account.flowSid,
          'configuration.filters': ['onMessageAdded'],
        });
        await conversation.messages.create({
          author: identity,
          body: 'hello',
          attributes: JSON.stringify({ messageId }),
          xTwilioWebhookEnabled: 'true',
        });
        return { ok: true, code: 'ok', conversationSid: sid };
      } catch (error) {
        const { code, status } = error as { code?: unknown; status?: unknown };
        return { ok: false, code: String(code ?? status) };
      }
    },
  };
}
