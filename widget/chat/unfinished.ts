/** What the visitor has begun and not finished, through a reload: their words, and what can be told of their files. */
import type { ChatState } from '../state/model';
import type { Store } from '../state/store';
import { unsentMessages } from '../state/transcript';
import type { TabData } from '../transport/chat-storage';

export function toTabData({ draft, items, files, fileProblems }: ChatState): TabData {
  const lost = fileProblems.filter(({ reason }) => reason === 'lost');
  return {
    draft,
    unsent: unsentMessages(items).map(({ key, body, at, answer, attachments }) => ({
      key,
      body,
      at,
      ...(answer && { answer }),
      attachments: attachments.map((one) => ({ ...one, link: null })),
    })),
    // Told again until the visitor goes on: they may not have had the chat open.
    files: [...lost, ...files].map(({ name }) => name),
  };
}

/**
 * Messages go on their way again; what cannot, goes back to where it was written. What has been written meanwhile, before
 * it was known whose the chat is, comes after it.
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
