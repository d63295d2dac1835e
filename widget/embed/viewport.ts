/** The visible part of the window: on a phone, the on-screen keyboard covers some of it. */

/** Sets `--flex-chat-top` and `--flex-chat-height` of the element to it, for a panel that fills the window. */
export function followViewport(element: HTMLElement): () => void {
  const viewport = globalThis.visualViewport;
  if (!viewport) return () => undefined;
  const update = (): void => {
    // Pinch zoom: the visitor looks at a part of the page.
    const isZoomed = viewport.scale > 1.01;
    const set = (name: string, pixels: number): void => {
      if (isZoomed) element.style.removeProperty(name);
      else element.style.setProperty(name, `${pixels}px`);
    };
    set('--flex-chat-top', viewport.offsetTop);
    set('--flex-chat-height', viewport.height);
  };
  update();
  for (const type of ['resize', 'scroll']) viewport.addEventListener(type, update);
  return () => {
    for (const type of ['resize', 'scroll']) viewport.removeEventListener(type, update);
  };
}
