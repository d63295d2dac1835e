/** The tunnel's own address, and the event bridge's test hooks below /emulator/. */
import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { parseInput, text } from '../../core/control-input';
import { scope } from '../../core/scope';
import type { EventBridge } from './domain';

const HOST = '/event-bridge.twilio.com';

export function registerHttp(http: FastifyInstance, bridge: EventBridge): void {
  scope(http, HOST, (scoped) => {
    scoped.removeAllContentTypeParsers();
    scoped.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    // The token is in the body.
    scoped.post('/v1/wschannels', { config: { credentials: 'none' } }, async ({ body, headers }) => {
      const payload = await bridge.handle(typeof body === 'string' ? body : '', headers['if-match']);
      return { event_type: null, payload };
    });
  });

  const Drop = v.strictObject({ workerSid: v.optional(text) });
  http.post('/emulator/event-bridge/drop', ({ body }) => ({
    dropped: bridge.drop(parseInput(Drop, body).workerSid),
  }));
}
