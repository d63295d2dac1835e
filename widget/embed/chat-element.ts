/** <flex-chat>: where the chat is on the page. It stays there until it is let go, whatever the page does to its body. */

const TAG = 'flex-chat';
/** A page that keeps removing the element is not fought: it comes back later each time, up to the maximum. */
const SOON_MS = 1_000;
const MAX_DELAY_MS = 10_000;

/** A server has no elements, and may import this all the same. */
const Base = globalThis.HTMLElement ?? Object;

class ChatElement extends Base {
  onRemoved?: () => void;

  connectedCallback(): void {
    // A copy that the page has made, for example in the cache of Turbo: there is no chat in it.
    if (!this.onRemoved) this.remove();
  }

  disconnectedCallback(): void {
    this.onRemoved?.();
  }
}

export interface Place {
  element: HTMLElement;
  /** Into the body, or into `container`: now, or as soon as there is one; and again whenever it is removed. */
  take(): void;
  leave(): void;
}

/** @param onTaken each time */
export function createPlace(container: string | Element | undefined, onTaken: () => void): Place {
  // After a `leave` the name is taken: elements cannot be undefined.
  if (!customElements.get(TAG)) customElements.define(TAG, ChatElement);
  const element = document.createElement(TAG) as ChatElement;
  let isLeft = false;
  let removedAt = 0;
  let delayMs = 0;
  const take = (): void => {
    if (isLeft || element.isConnected) return;
    const home =
      typeof container === 'string' ? document.querySelector(container) : (container ?? document.body);
    if (home?.isConnected) {
      waiting.disconnect();
      home.append(element);
      onTaken();
    } else waiting.observe(document, { childList: true, subtree: true });
  };
  const waiting = new MutationObserver(take);
  element.onRemoved = () => {
    // Else the page has only moved it.
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
