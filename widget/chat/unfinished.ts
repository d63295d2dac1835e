/** What the visitor has begun and not finished, through a reload: their words, and what can be told of their files. */
import type { ChatState } from '../state/model';
import type { Store } from '../state/store';
import { unsentMessages } from '../state/transcript';
import type { TabData } from '../transport/chat-storage';

export function toTabData({ draft, items, files, fileProblems }: ChatState): TabData {
  const lost = fileProblems.filter(({ reason }) => reason === 'lost');
  return {
    draft,
    unsent: unsentMessages(items).map(({ key, body, at, attachments }) => ({
      key,
      body,
      at,
      attachments: attachments.map((one) => ({ ...one, link: null })),
    })),
    // Told again until the visitor goes on: they may not have had the chat open.
    files: [...lost, ...files].map(({ name }) => name),
  };
}

/** Messages go on their way again; what cannot, goes back to where it was written. */
export function takeUp(store: Store, { draft, unsent, files = [] }: TabData, hasConversation: boolean): void {
  const lost = [...files];
  if (hasConversation) {
    store.dispatch({ type: 'drafted', draft });
    for (const { attachments = [], ...message } of unsent) {
      store.dispatch({ type: 'sending', ...message, attachments });
    }
  } else {
    // Interrupted before there was a Conversation.
    const words = [...unsent.map(({ body }) => body), draft].filter(Boolean);
    store.dispatch({ type: 'drafted', draft: words.join('\n') });
    for (const { attachments = [] } of unsent) lost.push(...attachments.map(({ name }) => name));
  }
  if (lost.length === 0) return;
  const problems = lost.map((name) => ({ name, reason: 'lost' as const }));
  store.dispatch({ type: 'attached', files: [], problems });
}
