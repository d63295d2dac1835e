/** Moves the focus if the focused element disappears: to the element that replaces it, never to the top of the page. */
import { useEffect, useLayoutEffect, useRef, type MutableRef } from 'preact/hooks';

const PANELS = '.tasks, .chat, .timeline';

/** Focuses the element that the user needs next when it appears, unless another element has the focus. */
export function useFocusIfLost(element: MutableRef<HTMLElement | null>, when: unknown): void {
  useLayoutEffect(() => {
    if (isLost()) element.current?.focus();
  }, [when]);
}

/** Otherwise focuses the panel, so that Tab continues from it. Use it once, in the component that contains the panels. */
export function useKeptFocus(): void {
  const last = useRef<{ target: HTMLElement; panel: string } | null>(null);
  useEffect(() => {
    const note = ({ target }: FocusEvent): void => {
      const panel = target instanceof HTMLElement ? target.closest(PANELS)?.classList[0] : undefined;
      last.current = panel ? { target: target as HTMLElement, panel } : null;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, []);
  useLayoutEffect(() => {
    if (!last.current || last.current.target.isConnected || !isLost()) return;
    document.querySelector<HTMLElement>(`.${last.current.panel}`)?.focus();
  });
}

function isLost(): boolean {
  return document.activeElement === document.body || document.activeElement === null;
}
