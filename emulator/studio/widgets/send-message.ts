/** Send Message, and Send & Wait For Reply, which stays until the contact answers or its time is up. */
import type { Message } from '../../conversations/model';
import { render } from '../liquid';
import type { Widget, WidgetRun } from './widget';

/** Seconds. Source: docs https://www.twilio.com/docs/studio/widget-library/send-wait-reply. Guess: also where the text is no number. */
const DEFAULT_WAIT_SECONDS = 3600;

export const sendMessage: Widget = (run) => {
  try {
    return { event: 'sent', variables: outbound(send(run)) };
  } catch (error) {
    return { event: 'failed', error: (error as Error).message };
  }
};

export const sendAndWaitForReply: Widget = (run) => {
  const given = Number(render(run.state.properties['timeout'], run.context));
  const seconds = given > 0 ? given : DEFAULT_WAIT_SECONDS;
  try {
    return { waitMs: seconds * 1000, variables: outbound(send(run)) };
  } catch (error) {
    return { event: 'deliveryFailure', error: (error as Error).message };
  }
};

/** As the back end: webhooks do not hear of it, so a Flow cannot start itself. Guess: the author is the rendered `from`. */
function send({ state, context, conversation, conversations }: WidgetRun): Message {
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
    },
    { source: 'API', webhookEnabled: false },
  );
}

/** Source: public code (a catalogue of widgets); From is the older name of Author. */
function outbound(message: Message): Record<string, unknown> {
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
