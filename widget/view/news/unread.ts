/** What has been seen. */
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
