/**
 * POST /bot-answer: the Flow bot-first requests the bot's answer to the visitor's newest message.
 *
 * In      a form that Twilio has signed: ConversationSid, FlowSid
 * Out     200 {}, when the bot has answered, has handed over, or had nothing to say
 * Fails   403 where Twilio has not signed it | 500: the Flow brings the chat to an agent then
 *
 * Safe to call twice, twenty times at once, and late: it answers what is unanswered, once.
 */
const asset = (name) => require(Runtime.getAssets()[`/${name}.js`].path);

exports.handler = async (context, event, callback) => {
  const respond = (status, body) => {
    const response = new Twilio.Response();
    response.setStatusCode(status);
    response.appendHeader('content-type', 'application/json');
    response.setBody(body);
    callback(null, response);
  };
  try {
    if (!isSigned(context, event)) return respond(403, { error: 'invalid_signature' });
    const chat = asset('chat').openChat(context, event);
    await asset('turn').takeTurn(chat, asset(context.BOT_BRAIN || 'rules').answer);
    respond(200, {});
  } catch (error) {
    console.error(JSON.stringify({ event: 'bot.failed', code: error.code, message: error.message }));
    respond(500, { error: 'bot_failed' });
  }
};

/** The cloud checks it before a protected Function runs; no local server does. */
function isSigned(context, { request, ...params }) {
  const url = context.BOT_URL || `https://${context.DOMAIN_NAME}${context.PATH}`;
  const signature = request.headers['x-twilio-signature'];
  return signature !== undefined && Twilio.validateRequest(context.AUTH_TOKEN, signature, url, params);
}
