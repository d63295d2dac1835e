/** The one line on a site's page: a button, and nothing more until the visitor reaches for it. */
import { ChatElement } from './chat-element';

declare global {
  interface Window {
    FlexChat?: FlexChat;
  }
}

/** The one name that the page gets. */
export interface FlexChat {
  open(): void;
  close(): void;
  /** The visitor has signed in: `userToken` is what your site signed, or what fetches a new one. */
  identify(userToken: string | (() => string | Promise<string>)): void;
  /** The visitor has signed out, or leaves a shared computer: nothing of the chat stays behind. */
  reset(): void;
  /** Takes everything off the page again. */
  destroy(): void;
}

const TAG = 'flex-chat';

const script = document.currentScript as HTMLScriptElement;
if (window.FlexChat) {
  // eslint-disable-next-line no-console -- for the author of the page
  console.warn('FlexChat is on this page already: the second script does nothing.');
} else {
  // After a `destroy` the name is taken: elements cannot be undefined.
  if (!customElements.get(TAG)) customElements.define(TAG, ChatElement);
  const element = document.createElement(TAG) as ChatElement;
  element.configure(script);
  window.FlexChat = {
    open: () => element.open(true),
    close: () => element.close(),
    identify: (userToken) => element.identify(userToken),
    reset: () => element.reset(),
    destroy() {
      element.remove();
      delete window.FlexChat;
    },
  };
  document.body.append(element);
  dispatchEvent(new Event('flexchatready'));
}
