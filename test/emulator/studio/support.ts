/** Flow definitions to break, and one that asks a question before it hands the chat over. */
import type { Definition, State } from '../../../emulator/studio/model';
import flow from '../../../infra/studio/custom-chat-to-flex.json';

/** A copy of the shipped Flow, to be changed. */
export function aDefinition(change: (definition: Definition) => void = () => undefined): Definition {
  const definition = structuredClone(flow) as unknown as Definition;
  change(definition);
  return definition;
}

export function stateIn(definition: Definition, name: string): State {
  return definition.states.find((state) => state.name === name)!;
}

/** Trigger -> ask -> (reply) answer, or (timeout) give_up. */
export function anAskingDefinition(): Definition {
  return {
    initial_state: 'Trigger',
    flags: { allow_concurrent_calls: true },
    states: [
      {
        name: 'Trigger',
        type: 'trigger',
        transitions: [{ event: 'incomingConversationMessage', next: 'ask' }],
        properties: {},
      },
      {
        name: 'ask',
        type: 'send-and-wait-for-reply',
        transitions: [
          { event: 'incomingMessage', next: 'answer' },
          { event: 'timeout', next: 'give_up' },
          { event: 'deliveryFailure' },
        ],
        properties: { from: 'bot', body: 'You said {{trigger.conversation.Body}}. Why?', timeout: '60' },
      },
      {
        name: 'answer',
        type: 'send-message',
        transitions: [{ event: 'sent' }, { event: 'failed' }],
        properties: {
          from: 'bot',
          body: 'Because {{widgets.ask.inbound.Body}}, {{contact.channel.address}}',
        },
      },
      {
        name: 'give_up',
        type: 'send-message',
        transitions: [{ event: 'sent' }, { event: 'failed' }],
        properties: { from: 'bot', body: 'Good bye' },
      },
    ],
  };
}
