/**
 * One turn: whose it is, and what the bot makes of it. Everything is decided from what Twilio has, so that copies, late
 * calls and calls at the same time come to the same end.
 */

/** A visitor may write while the bot prepares an answer: it answers that message, too, before it ends. */
const MAX_TURNS = 3;
const ENDED = ['completed', 'canceled'];

exports.takeTurn = async (chat, answer) => {
  for (let turns = 0; turns < MAX_TURNS; turns++) {
    const said = await chat.read();
    const asked = said.findLast(({ by }) => by === 'visitor');
    if (!asked) return;
    const tasks = await chat.tasks();
    // An agent's, or on its way to one.
    if (tasks.some((status) => !ENDED.includes(status))) return;
    const handOvers = said.filter(({ by, attributes }) => by === 'bot' && attributes.handOver);
    const isBots = handOvers.length === 0 || (chat.returns && tasks.length >= handOvers.length);
    // The chat was handed over, but no agent has it: the request was lost, or the visitor wants an agent again.
    if (!isBots) return callAgent(chat, asked, handOvers.at(-1).attributes.handOver);
    if (said.some(({ attributes }) => attributes.answers === asked.sid)) return;

    const { say, handOver } = await answer({ said, asked });
    for (const [position, words] of say.entries()) {
      const isLast = position === say.length - 1;
      await chat.say(`bot-${asked.sid}-${position}`, {
        ...words,
        ...(isLast && { answers: asked.sid, ...(handOver && { handOver }) }),
      });
    }
    if (handOver) return callAgent(chat, asked, handOver);
  }
};

async function callAgent(chat, { author }, { reason, summary }) {
  await chat.callAgent(author, { reason, summary });
  await chat.leave();
}
