/**
 * What is typed in the chat is for the chat: shortcuts of the page, and dialogs of the page that hold the focus, do not get to
 * see it. They listen on the document or on the window, so this listens there first, and gives the event to the chat as a copy
 * that does not leave the shadow root. What the browser does by itself, it does for the original: type, click, move the focus.
 */

const COPIED = ['keydown', 'keypress', 'keyup', 'focusin', 'focusout'] as const;
/** The page may have a use for these: a picture that is dropped on the chat is not for the page's own upload. */
const KEPT = ['paste', 'copy', 'cut', 'dragenter', 'dragover', 'dragleave', 'drop'] as const;

/** @param inside the part of the shadow root that is the chat's; the button is the page's business, too */
export function keepKeys(inside: HTMLElement): () => void {
  const onEvent = (event: Event): void => {
    const [target] = event.composedPath();
    if (!(target instanceof Node) || !inside.contains(target)) return;
    const copy = copyOf(event);
    const isUsed = !target.dispatchEvent(copy);
    if (isUsed) event.preventDefault();
    // One that the chat has no use for may close something of the page.
    if (isUsed || (event as KeyboardEvent).key !== 'Escape') event.stopImmediatePropagation();
  };
  const keep = (event: Event): void => event.stopPropagation();
  for (const type of COPIED) addEventListener(type, onEvent, true);
  for (const type of KEPT) inside.addEventListener(type, keep);
  return () => {
    for (const type of COPIED) removeEventListener(type, onEvent, true);
    for (const type of KEPT) inside.removeEventListener(type, keep);
  };
}

function copyOf(event: Event): Event {
  if (event instanceof FocusEvent) {
    return new FocusEvent(event.type, { bubbles: true, relatedTarget: event.relatedTarget });
  }
  const { key, code, location, repeat, isComposing, keyCode, charCode } = event as KeyboardEvent;
  const { ctrlKey, shiftKey, altKey, metaKey } = event as KeyboardEvent;
  const pressed = { key, code, location, repeat, isComposing, keyCode, charCode };
  return new KeyboardEvent(event.type, {
    ...pressed,
    ...{ ctrlKey, shiftKey, altKey, metaKey },
    bubbles: true,
    cancelable: true,
  });
}
