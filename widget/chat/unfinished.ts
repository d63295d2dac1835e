/** Keeps what the visitor has not sent yet across a reload: the text, and the names of the files. */
import type { ChatState } from '../state/model';
import type { Store } from '../state/store';
import { unsentMessages } from '../state/transcript';
import type { TabData } from '../transport/chat-storage';

/** @param conversationSid of the stored chat */
export function toTabData(
  { draft, items, files, fileProblems, phase }: ChatState,
  conversationSid: string | null,
): TabData {
  const lost = fileProblems.filter(({ reason }) => reason === 'lost');
  return {
    draft,
    conversationSid: phase === 'starting' || phase === 'open' ? conversationSid : null,
    unsent: unsentMessages(items).map(({ key, body, at, answer, attachments }) => ({
      key,
      body,
      at,
      ...(answer && { answer }),
      attachments: attachments.map((one) => ({ ...one, link: null })),
    })),
    // Reported after every reload until the visitor continues: the panel may have been closed.
    files: [...lost, ...files].map(({ name }) => name),
  };
}

/**
 * Sends the messages again, or puts them back into the composer if there is no Conversation. Text that was typed before
 * the owner of the chat was known is appended.
 */
export function takeUp(store: Store, { draft, unsent, files = [] }: TabData, hasConversation: boolean): void {
  const lost = [...files];
  const { draft: begun } = store.state;
  if (hasConversation) {
    store.dispatch({ type: 'drafted', draft: joined([draft, begun]) });
    for (const { attachments = [], ...message } of unsent) {
      store.dispatch({ type: 'sending', ...message, attachments });
    }
  } else {
    // Interrupted before there was a Conversation.
    store.dispatch({ type: 'drafted', draft: joined([...unsent.map(({ body }) => body), draft, begun]) });
    for (const { attachments = [] } of unsent) lost.push(...attachments.map(({ name }) => name));
  }
  if (lost.length === 0) return;
  const problems = lost.map((name) => ({ name, reason: 'lost' as const }));
  store.dispatch({ type: 'attached', files: [], problems });
}

function joined(words: readonly string[]): string {
  return words.filter(Boolean).join('\n');
}
