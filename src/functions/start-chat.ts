/**
 * POST /start-chat: steps 1 to 2.3 of the Flex guide in one call: token, Conversation, Participant, webhook.
 *
 * In      { token? or userToken?, humanCheck?, friendlyName?: string of 1..256 characters, preChat?: flat object of strings,
 *           message?: the visitor's first words, messageId?: 1..64 letters, digits, - or _ }
 * Out     200 { token, identity, expiresAt, conversationSid, resumed, clientOptions? }
 * Fails   400 invalid_request | 401 invalid_token, token_expired, session_ended, invalid_user_token,
 *         user_token_required
 *         403 origin_not_allowed, human_check_failed | 415 unsupported_content_type | 429 too_many_starts
 *         502 twilio_error | 503 twilio_unavailable, human_check_unavailable
 *
 * A visitor has one open Conversation: who starts again resumes it. A first start makes three REST calls, two deep.
 *
 * @see https://www.twilio.com/docs/flex/developer/conversations/integrate-a-custom-chat-client-with-flex
 */
import type * as Sdk from '../assets/client-options.private';
import type * as Conversation from '../assets/conversation.private';
import type * as Define from '../assets/define-function.private';
import type * as Input from '../assets/input.private';
import type * as Message from '../assets/message.private';
import type * as Participant from '../assets/participant.private';
import type * as Webhook from '../assets/webhook.private';

const { clientOptions } = require(Runtime.getAssets()['/client-options.js']!.path) as typeof Sdk;
const { openConversation } = require(Runtime.getAssets()['/conversation.js']!.path) as typeof Conversation;
const { defineFunction } = require(Runtime.getAssets()['/define-function.js']!.path) as typeof Define;
const { friendlyName, messageBody, messageId, preChat } = require(
  Runtime.getAssets()['/input.js']!.path,
) as typeof Input;
const { checkBodyLength, deliverMessage, sendMessage } = require(
  Runtime.getAssets()['/message.js']!.path,
) as typeof Message;
const { addParticipant } = require(Runtime.getAssets()['/participant.js']!.path) as typeof Participant;
const { addWebhook, findWebhook } = require(Runtime.getAssets()['/webhook.js']!.path) as typeof Webhook;

export const handler = defineFunction({
  access: 'newcomer',
  input: {
    friendlyName: friendlyName.optional(),
    preChat: preChat.optional(),
    message: messageBody.optional(),
    messageId: messageId.optional(),
  },
  check: ({ message }, config) => message !== undefined && checkBodyLength(config, message),

  async run({ input, pass, profile, twilio, config, note }) {
    const { identity } = pass;
    // What the host site has signed counts for more than what the browser says.
    const details = {
      friendlyName: profile.friendlyName ?? input.friendlyName,
      preChat: { ...input.preChat, ...profile.preChat },
    };
    const { conversationSid, created } = await openConversation(twilio, config, identity, details);
    note({ conversationSid, created });

    // Both must stand before the first message: without them nobody may write, or nobody hears.
    await Promise.all([addParticipant(twilio, config, conversationSid, identity), ensureWebhook(created)]);

    if (input.message !== undefined) {
      const message = { body: input.message, messageId: input.messageId };
      const deliver = created ? sendMessage : deliverMessage;
      note({ messageSid: (await deliver(twilio, config, conversationSid, identity, message)).messageSid });
    }
    return {
      status: 200,
      body: { ...pass, conversationSid, resumed: !created, ...clientOptions(config) },
    };

    async function ensureWebhook(isNew: boolean): Promise<void> {
      if (!isNew && (await findWebhook(twilio, config, conversationSid))) return;
      await addWebhook(twilio, config, conversationSid);
    }
  },
});
