/** The conversation as a text file that the visitor can keep. */
import type { ChatState } from '../state/model';
import type { Text } from '../text/text';
import { authorName } from './transcript';

export function transcriptText({ items, agents }: ChatState, text: Text): string {
  const lines = items.map((item) => {
    const at = new Date(item.at).toLocaleString(text.language);
    if (item.kind === 'message') return `${at}  ${authorName(item, agents, text)}: ${item.body}`;
    return `${at}  ${item.notice === 'ended' ? text.ended : text[item.notice](item.name)}`;
  });
  return `${lines.join('\n')}\n`;
}

export function saveTranscript(state: ChatState, text: Text): void {
  const url = URL.createObjectURL(new Blob([transcriptText(state, text)], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `chat-${new Date().toISOString().slice(0, 10)}.txt`;
  link.click();
  URL.revokeObjectURL(url);
}
