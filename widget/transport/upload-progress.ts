/** How far an upload is. The SDK sends files with XMLHttpRequest, tells nothing, and takes nothing that could listen. */

interface UploadRequest {
  upload: EventTarget;
}

interface Requests {
  prototype: { send(this: UploadRequest, body?: unknown): void };
}

/**
 * Listens to the next request that this turn of the event loop sends; the page's own prototype is as it was before
 * anything else runs. Without an XMLHttpRequest (Node) there is nothing to hear.
 */
export function listenToNextUpload(tell: (sentBytes: number) => void): void {
  const { XMLHttpRequest } = globalThis as { XMLHttpRequest?: Requests };
  if (!XMLHttpRequest) return;
  const { prototype } = XMLHttpRequest;
  const { send } = prototype;
  const listening: typeof send = function (body) {
    restore();
    this.upload.addEventListener('progress', (event) => tell((event as Event & { loaded: number }).loaded));
    send.call(this, body);
  };
  const restore = (): void => {
    // Not an assignment: a page may have frozen it, and a file without progress is better than none.
    if (prototype.send === listening) Reflect.set(prototype, 'send', send);
  };
  Reflect.set(prototype, 'send', listening);
  queueMicrotask(restore);
}
