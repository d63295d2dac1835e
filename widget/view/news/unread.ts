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

/** Puts the count before the page's title, and takes it away again, whatever the page has made of its title meanwhile. */
export function showInTitle(count: number): void {
  const title = document.title.replace(/^\(\d+\) /, '');
  const wanted = count > 0 ? `(${count}) ${title}` : title;
  if (document.title !== wanted) document.title = wanted;
}
