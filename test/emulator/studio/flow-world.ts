/** A Flow of single widgets, run by a visitor's message. */
import type twilio from 'twilio';
import type { Emulator } from '../../../emulator/emulator';
import type { Definition, State, Transition } from '../../../emulator/studio/model';
import { startEmulator, twilioClient } from '../../support/emulator';

export const VISITOR = 'visitor-1';

export class FlowWorld {
  private conversationSid = '';

  private constructor(
    readonly emulator: Emulator,
    readonly client: twilio.Twilio,
  ) {}

  static async start(): Promise<FlowWorld> {
    const emulator = await startEmulator();
    return new FlowWorld(emulator, twilioClient(emulator));
  }

  async publish(definition: Definition): Promise<string> {
    const flow = { friendlyName: 'Test', status: 'published' as const, definition };
    return (await this.client.studio.v2.flows.create(flow)).sid;
  }

  /** Runs the Flow in a new Conversation with a first message. */
  async run(definition: Definition, body = 'hi') {
    const flowSid = await this.publish(definition);
    this.conversationSid = (await this.client.conversations.v1.conversations.create()).sid;
    await this.conversation.participants.create({ identity: VISITOR });
    await this.conversation.webhooks.create({ target: 'studio', 'configuration.flowSid': flowSid });
    await this.says(body);
    return this.client.studio.v2.flows(flowSid).executions;
  }

  /** Resolves when nothing is pending any more. */
  async says(body: string): Promise<void> {
    await this.conversation.messages.create({ author: VISITOR, body, xTwilioWebhookEnabled: 'true' });
    await this.emulator.world.webhooks.settled();
    await this.emulator.world.studio.settled();
  }

  /** The messages of the Flow. */
  async answers(): Promise<string[]> {
    const messages = await this.conversation.messages.list();
    return messages.filter(({ author }) => author === 'bot').map(({ body }) => body.trim());
  }

  get conversation() {
    return this.client.conversations.v1.conversations(this.conversationSid);
  }
}

/** A Flow that begins with its first state, as a Flow and as a Subflow. */
export function aFlow(...states: State[]): Definition {
  const { name } = states[0]!;
  const transitions = [
    { event: 'incomingConversationMessage', next: name },
    { event: 'incomingParent', next: name },
  ];
  return {
    initial_state: 'Trigger',
    flags: { allow_concurrent_calls: true },
    states: [{ name: 'Trigger', type: 'trigger', transitions, properties: {} }, ...states],
  };
}

export function aState(name: string, type: string, properties: object, transitions: Transition[]): State {
  return { name, type, properties: properties as State['properties'], transitions };
}

export function aReply(name: string, body: string): State {
  return aState(name, 'send-message', { from: 'bot', body }, [{ event: 'sent' }, { event: 'failed' }]);
}
