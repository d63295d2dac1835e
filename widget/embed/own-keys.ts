/**
 * Hides what is typed in the chat from shortcuts and modal dialogs of the page. They listen on the document or the window, so this
 * listens there first, and dispatches to the chat a copy of the event that does not leave the shadow root. The browser's default
 * action still follows the original: typing, clicking, moving the focus.
 */

const COPIED = ['keydown', 'keypress', 'keyup', 'focusin', 'focusout'] as const;
/** These are hidden, too: a picture that is dropped on the chat must not start the page's own upload. */
const KEPT = ['paste', 'copy', 'cut', 'dragenter', 'dragover', 'dragleave', 'drop'] as const;

/** @param inside the part of the shadow root whose events are hidden; those of the button are not */
export function keepKeys(inside: HTMLElement): () => void {
  const onEvent = (event: Event): void => {
    const [target] = event.composedPath();
    if (!(target instanceof Node) || !inside.contains(target)) return;
    const copy = copyOf(event);
    const isUsed = !target.dispatchEvent(copy);
    if (isUsed) event.preventDefault();
    // An Escape that the chat does not use may close something of the page.
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
