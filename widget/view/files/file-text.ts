/** Texts about files: their size, why one is rejected, and the text of a message with files. */
import type { Attachment, AttachmentLimits, ChatMessage, ContentLink, FileProblem } from '../../state/model';
import { withoutMarks } from '../transcript/rich-text';
import type { Text } from '../../text/text';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
const STEP = 1024;

export function sizeText(bytes: number, language: string): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(STEP)));
  const value = bytes / STEP ** power;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: UNITS[power]!,
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
}

export function fileProblemText(
  { name, reason }: FileProblem,
  { maxBytes, maxCount }: AttachmentLimits,
  { fileProblems, language }: Text,
): string {
  const most =
    reason === 'tooLarge' ? sizeText(maxBytes, language) : new Intl.NumberFormat(language).format(maxCount);
  return fileProblems[reason](name, most);
}

export function linkOf({ link }: Attachment): ContentLink | null {
  return typeof link === 'object' ? link : null;
}

export function isImage({ type }: Attachment): boolean {
  return type.startsWith('image/');
}

export function attachmentText(attachment: Attachment, text: Text): string {
  return isImage(attachment) ? text.image(attachment.name) : text.file(attachment.name);
}

/** The message's text and the names of its attachments. */
export function messageText(
  { author, body, attachments }: ChatMessage,
  text: Text,
  separator: string,
): string {
  const words = author === 'agent' ? withoutMarks(body) : body;
  return [words, ...attachments.map((one) => attachmentText(one, text))].filter(Boolean).join(separator);
}
