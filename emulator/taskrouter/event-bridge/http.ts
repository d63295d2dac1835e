/** The tunnel's own address, and the event bridge's test hooks below /emulator/. */
import * as v from 'valibot';
import { parseInput, text } from '../../core/control-input';
import type { Routing } from '../../core/routing';
import type { EventBridge } from './domain';

const HOST = '/event-bridge.twilio.com';

export function registerHttp(http: Routing, bridge: EventBridge): void {
  http.serve(HOST, (scoped) => {
    scoped.removeAllContentTypeParsers();
    scoped.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    // The token is in the body.
    scoped.post('/v1/wschannels', { config: { credentials: 'none' } }, async ({ body, headers }) => {
      const payload = await bridge.handle(typeof body === 'string' ? body : '', headers['if-match']);
      return { event_type: null, payload };
    });
  });

  const Drop = v.strictObject({ workerSid: v.optional(text) });
  http.serve('/emulator/event-bridge', (app) => {
    app.post('/drop', ({ body }) => ({ dropped: bridge.drop(parseInput(Drop, body).workerSid) }));
  });
}
