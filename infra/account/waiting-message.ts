/** Puts an automatic message before every Send To Flex of a Flow, in the visitor's language. */

interface State {
  name: string;
  type: string;
  transitions: { event: string; next?: string }[];
  properties: { offset?: { x: number; y: number } };
}

interface Definition {
  states: State[];
}

/** @param texts by language, such as `de`; the first one is for every other language */
export function withWaitingMessage(
  definition: Definition,
  texts: Readonly<Record<string, string>>,
): Definition {
  const targets = definition.states.filter(({ type }) => type === 'send-to-flex');
  const greetingOf = (name: string): string => `${name}_greeting`;
  const isTarget = (name: string | undefined): name is string => targets.some((one) => one.name === name);
  const led = definition.states.map((state) => ({
    ...state,
    transitions: state.transitions.map((transition) =>
      isTarget(transition.next) ? { ...transition, next: greetingOf(transition.next) } : transition,
    ),
  }));
  const greetings = targets.map(({ name, properties: { offset = { x: 0, y: 0 } } }) => ({
    name: greetingOf(name),
    type: 'send-message',
    // A message that fails must not keep the visitor from an agent.
    transitions: [
      { event: 'sent', next: name },
      { event: 'failed', next: name },
    ],
    properties: {
      offset: { x: offset.x - 300, y: offset.y },
      service: '{{trigger.conversation.ChatServiceSid}}',
      channel: '{{trigger.conversation.ConversationSid}}',
      from: '{{flow.channel.address}}',
      to: '{{contact.channel.address}}',
      message_type: 'custom',
      body: bodyOf(texts),
    },
  }));
  return { ...definition, states: [...led, ...greetings] };
}

/** The widget sends the visitor's language with the visit: `de-AT` is `de`. */
function bodyOf(texts: Readonly<Record<string, string>>): string {
  const [[, fallback] = ['', ''], ...others] = Object.entries(texts);
  const when = others.map(([language, text]) => `{% when '${language}' %}${text}`).join('');
  const language = 'trigger.conversation.ChannelAttributes.pre_engagement_data.language';
  return `{% assign language = ${language} | slice: 0, 2 %}{% case language %}${when}{% else %}${fallback}{% endcase %}`;
}
