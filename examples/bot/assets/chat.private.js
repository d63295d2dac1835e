/** One chat as the bot sees it: its messages, whether the bot may answer, and the actions of the bot. */
const twilio = require('twilio');

/** What the Functions call visitors. Source: docs/http-api.md */
const VISITOR = /^(visitor|user)-/;
/** Source: docs https://www.twilio.com/docs/api/errors/50433 */
const IS_PARTICIPANT = 50433;
const LATEST = 50;
const TRIES = 3;

exports.openChat = (context, { ConversationSid: conversationSid, FlowSid: flowSid }) => {
  const client = createClient(context);
  const identity = context.BOT_IDENTITY || 'bot';
  const name = context.BOT_NAME || 'Robin';
  const service = client.conversations.v1.services(context.CONVERSATIONS_SERVICE_SID);
  const conversation = service.conversations(conversationSid);
  const { tasks } = client.taskrouter.v1.workspaces(context.TASKROUTER_WORKSPACE_SID);

  /** Oldest first. */
  const read = async () => {
    const latest = await again(() => conversation.messages.list({ order: 'desc', limit: LATEST }));
    return latest.reverse().map(({ sid, author, body, attributes }) => ({
      sid,
      body,
      by: author === identity ? 'bot' : VISITOR.test(author) ? 'visitor' : 'other',
      author,
      attributes: JSON.parse(attributes),
    }));
  };

  /** A Participant with a name, which the visitor reads above its messages. `bot` marks it as a bot for the widget. */
  const join = async () => {
    const attributes = JSON.stringify({ bot: true });
    try {
      await conversation.participants.create({ identity, attributes });
    } catch (error) {
      if (error.code !== IS_PARTICIPANT) throw error;
      return;
    }
    await again(() => service.users(identity).update({ friendlyName: name }));
  };

  return {
    returns: context.BOT_RETURNS === 'true',
    read,

    /** Statuses of the Tasks that this chat has had. */
    tasks: async () =>
      (
        await again(() => tasks.list({ evaluateTaskAttributes: `conversationSid == "${conversationSid}"` }))
      ).map(({ assignmentStatus }) => assignmentStatus),

    /** Sends each `messageId` once, even if several calls send it at once. It triggers no webhooks, so no Flow starts. */
    async say(messageId, { body, quickReplies, ...attributes }) {
      const isSame = (one) => one.by === 'bot' && one.attributes.messageId === messageId;
      if ((await read()).some(isSame)) return;
      await join();
      const all = JSON.stringify({ messageId, ...attributes, ...(quickReplies && { quickReplies }) });
      await conversation.messages.create({ author: identity, body, attributes: all });
      const [, ...copies] = (await read()).filter(isSame);
      for (const { sid } of copies)
        await conversation
          .messages(sid)
          .remove()
          .catch(() => undefined);
    },

    /** The Flow's incomingRequest. As often as it takes: Flex keeps one Interaction of a Conversation and drops the rest. */
    async callAgent(visitor, attributes) {
      const HandoffData = { conversationId: conversationSid, storeId: '', profileId: '', attributes };
      const request = { to: visitor, from: identity, parameters: { HandoffData } };
      await again(() => client.studio.v2.flows(flowSid).executions.create(request));
    },

    async leave() {
      await again(() => conversation.participants(identity).remove()).catch(() => undefined);
    },
  };
};

/** Retries transient failures only, not rejections. */
async function again(call) {
  for (let tries = 1; ; tries++) {
    try {
      return await call();
    } catch (error) {
      const isPassing = !error.status || error.status === 429 || error.status >= 500;
      if (!isPassing || tries === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** tries));
    }
  }
}

/** With the emulator, Twilio's host is the first part of the path. */
function createClient(context) {
  const base = context.TWILIO_API_BASE_URL;
  if (!base) return context.getTwilioClient();
  class Local extends twilio.RequestClient {
    request(options) {
      const { host, pathname, search } = new URL(options.uri);
      return super.request({ ...options, uri: `${base}/${host}${pathname}${search}` });
    }
  }
  const { ACCOUNT_SID, AUTH_TOKEN } = context;
  return twilio(ACCOUNT_SID, AUTH_TOKEN, { httpClient: new Local({ keepAlive: false }) });
}
