/**
 * A Content template in a Message: the rendered content is a Media of the category `body`, whose type names the content's.
 * Source: sdk @twilio/conversations/builds/lib.js (Message.getContentData), openapi (Body and MediaSid are ignored).
 */
import type { Contents } from '../content/domain';
import type { Content } from '../content/model';
import type { MediaLibrary } from './media/library';
import type { NewMessage } from './messages';
import type { Message, MessageMedia } from './model';

/** `application/x-vnd.com.twilio.rich.twilio.quick-reply`: the SDK puts the slash back. */
const TYPE_PREFIX = 'application/x-vnd.com.twilio.rich.';

/** The Media that REST and webhooks list. Guess: a template's content is not among them; `content_sid` names it. */
export function listedMedia({ media, contentSid }: Message): MessageMedia[] {
  return contentSid === null ? media : media.filter(({ category }) => category !== 'body');
}

export interface WantedContent {
  contentSid: string | undefined;
  /** JSON. */
  contentVariables: string | undefined;
}

export class RichMedia {
  constructor(
    private readonly contents: Contents,
    private readonly media: MediaLibrary,
  ) {}

  /** All of the account's, whatever Service a Conversation is in. */
  templates(): readonly Content[] {
    return this.contents.list();
  }

  /**
   * What a Message of this template has instead of body and Media; empty without a template.
   * Guess: that a template can be sent to chat Participants at all. Flex UI sends them to WhatsApp only
   * (https://www.twilio.com/docs/flex/developer/conversations/send-content-template). `npm run smoke` tries it.
   */
  of(
    chatServiceSid: string,
    author: string,
    { contentSid, contentVariables }: WantedContent,
  ): Pick<NewMessage, 'body' | 'media' | 'contentSid'> {
    const content = this.contents.render(contentSid, contentVariables);
    if (!content) return {};
    const media = this.media.add(chatServiceSid, author, {
      category: 'body',
      filename: null,
      contentType: TYPE_PREFIX + content.type.replace('/', '.'),
      content: Buffer.from(JSON.stringify({ data: content.data })),
    });
    return { body: undefined, media: this.media.attachments(chatServiceSid, [media.sid]), contentSid };
  }
}
