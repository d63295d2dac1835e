/** `GET /emulator/timeline`: the timeline as Server-Sent Events, from the beginning and then live; and `changed` when the overview has changed. */
import type { FastifyInstance } from 'fastify';
import type { Changes } from '../changes';
import { STEPS } from './steps';
import type { Timeline } from './timeline';

/** How soon a browser reconnects after the stream has ended, for example by a reset. */
const RECONNECT_MS = 300;

export function registerTimelineStream(
  app: FastifyInstance,
  { timeline, changes }: { timeline: Timeline; changes: Changes },
): void {
  const ends = new Set<() => void>();

  app.get('/timeline', (_request, reply) => {
    reply.hijack();
    const response = reply.raw;
    const send = (event: string, data: unknown): void => {
      response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    };
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(`retry: ${RECONNECT_MS}\n\n`);
    send('world', { worldId: timeline.worldId, steps: STEPS });
    const stops = [timeline.watch((entry) => send('entry', entry)), changes.watch(() => send('changed', {}))];
    const end = (): void => void response.end();
    ends.add(end);
    response.on('close', () => {
      for (const stop of stops) stop();
      ends.delete(end);
    });
  });

  // A reset ends the world, and with it its streams: browsers reconnect and find the new one.
  app.addHook('preClose', async () => {
    for (const end of ends) end();
  });
}
