/** If the panel fills the window, the page behind it is inert and does not scroll. */
import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { rootOf } from './root';

/** The same as in panel.css. A desktop's window at 400 % zoom matches, too. */
const FULL_WINDOW = '(width <= 520px), (height <= 480px)';

/** True while the panel fills the window. */
export function useFullWindow(panel: RefObject<HTMLElement>, isOpen: boolean): boolean {
  const [isFull, setFull] = useState(() => matchMedia(FULL_WINDOW).matches);
  const isModal = isOpen && isFull;

  useEffect(() => {
    const query = matchMedia(FULL_WINDOW);
    const update = (): void => setFull(query.matches);
    query.addEventListener('change', update);
    return () => query.removeEventListener('change', update);
  }, []);

  useEffect(() => {
    if (!isModal) return;
    const element = panel.current!;
    const root = rootOf(element);
    const release = holdPage((root as ShadowRoot).host);
    if (!element.contains(root.activeElement)) element.focus();
    return release;
  }, [isModal]);

  return isModal;
}

/** Returns a function that releases the page. Elements that were inert before stay inert. */
function holdPage(host: Element): () => void {
  const held: Element[] = [];
  for (let element: Element | null = host; element; element = element.parentElement) {
    for (const sibling of element.parentElement?.children ?? []) {
      if (sibling === element || sibling.hasAttribute('inert') || sibling.localName === 'head') continue;
      sibling.setAttribute('inert', '');
      held.push(sibling);
    }
  }
  const { style } = document.documentElement;
  const { overflow } = style;
  style.overflow = 'hidden';
  return () => {
    for (const element of held) element.removeAttribute('inert');
    style.overflow = overflow;
  };
}
