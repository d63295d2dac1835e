/** The tunnel's own address, and the event bridge's test hooks below /emulator/. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { invalidParameter } from '../../core/errors';
import type { EventBridge } from './domain';

const HOST = '/event-bridge.twilio.com';

export function registerHttp(http: FastifyInstance, bridge: EventBridge): void {
  http.register(
    async (scoped) => {
      scoped.removeAllContentTypeParsers();
      scoped.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
      // The token is in the body.
      scoped.post('/v1/wschannels', { config: { credentials: 'none' } }, async ({ body, headers }) => {
        const payload = await bridge.handle(typeof body === 'string' ? body : '', headers['if-match']);
        return { event_type: null, payload };
      });
    },
    { prefix: HOST },
  );

  const Drop = z.strictObject({ workerSid: z.string().optional() });
  http.post('/emulator/event-bridge/drop', ({ body }) => {
    const wanted = Drop.safeParse(body ?? {});
    if (!wanted.success) throw invalidParameter(z.prettifyError(wanted.error));
    return { dropped: bridge.drop(wanted.data.workerSid) };
  });
}
