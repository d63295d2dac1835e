/**
 * Whether the chat channel takes a Content template, which Twilio does not document: creates one, sends it to this chat,
 * reads it with the SDK, and removes it. Both results are fine: choices can be offered without a template, too.
 */
import type twilio from 'twilio';
import type { StartedChat } from './start-chat';
import type { VisitorSession } from './say-hello';

const TEMPLATE = {
  friendly_name: 'smoke-test',
  language: 'en',
  types: {
    'twilio/quick-reply': { body: 'Smoke test', actions: [{ type: 'QUICK_REPLY', title: 'Ok', id: 'ok' }] },
  },
};

export interface TemplateResult {
  isTaken: boolean;
  what: string;
}

export async function tryTemplate(
  client: twilio.Twilio,
  { conversationSid }: StartedChat,
  session: VisitorSession,
): Promise<TemplateResult> {
  const { contents } = client.content.v1;
  let contentSid: string | undefined;
  try {
    ({ sid: contentSid } = await contents.create(TEMPLATE as never));
    const reading = session.readContent(contentSid);
    reading.catch(() => undefined);
    await client.conversations.v1.conversations(conversationSid).messages.create({ contentSid });
    const kind = await reading;
    if (kind === 'quickReply')
      return { isTaken: true, what: 'a Content template arrives, and the SDK reads it' };
    return { isTaken: false, what: `a Content template arrives as ${kind ?? 'an empty message'}` };
  } catch (error) {
    const { code, message } = error as { code?: number; message: string };
    return {
      isTaken: false,
      what: `a Content template does not arrive: ${[code, message].filter(Boolean).join(' ')}`,
    };
  } finally {
    if (contentSid !== undefined)
      await contents(contentSid)
        .remove()
        .catch(() => undefined);
  }
}
