/** The agent desk: a page on which a user acts as the Flex agent, and the timeline beside it. */
import type { Routing } from '../core/routing';
import { registerSession } from './agents/session';
import type { DeskApi } from './api';
import { registerOverview } from './overview';
import { bundlePage } from './page-bundle';
import { registerTimelineStream } from './timeline/event-stream';

/** The page and all its files come from this address only, and so does the SDK's WebSocket. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ws:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export function registerDesk(http: Routing, api: DeskApi): void {
  http.serve('', (app) => {
    app.get('/', async (_request, reply) => {
      const { html } = await bundlePage();
      return reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', CONTENT_SECURITY_POLICY)
        .send(html);
    });
  });
  http.serve('/emulator', (app) => {
    app.get('/desk/desk.js', async (_request, reply) => {
      const { js } = await bundlePage();
      return reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-store').send(js);
    });
    app.get('/desk/desk.css', async (_request, reply) => {
      const { css } = await bundlePage();
      return reply.type('text/css; charset=utf-8').header('cache-control', 'no-store').send(css);
    });
    registerSession(app, api);
    registerOverview(app, api);
    registerTimelineStream(app, api);
  });
}
