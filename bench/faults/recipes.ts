/** Two ways to start a chat: ours, and the guide's three calls as they stand there. */
import { randomUUID } from 'node:crypto';
import type { Emulator } from '../../emulator/emulator';
import { twilioClient } from '../../test/support/emulator';
import { post, type FunctionsServer } from '../../test/support/functions-server';

/** What a visitor's page knows. */
export interface Visitor {
  token?: string;
  messageId: string;
}

export interface Told {
  ok: boolean;
  /** Our code, or what the recipe threw. */
  code: string;
  conversationSid?: string;
}

export interface Recipe {
  name: string;
  /** Whether a start brings the visitor's first message. */
  sends: boolean;
  /** Whether a second start is meant to find the first one's Conversation. */
  resumes: boolean;
  start(visitor: Visitor): Promise<Told>;
}

interface StartAnswer {
  token?: string;
  conversationSid?: string;
  error?: { code?: string };
}

/** POST /start-chat, over HTTP. The visitor keeps whatever token an answer brings. */
export function ourRecipe(functions: FunctionsServer, { withMessage }: { withMessage: boolean }): Recipe {
  return {
    name: withMessage ? 'start-chat + message' : 'start-chat',
    sends: withMessage,
    resumes: true,
    async start(visitor) {
      const { status, body } = await post<StartAnswer>(functions, '/start-chat', {
        ...(visitor.token && { token: visitor.token }),
        ...(withMessage && { message: 'hello', messageId: visitor.messageId }),
      });
      if (body.token) visitor.token = body.token;
      if (status !== 200) return { ok: false, code: body.error?.code ?? `unreadable ${status}` };
      return { ok: true, code: 'ok', conversationSid: body.conversationSid! };
    },
  };
}

/** The platform ends a Function after 10 s. Source: docs https://www.twilio.com/docs/serverless/functions-assets/functions */
const PLATFORM_TIMEOUT_MS = 10_000;

/** Create, participant, webhook, then the message: plain calls, as the guide shows them. A failure ends the start. */
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
