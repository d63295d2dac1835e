/** Uploads and downloads of files: one Message with its media, and URLs of the media that others have sent. */
import type {
  CancellablePromise,
  Client,
  Conversation,
  Message,
  MessageBuilder,
} from '@twilio/conversations';
import type { Attachment, ContentLink } from '../state/model';
import type { SentAttributes } from './contents';
import { plainName } from './plain-text';
import { listenToNextUpload } from './upload-progress';

/** Some networks interrupt an upload but not the socket. Includes the first attempt. */
const MAX_UPLOADS = 4;
/** Doubles with each retry. */
const FIRST_RETRY_MS = 1_000;
/** Longer delay while the browser reports no network. It may be wrong: a server on the same machine needs none. */
const OFFLINE_FACTOR = 3;

/**
 * Links expire within minutes; a new one is requested before an older one is used.
 * Source: sdk @twilio/conversations/dist/media.js
 */
const LINK_LIFE_MS = 60_000;

/** What the SDK names media without a file name. Rare: senders name their files. */
const NAMELESS = 'file';

/** The files of one Message, with callbacks for their progress. */
export interface Upload {
  files: readonly File[];
  /** From 0 to 1. */
  tellProgress(progress: number): void;
  /** Aborts if the Message is cancelled or its connection is lost. */
  signal: AbortSignal;
}

/** Resolves when Twilio has the Message. Interrupted uploads are restarted; the Message is sent after them. */
export async function sendWithFiles(
  conversation: Conversation,
  body: string,
  attributes: SentAttributes,
  upload: Upload,
): Promise<void> {
  for (let uploads = 1; ; uploads++) {
    try {
      await sendOnce(conversation.prepareMessage().setBody(body).setAttributes(attributes), upload);
      return;
    } catch (error) {
      if (upload.signal.aborted || !isCutOff(error) || uploads === MAX_UPLOADS) throw error;
      await untilOnline(FIRST_RETRY_MS * 2 ** (uploads - 1), upload.signal);
      if (upload.signal.aborted) throw error;
    }
  }
}

async function sendOnce(builder: MessageBuilder, { files, tellProgress, signal }: Upload): Promise<void> {
  const total = files.reduce((sum, { size }) => sum + size, 0);
  let isSending = false;
  let sentBefore = 0;
  for (const file of files) {
    builder.addMedia({
      contentType: file.type || 'application/octet-stream',
      filename: file.name,
      // Read for each file right before its request is sent. Source: sdk @twilio/conversations/dist/data/messages.js
      get media() {
        if (isSending) {
          const before = sentBefore;
          sentBefore += file.size;
          // The request body is a little larger than the file.
          listenToNextUpload((sent) => tellProgress((before + Math.min(sent, file.size)) / total));
        }
        return file;
      },
    });
  }
  const message = builder.build();
  isSending = true;
  await abortable(message.send(), signal);
}

/** Cancels the SDK's request when the signal aborts. */
async function abortable(request: CancellablePromise<unknown>, signal: AbortSignal): Promise<void> {
  const cancel = (): void => void request.cancel();
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel);
  try {
    await request;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

/** The request had no response. Only uploads fail this way; requests on the socket wait for it. Source: sdk @twilio/mcs-client/dist/services/transporterror.js */
function isCutOff(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 0;
}

/** The browser's network events; Node has none. */
const network = globalThis as Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>> & {
  navigator?: { onLine?: boolean };
};

/** Waits for `delayMs`, or until the browser reports that the network is back. */
function untilOnline(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const goOn = (): void => {
      clearTimeout(timer);
      network.removeEventListener?.('online', goOn);
      signal.removeEventListener('abort', goOn);
      resolve();
    };
    const isOffline = network.navigator?.onLine === false;
    const timer = setTimeout(goOn, isOffline ? delayMs * OFFLINE_FACTOR : delayMs);
    network.addEventListener?.('online', goOn);
    signal.addEventListener('abort', goOn);
  });
}

export function toAttachments({ attachedMedia }: Message): Attachment[] {
  return (attachedMedia ?? []).map(({ sid, filename, contentType, size }) => ({
    key: sid,
    name: plainName(filename ?? '') || NAMELESS,
    type: contentType,
    size,
    link: null,
  }));
}

/** Null if Twilio returns none, or an unsafe one. */
export async function findLink(client: Client, mediaSid: string): Promise<ContentLink | null> {
  try {
    const urls = await client.getTemporaryContentUrlsForMediaSids([mediaSid]);
    const url = new URL(urls.get(mediaSid)!);
    const isSafe = url.protocol === 'https:' || url.protocol === 'http:';
    return isSafe ? { url: url.href, until: Date.now() + LINK_LIFE_MS } : null;
  } catch {
    return null;
  }
}
