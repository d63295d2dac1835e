/** `POST /emulator/snapshot` and `/restore`. Snapshots stay in the emulator and survive resets. The caller gets a number. */
import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { integer, parseInput } from '../core/control-input';
import { notFound } from '../core/errors';
import type { Controlled } from './controlled';

/** A new one beyond the limit removes the oldest. */
const MAX_SNAPSHOTS = 20;

const Restore = v.strictObject({ id: integer(1, Number.MAX_SAFE_INTEGER) });

export function registerSnapshots(app: FastifyInstance, emulator: Controlled): void {
  const kept = new Map<number, Uint8Array>();
  let lastId = 0;

  app.post('/emulator/snapshot', async (_request, reply) => {
    const snapshot = await emulator.snapshot();
    const id = ++lastId;
    kept.set(id, snapshot);
    kept.delete(id - MAX_SNAPSHOTS);
    return reply.code(201).send({ id });
  });
  app.post('/emulator/restore', async ({ body, url }, reply) => {
    const snapshot = kept.get(parseInput(Restore, body).id);
    if (!snapshot) throw notFound(url);
    await emulator.restore(snapshot);
    return reply.code(204).send();
  });
}
