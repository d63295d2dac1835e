/** What of the window can be seen: on a phone, less than all of it while the on-screen keyboard is up. */

/** Keeps `--flex-chat-top` and `--flex-chat-height` of the element at that, for the panel where it fills the window. */
export function followViewport(element: HTMLElement): () => void {
  const viewport = globalThis.visualViewport;
  if (!viewport) return () => undefined;
  const update = (): void => {
    // Zoomed in with two fingers: the visitor looks at a part of the whole.
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
