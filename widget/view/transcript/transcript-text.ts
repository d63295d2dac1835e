/** The conversation as text: authors, messages and events. */
import type { ChatMessage, ChatState, Notice } from '../../state/model';
import type { Text } from '../../text/text';
import { messageText } from '../files/file-text';

export function authorName({ author, authorKey, name }: ChatMessage, text: Text): string {
  if (author === 'visitor') return text.you;
  return authorKey === null ? text.automatic : name || text.agent;
}

export function noticeText({ notice, name }: Notice, text: Text): string {
  return notice === 'ended' ? text.ended : text[notice](name || text.agent);
}

export function transcriptText({ items }: ChatState, text: Text): string {
  const lines = items.map((item) => {
    const at = new Date(item.at).toLocaleString(text.language);
    if (item.kind === 'message') return `${at}  ${authorName(item, text)}: ${messageText(item, text, ' · ')}`;
    return `${at}  ${noticeText(item, text)}`;
  });
  return `${lines.join('\n')}\n`;
}
