/**
 * What the bot says, by rules: the default, which needs no network. Another brain is a private asset with the same
 * export, named by the setting BOT_BRAIN. README.md shows one that calls a language model.
 *
 * answer({ said, asked }) -> { say, handOver }
 *   said      the messages so far, oldest first: { by: 'visitor' | 'bot' | 'other', body, attributes }
 *   asked     the message to be answered, the newest of the visitor's
 *   say       one message or more: { body, quickReplies? }
 *   handOver  null, or { reason, summary } for the agent
 */
const CHOICES = [
  { id: 'order', title: 'Where is my order?' },
  { id: 'hours', title: 'When are you open?' },
  { id: 'person', title: 'Talk to a person' },
];

exports.answer = async ({ said, asked }) => {
  const words = String(asked.body).toLowerCase();
  const wish = asked.attributes.answer?.id;
  const is = (id, pattern) => wish === id || (!wish && pattern.test(words));

  if (is('person', /\b(person|human|agent|somebody)\b/)) return toPerson(said, 'asked for a person');
  if (is('hours', /\b(open|hours)\b/)) {
    return talk({ body: 'We are open from Monday to Friday, 9 to 17.', quickReplies: CHOICES });
  }
  if (is('order', /\border\b/)) return talk({ body: 'Please tell me the number of your order.' });
  if (/\d{4,}/.test(words)) {
    return talk({ body: 'Your order is on its way and arrives tomorrow.', quickReplies: CHOICES });
  }
  const isFirst = !said.some(({ by }) => by === 'bot');
  if (isFirst) return talk({ body: 'Hello, I am a bot. How can I help?', quickReplies: CHOICES });
  const wasLost = said.findLast(({ by }) => by === 'bot').attributes.isLost;
  if (wasLost) return toPerson(said, 'was not understood twice');
  return talk({
    body: 'I did not understand that. Is it one of these?',
    quickReplies: CHOICES,
    isLost: true,
  });
};

function talk(...say) {
  return { say, handOver: null };
}

function toPerson(said, reason) {
  const asked = said.filter(({ by }) => by === 'visitor').map(({ body }) => body);
  return {
    say: [{ body: 'I will get a person for you. What you have written stays here.' }],
    handOver: { reason, summary: asked.join(' / ').slice(0, 240) },
  };
}
