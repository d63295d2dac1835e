/**
 * POST /leave-message: the visitor leaves a message when no chat is possible, once per messageId.
 *
 * In      { token, friendlyName: string of 1..256 characters, contact: an e-mail address or a phone number,
 *           message, messageId: 1..64 letters, digits, - or _ }
 * Out     201 { left }, or 200 when a message with this messageId was already left
 * Fails   400 invalid_request | 401 invalid_token, token_expired, session_ended
 *         403 origin_not_allowed | 409 messages_not_taken, message_id_reused, conversation_too_busy
 *         415 unsupported_content_type | 429 too_many_starts
 *         502 twilio_error, hook_error | 503 twilio_unavailable, hook_unavailable
 *
 * It becomes a Task of LEAVE_MESSAGE_WORKFLOW_SID, or an event `message.left` for the site's hook (LEAVE_MESSAGE_TO). After an
 * error with `retryable`, send the same request again: the Task is created once.
 *
 * @see https://www.twilio.com/docs/taskrouter/api/task
 */
import { literal } from 'valibot';
import { leaveMessage } from '../assets/chat/left-message.private';
import { checkBodyLength } from '../assets/chat/message.private';
import { defineFunction } from '../assets/http/define-function.private';
import { contact, friendlyName, messageBody, messageId } from '../assets/http/input.private';

export const handler = defineFunction({
  access: 'visitor',
  input: { friendlyName, contact, message: messageBody, messageId },
  answer: () => ({ left: literal(true) }),

  check: ({ message }, config) => checkBodyLength(config, message),

  async run({ input: { friendlyName, contact, message, messageId }, pass: { identity }, twilio, note }) {
    const created = await leaveMessage(twilio, identity, messageId, { friendlyName, contact, message });
    note({ created });
    return { status: created ? 201 : 200, body: { left: true } };
  },
});
