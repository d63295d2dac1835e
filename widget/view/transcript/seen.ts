/** Tracks which messages were visible to the visitor, and where the unread ones begin. */
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ChatState } from '../../state/model';

/** Reports the index of each answer that was visible: in an open panel, on a visible page, in the scrolled area. */
export function useSeen(
  region: RefObject<HTMLElement>,
  { items, seenIndex, phase }: ChatState,
  isOpen: boolean,
  onSeen: (index: number) => void,
): void {
  useEffect(() => {
    if (!isOpen || phase === 'starting') return;
    const lines = [...region.current!.querySelectorAll<HTMLElement>('[data-index]')].filter(
      (line) => indexOf(line) > seenIndex,
    );
    if (lines.length === 0) return;
    const inSight = new Set<HTMLElement>();
    const notify = (): void => {
      if (document.visibilityState !== 'visible' || inSight.size === 0) return;
      onSeen(Math.max(...[...inSight].map(indexOf)));
    };
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) inSight.add(target as HTMLElement);
          else inSight.delete(target as HTMLElement);
        }
        notify();
      },
      { root: region.current },
    );
    for (const line of lines) observer.observe(line);
    document.addEventListener('visibilitychange', notify);
    return () => {
      observer.disconnect();
      document.removeEventListener('visibilitychange', notify);
    };
  }, [items, seenIndex, phase, isOpen]);
}

/** The key of the first answer that arrived while the visitor did not look; kept until the visitor writes or looks away. */
export function useUnreadLine(
  { items, seenIndex }: ChatState,
  isLooking: boolean,
  isOwnLast: boolean,
): string | null {
  const line = useRef<string | null>(null);
  const first = items.find(
    (item) => item.kind === 'message' && item.author === 'agent' && (item.index ?? -1) > seenIndex,
  );
  if (isOwnLast) line.current = null;
  else if (first && !isLooking && !items.some(({ key }) => key === line.current)) line.current = first.key;
  else if (!first && !isLooking) line.current = null;
  return line.current;
}

function indexOf(line: HTMLElement): number {
  return Number(line.dataset['index']);
}
