/** The progress of an upload. The SDK sends files with XMLHttpRequest, but has no progress events. */

interface UploadRequest {
  upload: EventTarget;
}

interface Requests {
  prototype: { send(this: UploadRequest, body?: unknown): void };
}

/**
 * Listens to the next request that is sent in this turn of the event loop. The prototype is restored before any other code
 * runs. Without XMLHttpRequest (Node) there is no progress.
 */
export function listenToNextUpload(notify: (sentBytes: number) => void): void {
  const { XMLHttpRequest } = globalThis as { XMLHttpRequest?: Requests };
  if (!XMLHttpRequest) return;
  const { prototype } = XMLHttpRequest;
  const { send } = prototype;
  const listening: typeof send = function (body) {
    restore();
    this.upload.addEventListener('progress', (event) => notify((event as Event & { loaded: number }).loaded));
    send.call(this, body);
  };
  const restore = (): void => {
    // Not an assignment, which throws if a page has frozen the prototype: an upload without progress is better than none.
    if (prototype.send === listening) Reflect.set(prototype, 'send', send);
  };
  Reflect.set(prototype, 'send', listening);
  queueMicrotask(restore);
}
