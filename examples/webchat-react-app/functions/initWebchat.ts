/**
 * POST /initWebchat: a start as the client of twilio-webchat-react-app requests it.
 *
 * In      { formData?: flat object of strings; token? or userToken?, humanCheck?: as for /start-chat }
 * Out     200 { token, conversationSid, expiration }
 * Fails   400 invalid_request | 401 invalid_token, session_ended, invalid_user_token,
 *         user_token_required
 *         403 origin_not_allowed, human_check_failed | 409 closed_now, conversation_closed,
 *         conversation_full, message_id_reused, conversation_too_busy
 *         415 unsupported_content_type | 429 too_many_starts
 *         502 twilio_error | 503 twilio_unavailable, human_check_unavailable
 *
 * The admission and the chat are those of /start-chat. In `formData`, `friendlyName` is the visitor's name and `query` the
 * first message; all fields are in `pre_engagement_data`. `expiration` is in milliseconds since the Unix epoch.
 *
 * @see https://github.com/twilio/twilio-webchat-react-app
 */
import { check, number, optional, pipe, string, unknown } from 'valibot';
import { chatDetails } from '../assets/chat/conversation-attributes.private';
import { checkBodyLength } from '../assets/chat/message.private';
import { startChat } from '../assets/chat/start.private';
import { defineFunction } from '../assets/http/define-function.private';
import { friendlyName, messageBody, parseInput, preChat } from '../assets/http/input.private';

const FORM = {
  friendlyName: optional(friendlyName),
  query: optional(messageBody),
  formData: optional(preChat),
};

export const handler = defineFunction({
  access: 'newcomer',
  input: { formData: optional(pipe(unknown(), check(isRecord, 'must be an object'))) },
  answer: () => ({ token: string(), conversationSid: string(), expiration: number() }),
  check({ formData }, config) {
    const { query } = readForm(formData);
    if (query !== undefined) checkBodyLength(config, query);
  },

  async run({ input, pass, profile, twilio, requestId, note }) {
    const { friendlyName, query, formData } = readForm(input.formData);
    const { conversationSid, created, sent } = await startChat(twilio, {
      identity: pass.identity,
      details: chatDetails({ friendlyName, preChat: formData }, profile),
      startId: requestId,
      firstMessage: query === undefined ? undefined : { body: query, messageId: requestId },
    });
    note({ conversationSid, created, messageSid: sent?.messageSid });
    const { token, expiresAt } = pass;
    return { status: 200, body: { token, conversationSid, expiration: Date.parse(expiresAt) } };
  },
});

/** A blank field is left out: the form of the client sends each of its fields. */
function readForm(formData: unknown = {}) {
  const filled = Object.entries(formData as object).filter(([, value]) => !isBlank(value));
  const { friendlyName, ...rest } = Object.fromEntries(filled) as Record<string, unknown>;
  return parseInput(FORM, { friendlyName, query: rest['query'], formData: rest });
}

function isBlank(value: unknown): boolean {
  return typeof value === 'string' && value.trim() === '';
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
