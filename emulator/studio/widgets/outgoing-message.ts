/** The message of Send Message and of Send & Wait For Reply. */
import type { Message } from '../../conversations/model';
import { render } from '../liquid';
import type { Context } from '../model';
import { renderParameters } from './parameters';
import { texts, type WidgetRun } from './widget';

export const MESSAGE_PROPERTIES = {
  ...texts('body from to media_url service channel attributes content_sid message_type'),
  content_variables: {},
};

/** Sent as the back end: it triggers no webhooks, so a Flow cannot start itself. Guess: the author is the rendered `from`. */
export function send({ state, context, conversation, conversations }: WidgetRun): Message {
  const property = (name: string): string => render(state.properties[name], context);
  const target = property('channel');
  const into = target === '' ? conversation : conversations.conversations.get(target);
  if (!into)
    throw new Error(target === '' ? 'No Conversation is named' : `Conversation ${target} does not exist`);
  return conversations.messages.add(
    into,
    {
      author: property('from') || undefined,
      body: property('body'),
      attributes: property('attributes') || undefined,
      ...conversations.richMedia.of(into.chatServiceSid, property('from') || 'system', {
        contentSid: property('content_sid') || undefined,
        contentVariables: contentVariables(state.properties['content_variables'], context),
      }),
    },
    { source: 'API', webhookEnabled: false },
  );
}

/** Guess: pairs of key and value, as other widgets have them. */
function contentVariables(pairs: unknown, context: Context): string | undefined {
  const variables = Array.isArray(pairs) ? renderParameters(pairs, context) : {};
  return Object.keys(variables).length === 0 ? undefined : JSON.stringify(variables);
}

/** Source: public code (a catalogue of widgets); From is the older name of Author. */
export function outbound(message: Message): Record<string, unknown> {
  return {
    outbound: {
      Sid: message.sid,
      ConversationSid: message.conversationSid,
      Body: message.body,
      Author: message.author,
      From: message.author,
      Index: message.index,
      Attributes: message.attributes,
      ParticipantSid: message.participantSid,
    },
  };
}
