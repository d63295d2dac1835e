/** <flex-chat>: the element of the chat. It stays on the page until `leave`, even if the page replaces its body. */

const TAG = 'flex-chat';
/** If a page keeps removing the element, the delay before it returns grows each time, up to the maximum. */
const SOON_MS = 1_000;
const MAX_DELAY_MS = 10_000;

/** A server has no HTMLElement, but can import this file. */
const Base = globalThis.HTMLElement ?? Object;

class ChatElement extends Base {
  onRemoved?: () => void;

  connectedCallback(): void {
    // A copy that the page has made, for example in Turbo's cache: it has no chat.
    if (!this.onRemoved) this.remove();
  }

  disconnectedCallback(): void {
    this.onRemoved?.();
  }
}

export interface Place {
  element: HTMLElement;
  /** Appends the element to the body or to `container`, now or as soon as that exists, and again whenever it is removed. */
  take(): void;
  leave(): void;
}

/** Null for an invalid selector, too, which `chat-settings.js` reports. */
function find(selector: string): Element | null {
  try {
    return document.querySelector(selector);
  } catch {
    return null;
  }
}

/** @param onTaken called each time the element was appended */
export function createPlace(container: string | Element | undefined, onTaken: () => void): Place {
  // The name stays registered after a `leave`: custom elements cannot be undefined.
  if (!customElements.get(TAG)) customElements.define(TAG, ChatElement);
  const element = document.createElement(TAG) as ChatElement;
  let isLeft = false;
  let removedAt = 0;
  let delayMs = 0;
  const take = (): void => {
    if (isLeft || element.isConnected) return;
    const home = typeof container === 'string' ? find(container) : (container ?? document.body);
    if (home?.isConnected) {
      waiting.disconnect();
      home.append(element);
      onTaken();
    } else waiting.observe(document, { childList: true, subtree: true });
  };
  const waiting = new MutationObserver(take);
  element.onRemoved = () => {
    // The page has only moved it.
    if (element.isConnected) return;
    const now = Date.now();
    delayMs = now - removedAt < SOON_MS ? Math.min(delayMs * 2 + 50, MAX_DELAY_MS) : 0;
    removedAt = now;
    setTimeout(take, delayMs);
  };
  return {
    element,
    take,
    leave() {
      isLeft = true;
      waiting.disconnect();
      element.remove();
    },
  };
}
