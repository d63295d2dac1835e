/** What has been seen, and how the page tells of what has not. */
import { useEffect } from 'preact/hooks';
import type { ChatClient } from '../../chat/chat-client';
import type { ChatState } from '../../state/model';

/** What stands in an open panel on a visible page counts as read. */
export function useReadHorizon(chat: ChatClient, { items, phase }: ChatState, isOpen: boolean): void {
  const last = items.findLast((item) => item.kind === 'message' && item.author === 'agent');
  const index = last?.kind === 'message' ? last.index : null;
  useEffect(() => {
    if (index === null || phase === 'starting' || !isOpen) return;
    const markRead = (): void => {
      if (document.visibilityState === 'visible') chat.markRead(index);
    };
    markRead();
    document.addEventListener('visibilitychange', markRead);
    return () => document.removeEventListener('visibilitychange', markRead);
  }, [chat, index, phase, isOpen]);
}

/** What we have made of the title, and what it was before. */
let shown: string | undefined;
let own = '';

/** Puts the count before the page's title, and takes it away again. One that the page has set since, or that counts, stays. */
export function showInTitle(count: number): void {
  const title = document.title === shown ? own : document.title;
  const isCounting = /^\(\d+\)/.test(title);
  const wanted = count > 0 && !isCounting ? `(${count}) ${title}` : title;
  own = title;
  shown = wanted === title ? undefined : wanted;
  if (document.title !== wanted) document.title = wanted;
}
