/** Uploaded files, before and after a Message carries them. In memory, like everything else. */
import type { ConversationsEvents } from '../events';
import type { Message, MessageMedia } from '../model';
import type { Bus } from '../../core/bus';
import type { Clock } from '../../core/clock';
import { invalidParameter, TwilioError } from '../../core/errors';
import { createSid } from '../../core/sids';
import { BYTES_PER_MB, MAX_ATTACHMENT_MB, MAX_ATTACHMENTS, MAX_ATTACHMENTS_TOTAL_MB } from './limits';

export interface Upload {
  category: MessageMedia['category'];
  filename: string | null;
  contentType: string;
  content: Buffer;
}

export interface Media extends Upload {
  sid: string;
  chatServiceSid: string;
  /** The identity that uploaded it; `system` for the account itself. */
  author: string;
  /** Those that carry it, the first one first. */
  messages: Message[];
  dateCreated: Date;
  dateUpdated: Date;
}

export class MediaLibrary {
  private readonly bySid = new Map<string, Media>();

  constructor(
    private readonly clock: Clock,
    events: Bus<ConversationsEvents>,
  ) {
    events.on('messageAdded', ({ message }) => {
      for (const { sid } of message.media) this.attach(sid, message);
    });
    events.on('messagesDropped', ({ messages }) => {
      for (const message of messages) for (const { sid } of message.media) this.detach(sid, message);
    });
  }

  add(chatServiceSid: string, author: string, upload: Upload): Media {
    // Guess: the code. Source: https://www.rfc-editor.org/rfc/rfc9110#section-15.5.14 (the status)
    if (upload.content.length > MAX_ATTACHMENT_MB * BYTES_PER_MB) {
      throw new TwilioError(413, 20001, `Media are limited to ${MAX_ATTACHMENT_MB} MB`);
    }
    const now = this.clock.date();
    const media: Media = {
      ...upload,
      sid: createSid('ME'),
      chatServiceSid,
      author,
      messages: [],
      dateCreated: now,
      dateUpdated: now,
    };
    this.bySid.set(media.sid, media);
    return media;
  }

  find(chatServiceSid: string, sid: string): Media | undefined {
    const media = this.bySid.get(sid);
    return media?.chatServiceSid === chatServiceSid ? media : undefined;
  }

  /** By SID alone, for links that carry nothing else. */
  get(sid: string): Media | undefined {
    return this.bySid.get(sid);
  }

  /** What a new Message carries. Guess: 20001 if a SID is unknown or another's, or if the limits are exceeded. */
  attachments(
    chatServiceSid: string,
    mediaSids: readonly string[],
    mayUse: (media: Media) => boolean = () => true,
  ): MessageMedia[] {
    if (mediaSids.length > MAX_ATTACHMENTS) {
      throw invalidParameter(`A Message carries at most ${MAX_ATTACHMENTS} Media`);
    }
    const all = mediaSids.map((sid) => {
      const media = this.find(chatServiceSid, sid);
      if (!media || !mayUse(media)) throw invalidParameter(`Media ${sid} not found`);
      return media;
    });
    const bytes = all.reduce((sum, { content }) => sum + content.length, 0);
    if (bytes > MAX_ATTACHMENTS_TOTAL_MB * BYTES_PER_MB) {
      throw invalidParameter(`The Media of a Message are limited to ${MAX_ATTACHMENTS_TOTAL_MB} MB`);
    }
    return all.map(({ sid, category, filename, contentType, content }) => ({
      sid,
      category,
      filename,
      contentType,
      size: content.length,
    }));
  }

  /** A file goes with the last Message that carries it. */
  private detach(sid: string, message: Message): void {
    const media = this.bySid.get(sid);
    if (!media) return;
    media.messages = media.messages.filter((other) => other !== message);
    if (media.messages.length === 0) this.bySid.delete(sid);
  }

  private attach(sid: string, message: Message): void {
    const media = this.bySid.get(sid);
    if (!media) return;
    media.messages.push(message);
    media.dateUpdated = this.clock.date();
  }
}
