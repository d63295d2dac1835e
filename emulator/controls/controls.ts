/** The emulator's own switches, outside Twilio's paths, for tests and curious people: JSON below /emulator/. */
import fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { invalidParameter, notFound, TwilioError } from '../core/errors';
import { listRoutes } from '../core/routes';
import type { Controlled } from './controlled';
import { registerSwitches } from './switches';

const Fault = z
  .strictObject({
    host: z.string(),
    method: z.string(),
    path: z.string().refine(isRegularExpression, 'is not a regular expression'),
    status: z.int().min(200).max(599),
    headers: z.record(z.string(), z.string()),
    body: z.unknown(),
    delayMs: z.int().min(0),
    probability: z.number().min(0).max(1),
    seed: z.int(),
    times: z.int().min(1),
  })
  .partial()
  .extend({ kind: z.enum(['status', 'resetBefore', 'resetAfter', 'hang', 'delay']) });
/** A year at a time: a number without an end would leave no date that can be written down. */
const MAX_ADVANCE_MS = 366 * 86_400_000;
const Advance = z.strictObject({ advanceMs: z.number().min(0).max(MAX_ADVANCE_MS) });

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
    reply.code(201).send(emulator.world.faults.add(Fault.parse(request.body))),
  );
  app.delete('/emulator/faults', (_request, reply) => {
    emulator.world.faults.clear();
    return reply.code(204).send();
  });

  app.post('/emulator/clock', (request, reply) => {
    const { clock } = emulator.world;
    clock.advance(Advance.parse(request.body).advanceMs);
    return reply.send({ now: clock.date().toISOString() });
  });

  registerSwitches(app, emulator);

  app.setErrorHandler((error, _request, reply) => {
    const answer = toAnswer(error);
    return reply.code(answer.status).send(answer.toBody());
  });
  app.setNotFoundHandler((request, reply) => reply.code(404).send(notFound(request.url).toBody()));
  return app;
}

/** The controls speak of errors as Twilio does. */
function toAnswer(error: unknown): TwilioError {
  if (error instanceof TwilioError) return error;
  if (error instanceof z.ZodError) return invalidParameter(z.prettifyError(error));
  const { statusCode = 500, message } = error as Error & { statusCode?: number };
  return new TwilioError(statusCode, 20001, message);
}

function isRegularExpression(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
