/** Saves the conversation as a text file. */
import type { ChatState } from '../../state/model';
import type { Text } from '../../text/text';
import { transcriptText } from './transcript-text';

export function saveTranscript(state: ChatState, text: Text): void {
  const url = URL.createObjectURL(new Blob([transcriptText(state, text)], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `chat-${new Date().toISOString().slice(0, 10)}.txt`;
  link.click();
  URL.revokeObjectURL(url);
}
