/** The conversation as text: who said what, and what happened. */
import type { Agent, ChatMessage, ChatState } from '../../state/model';
import type { Text } from '../../text/text';
import { messageText } from '../files/file-text';

export function authorName(
  { author, authorIdentity }: ChatMessage,
  agents: readonly Agent[],
  text: Text,
): string {
  if (author === 'visitor') return text.you;
  if (authorIdentity === null) return text.automatic;
  return agents.find(({ identity }) => identity === authorIdentity)?.name ?? authorIdentity;
}

export function transcriptText({ items, agents }: ChatState, text: Text): string {
  const lines = items.map((item) => {
    const at = new Date(item.at).toLocaleString(text.language);
    if (item.kind === 'message')
      return `${at}  ${authorName(item, agents, text)}: ${messageText(item, text, ' · ')}`;
    return `${at}  ${item.notice === 'ended' ? text.ended : text[item.notice](item.name)}`;
  });
  return `${lines.join('\n')}\n`;
}
