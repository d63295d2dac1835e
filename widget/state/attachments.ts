/** Attachments: their limits, and the changes of those in the state. */
import type { Attachment, AttachmentLimits, ChatState, FileProblem, TranscriptItem } from './model';

/**
 * Flex's limits for web chat. Four files of 16 MB are also its limit for all files together, 64 MB.
 * Source: docs https://www.twilio.com/docs/flex/developer/conversations/limits
 */
export const FLEX_LIMITS: AttachmentLimits = {
  maxBytes: 16_777_216,
  maxCount: 4,
  types:
    'image/jpeg,image/png,image/gif,image/webp,image/heic,.heic,application/pdf,text/plain,audio/mpeg,audio/amr,.amr,video/mp4',
};

/** The properties of a file that are limited. */
export interface FileFacts {
  name: string;
  /** MIME type; empty if the system does not know it. */
  type: string;
  size: number;
}

/** The reason to reject this file, or null. */
export function fileProblem(
  { name, type, size }: FileFacts,
  /** The number of files that are already attached. */
  count: number,
  { maxBytes, maxCount, types }: AttachmentLimits,
): FileProblem | null {
  if (!isOfType(name, type, types)) return { name, reason: 'wrongType' };
  if (size === 0) return { name, reason: 'empty' };
  if (size > maxBytes) return { name, reason: 'tooLarge' };
  return count >= maxCount ? { name, reason: 'tooMany' } : null;
}

function isOfType(name: string, type: string, types: string): boolean {
  return types.split(',').some((one) => {
    const wanted = one.trim().toLowerCase();
    if (wanted.startsWith('.')) return name.toLowerCase().endsWith(wanted);
    if (wanted.endsWith('/*')) return type.startsWith(wanted.slice(0, -1));
    return wanted !== '' && type === wanted;
  });
}

export function findAttachment(items: readonly TranscriptItem[], key: string): Attachment | undefined {
  return items
    .flatMap((item) => (item.kind === 'message' ? item.attachments : []))
    .find((attachment) => attachment.key === key);
}

/** Moves a message from the transcript back into the draft, before newer text. */
export function takeBack(state: ChatState, key: string): ChatState {
  const message = state.items.find((item) => item.key === key);
  if (message?.kind !== 'message' || message.index !== null) return state;
  return {
    ...state,
    items: state.items.filter((item) => item !== message),
    draft: [message.body, state.draft].filter(Boolean).join('\n'),
    files: [...message.attachments, ...state.files],
  };
}

/** The same after a reload, which has kept the text but not the files. */
export function giveUpFiles(state: ChatState, key: string): ChatState {
  const after = takeBack(state, key);
  if (after === state) return state;
  const isKept = ({ key: kept }: Attachment): boolean => state.files.some((file) => file.key === kept);
  const lost = after.files.filter((file) => !isKept(file));
  return {
    ...after,
    files: state.files,
    fileProblems: [...state.fileProblems, ...lost.map(({ name }) => ({ name, reason: 'lost' as const }))],
  };
}

/** Changes one attachment, anywhere in the transcript. */
export function changeAttachment(
  items: readonly TranscriptItem[],
  key: string,
  change: Partial<Attachment>,
): TranscriptItem[] {
  const isIt = (one: Attachment): boolean => one.key === key;
  return items.map((item) =>
    item.kind === 'message' && item.attachments.some(isIt)
      ? {
          ...item,
          attachments: item.attachments.map((one) => (isIt(one) ? { ...one, ...change } : one)),
        }
      : item,
  );
}

/** A Message that is reported again keeps its links, and a visitor's Message keeps the picture it was sent with. */
export function keepLinks(attachments: readonly Attachment[], before: readonly Attachment[]): Attachment[] {
  return attachments.map((one, position) => ({ ...one, link: one.link ?? before[position]?.link ?? null }));
}
