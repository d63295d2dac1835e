/** The emulator's own controls for tests and users, outside Twilio's paths: JSON below /emulator/. */
import fastify, { type FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { MAX_WAIT_MS, parseInput } from '../core/control-input';
import { invalidParameter, notFound, TwilioError } from '../core/errors';
import { listRoutes } from '../core/routes';
import type { Controlled } from './controlled';
import { Fault } from './fault-input';
import { registerSnapshots } from './snapshots';
import { registerSwitches } from './switches';

const Advance = v.strictObject({ advanceMs: v.pipe(v.number(), v.minValue(0), v.maxValue(MAX_WAIT_MS)) });
/** Later dates have a five-digit year, which no client can parse. */
const END_OF_TIME_MS = Date.UTC(9999, 0);

export function createControls(emulator: Controlled): FastifyInstance {
  const app = fastify({ exposeHeadRoutes: false, forceCloseConnections: true });
  listRoutes(app);

  app.post('/emulator/reset', async (_request, reply) => {
    await emulator.reset();
    return reply.code(204).send();
  });

  app.get('/emulator/journal', (_request, reply) => reply.send(emulator.world.journal.entries));
  app.delete('/emulator/journal', (_request, reply) => {
    emulator.world.journal.clear();
    return reply.code(204).send();
  });

  app.post('/emulator/faults', (request, reply) =>
    reply.code(201).send(emulator.world.faults.add(parseInput(Fault, request.body))),
  );
  app.delete('/emulator/faults', (_request, reply) => {
    emulator.world.faults.clear();
    return reply.code(204).send();
  });

  app.post('/emulator/clock', (request, reply) => {
    const { clock } = emulator.world;
    const { advanceMs } = parseInput(Advance, request.body);
    if (clock.now() + advanceMs > END_OF_TIME_MS)
      throw invalidParameter('The clock cannot go beyond the year 9999');
    clock.advance(advanceMs);
    return reply.send({ now: clock.date().toISOString() });
  });

  registerSwitches(app, emulator);
  registerSnapshots(app, emulator);

  app.setErrorHandler((error, _request, reply) => {
    const answer = toAnswer(error);
    return reply.code(answer.status).send(answer.toBody());
  });
  app.setNotFoundHandler((request, reply) => reply.code(404).send(notFound(request.url).toBody()));
  return app;
}

/** The controls report errors in Twilio's format. */
function toAnswer(error: unknown): TwilioError {
  if (error instanceof TwilioError) return error;
  const { statusCode = 500, message } = error as Error & { statusCode?: number };
  if (statusCode === 415)
    return new TwilioError(415, 20001, 'Send JSON, with Content-Type: application/json');
  return new TwilioError(statusCode, 20001, message);
}
