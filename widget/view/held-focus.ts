/** If the focused control disappears, the focus moves to the element that is needed next, never to the page's body. */
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { rootOf } from './root';

/** The first that exists. `.over` is a group and not its button, so that a key meant for the composer does not start a chat. */
const NEXT = ['[data-next-focus]', '.composer-input', '.over'];

export function useHeldFocus(panel: RefObject<HTMLElement>): void {
  useEffect(() => {
    const element = panel.current!;
    let focused: Element | null = null;
    const onFocus = (event: Event): void => {
      focused = event.target as Element;
    };
    const onBlur = ({ target }: Event): void => {
      // Browsers also blur an element that is removed. Only a visitor who moves the focus resets it.
      setTimeout(() => {
        if (focused === target && isUsable(focused as Element)) focused = null;
      });
    };
    const observer = new MutationObserver(() => {
      if (!focused || isUsable(focused) || element.hidden) return;
      focused = null;
      const isLost = rootOf(element).activeElement === null && isNobodys(document.activeElement);
      const next = NEXT.map((selector) => element.querySelector<HTMLElement>(selector)).find(Boolean);
      if (isLost) next?.focus();
    });
    observer.observe(element, { childList: true, subtree: true, attributeFilter: ['hidden', 'disabled'] });
    element.addEventListener('focusin', onFocus);
    element.addEventListener('focusout', onBlur);
    return () => {
      observer.disconnect();
      element.removeEventListener('focusin', onFocus);
      element.removeEventListener('focusout', onBlur);
    };
  }, []);
}

function isUsable(element: Element): boolean {
  return element.isConnected && element.getClientRects().length > 0 && !element.matches(':disabled');
}

function isNobodys(element: Element | null): boolean {
  return element === null || element === document.body || element === document.documentElement;
}
