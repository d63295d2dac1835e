/** Makes pages with the widget reload. `chat.js` listens, so it works on your own site's pages, too. */
import type { ServerResponse } from 'node:http';

export const RELOAD_PATH = '/dev/reload';

/** Becomes a part of `chat.js`, and listens at the address from which that was loaded. */
export const RELOAD_SCRIPT = `(()=>{const{src}=document.currentScript||{};src&&(new EventSource(new URL(${JSON.stringify(RELOAD_PATH)},src)).onmessage=()=>location.reload())})();`;

export class PageReload {
  private readonly pages = new Set<ServerResponse>();

  /** A page that listens. @param origin of the page, where it may be another one's */
  add(response: ServerResponse, origin: string | undefined): void {
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      ...(origin !== undefined && { 'access-control-allow-origin': origin }),
    });
    response.write('retry: 500\n\n');
    this.pages.add(response);
    response.on('close', () => this.pages.delete(response));
  }

  send(): void {
    for (const page of this.pages) page.write('data: changed\n\n');
  }
}
